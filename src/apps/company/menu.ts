/**
 * The menu bar's content: the guide's buttons that have at least one page behind them which this
 * user may use. One page: the button leads there. More: it leads to 業務選択.
 */
import {
  allows,
  menuGroups,
  type MenuEntry,
  type MenuGroup,
  type Screens,
  type Viewer,
} from '#ui/screens.ts'

export interface MenuButton {
  readonly group: MenuGroup
  readonly to: string
  readonly entries: readonly MenuEntry[]
}

export function menuFor(viewer: Viewer, capabilities: readonly Screens[]): readonly MenuButton[] {
  const entries = capabilities
    .flatMap(({ menu }) => menu)
    .filter(({ rights }) => allows(viewer, rights))
  return menuGroups.flatMap((group) => {
    const own = entries
      .filter((entry) => entry.group === group)
      .toSorted((one, other) => one.order - other.order)
    if (own.length === 0) return []
    return [{ group, to: own.length === 1 ? own[0]!.path : `/menu/${group}`, entries: own }]
  })
}

/** The button that the present page belongs to: the longest menu path that leads to it. */
export function buttonAt(menu: readonly MenuButton[], pathname: string): MenuButton | undefined {
  return menu.find(({ to }) => to === pathname) ?? menu.find((button) => entryAt(button, pathname))
}

export function entryAt({ entries }: MenuButton, pathname: string): MenuEntry | undefined {
  return entries.find(
    ({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)),
  )
}
