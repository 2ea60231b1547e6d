/** The frame behind the login: who is here, the menu bar, the watch over the session. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { sessionQuery, useIdentityWords, type SessionFacts } from '#identity/web/index.ts'
import { momentText } from '#ui/format.ts'
import { allows, type Viewer } from '#ui/screens.ts'
import { PagesContext, ViewerContext } from '#ui/viewer.tsx'
import { capabilities } from './capabilities.ts'
import { Header, LogoutButton, useWords } from './frames.tsx'
import { menuFor } from './menu.ts'
import { MenuBar } from './menu-bar.tsx'
import { SessionWatch } from './session-watch.tsx'
import { NotAllowed } from './standing-pages.tsx'

/** Nobody at the login page waits for it. */
const Bell = lazy(async () => ({ default: (await import('#notices/web/bell.tsx')).Bell }))

export function InsideFrame() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const viewer = useMemo(() => viewerOf(session), [session])
  const menu = useMemo(() => menuFor(viewer, capabilities), [viewer])
  const pages = useMemo(
    () => new Set(menu.flatMap(({ entries }) => entries.map(({ path }) => path))),
    [menu],
  )
  const rights = useMatches().at(-1)?.staticData.rights
  return (
    <ViewerContext value={viewer}>
      <PagesContext value={pages}>
        <Header>
          <Person session={session} />
          <Suspense fallback={null}>
            <Bell />
          </Suspense>
          <LogoutButton />
        </Header>
        <MenuBar menu={menu} />
        {allows(viewer, rights) ? <Outlet /> : <NotAllowed />}
        <SessionWatch limits={session.limits} />
      </PagesContext>
    </ViewerContext>
  )
}

function viewerOf({ user, company, rights }: SessionFacts): Viewer {
  return {
    companyName: company.name,
    userName: user.name,
    loginId: user.loginId,
    role: user.role,
    rights: new Set(rights),
  }
}

/** 企業名、利用者名 様(マスターユーザ)、前回ログイン */
function Person({ session }: { readonly session: SessionFacts }) {
  const words = useWords()
  const roles = useIdentityWords().session.roles
  const previous = session.lastLogins[1]
  return (
    <p className="flex flex-wrap justify-end gap-x-4 text-sm">
      <span>{session.company.name}</span>
      <span>{words.person({ name: session.user.name, role: roles[session.user.role] })}</span>
      <span className="figures">
        {previous === undefined
          ? words.firstLogin
          : `${words.previousLogin} ${momentText(previous)}`}
      </span>
    </p>
  )
}
