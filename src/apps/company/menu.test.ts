import { expect, it } from 'vitest'
import type { Right } from '#kit/rights.ts'
import type { MenuEntry, Screens, Viewer } from '#ui/screens.ts'
import { buttonAt, entryAt, menuFor } from './menu.ts'

const label = { ja: '', en: '' }
const entry = (
  group: MenuEntry['group'],
  path: string,
  order: number,
  right?: Right,
): MenuEntry => ({
  group,
  path,
  order,
  label,
  says: label,
  ...(right && { rights: [right] }),
})
const capabilities: readonly Screens[] = [
  { menu: [entry('administration', '/operation-history', 1)], pages: [] },
  {
    menu: [
      entry('inquiry', '/statements', 2, 'statement-inquiry'),
      entry('inquiry', '/balances', 1, 'balance-inquiry'),
    ],
    pages: [],
  },
  { menu: [entry('top', '/', 1)], pages: [] },
]
const viewer = (...rights: Right[]): Viewer => ({
  companyName: '株式会社サンプル商事',
  userName: '田中',
  loginId: 'tanaka01',
  role: 'general',
  rights: new Set(rights),
})

it('stands in the order of the guide, however the capabilities are listed', () => {
  const menu = menuFor(viewer('balance-inquiry', 'statement-inquiry'), capabilities)
  expect(menu.map(({ group }) => group)).toEqual(['top', 'inquiry', 'administration'])
  expect(menu[1]!.entries.map(({ path }) => path)).toEqual(['/balances', '/statements'])
})

it('leads to 業務選択 where there is a choice, and straight to the page where there is none', () => {
  expect(menuFor(viewer('balance-inquiry', 'statement-inquiry'), capabilities)[1]!.to).toBe(
    '/menu/inquiry',
  )
  expect(menuFor(viewer('balance-inquiry'), capabilities)[1]!.to).toBe('/balances')
})

it('has no word for what the user may not use', () => {
  expect(menuFor(viewer(), capabilities).map(({ group }) => group)).toEqual([
    'top',
    'administration',
  ])
})

it('knows which button the present page belongs to', () => {
  const menu = menuFor(viewer('balance-inquiry', 'statement-inquiry'), capabilities)
  expect(buttonAt(menu, '/')?.group).toBe('top')
  expect(buttonAt(menu, '/menu/inquiry')?.group).toBe('inquiry')
  expect(buttonAt(menu, '/statements/101-ordinary-1234567')?.group).toBe('inquiry')
  expect(buttonAt(menu, '/notices')).toBeUndefined()
  expect(entryAt(menu[1]!, '/statements/101-ordinary-1234567')?.path).toBe('/statements')
  expect(entryAt(menu[1]!, '/statements-of-others')).toBeUndefined()
})
