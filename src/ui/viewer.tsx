/** Gives every screen the user in front of it; the shell provides it. */
import { createContext, use } from 'react'
import { allows, type Viewer } from './screens.ts'
import type { Right } from '#kit/rights.ts'

export const ViewerContext = createContext<Viewer | null>(null)

/** Addresses that exist at this counter and that the user may open from the menu. */
export const PagesContext = createContext<ReadonlySet<string>>(new Set())

/** @throws when asked on a page that nobody has to log in for */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (!viewer) throw new Error('no user is logged in on this page')
  return viewer
}

export function useMay(right: Right): boolean {
  const viewer = use(ViewerContext)
  return viewer !== null && allows(viewer, [right])
}

/** For a link into another capability: shown only where it leads somewhere. */
export function useHasPage(path: string): boolean {
  return use(PagesContext).has(path)
}
