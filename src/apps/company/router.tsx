/**
 * The way through the counter: one route per page of the capabilities, behind the guard that the
 * page asks for. Guards only lead the way; what a visitor may do is decided by the server.
 */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type AnyRoute,
} from '@tanstack/react-router'
import type { Right } from '#kit/rights.ts'
import { loginPath, sessionQuery, stepPaths, type SessionFacts } from '#identity/web/index.ts'
import { problemOf, sessionEndOf } from '#ui/faults.tsx'
import { Loading } from '#ui/signs.tsx'
import type { PageRoute } from '#ui/screens.ts'
import { capabilities } from './capabilities.ts'
import { EnteringFrame, OutsideFrame, RootFrame } from './frames.tsx'
import { PageMissing, ServiceFault } from './standing-pages.tsx'

interface Context {
  readonly queries: QueryClient
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    readonly rights?: readonly Right[]
  }
}

const root = createRootRouteWithContext<Context>()({ component: RootFrame })

const outside = createRoute({
  getParentRoute: () => root,
  id: 'outside',
  component: OutsideFrame,
})

/** Between the right password and the top page: only the step that the server names is open. */
const entering = createRoute({
  getParentRoute: () => root,
  id: 'entering',
  beforeLoad: async ({ context, location }) => {
    const { next } = await session(context)
    if (stepPaths[next] !== location.pathname)
      throw redirect({ to: stepPaths[next], replace: true })
  },
  component: EnteringFrame,
})

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context }) => {
    const { next } = await session(context)
    if (next !== 'home') throw redirect({ to: stepPaths[next], replace: true })
  },
  component: lazyRouteComponent(() => import('./inside-frame.tsx'), 'InsideFrame'),
})

async function session({ queries }: Context): Promise<SessionFacts> {
  try {
    return await queries.ensureQueryData(sessionQuery)
  } catch (thrown) {
    const ended = sessionEndOf(thrown)
    if (ended === null) throw thrown
    // Nobody was logged in: nothing has ended, so nothing is explained.
    if (problemOf(thrown)?.code === 'session-missing') {
      throw redirect({ to: loginPath, replace: true })
    }
    throw redirect({ to: '/session-ended', search: { reason: ended }, replace: true } as never)
  }
}

const frames = { anyone: outside, 'signing-in': entering, 'signed-in': inside }

function routeOf(page: PageRoute): AnyRoute {
  const parent = frames[page.who ?? 'signed-in']
  return createRoute({
    getParentRoute: () => parent as typeof inside,
    path: page.path,
    staticData: page.rights === undefined ? {} : { rights: page.rights },
    ...(page.search && { validateSearch: page.search }),
    component: lazyRouteComponent(async () => ({ Screen: await page.load() }), 'Screen'),
  }) as unknown as AnyRoute
}

const ownPages: readonly PageRoute[] = [
  {
    path: '/session-ended',
    who: 'anyone',
    load: async () => (await import('./session-ended.tsx')).SessionEnded,
  },
  {
    path: '/menu/$group',
    load: async () => (await import('./choose-business.tsx')).ChooseBusiness,
  },
]

export function createCounterRouter(queries: QueryClient) {
  const pages = [...ownPages, ...capabilities.flatMap(({ pages }) => pages)]
  const of = (who: NonNullable<PageRoute['who']>) =>
    pages.filter((page) => (page.who ?? 'signed-in') === who).map(routeOf)
  const routeTree = root.addChildren([
    outside.addChildren(of('anyone')),
    entering.addChildren(of('signing-in')),
    inside.addChildren(of('signed-in')),
  ])
  return createRouter({
    routeTree,
    context: { queries },
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultPendingMs: 400,
    defaultErrorComponent: ServiceFault,
    defaultNotFoundComponent: PageMissing,
  })
}
