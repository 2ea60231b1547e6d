/** 照会 — its screens and their places in the menu. */
import type { Screens } from '#ui/screens.ts'
import { menu } from '../messages.menu.ts'

const both = (name: keyof typeof menu.ja) => ({ ja: menu.ja[name], en: menu.en[name] })

/** An account may be given along, so that a balance leads to its statement. */
const search = ({ account }: Record<string, unknown>) =>
  typeof account === 'string' ? { account } : {}

export const balanceInquiryScreens: Screens = {
  menu: [
    {
      group: 'inquiry',
      order: 1,
      path: '/balances',
      rights: ['balance-inquiry'],
      label: both('balances'),
      says: both('balancesSays'),
    },
    {
      group: 'inquiry',
      order: 2,
      path: '/statements',
      rights: ['statement-inquiry'],
      label: both('statement'),
      says: both('statementSays'),
    },
    {
      group: 'inquiry',
      order: 3,
      path: '/incoming-transfers',
      rights: ['incoming-transfer-inquiry'],
      label: both('incoming'),
      says: both('incomingSays'),
    },
    {
      group: 'inquiry',
      order: 4,
      path: '/balance-line',
      rights: ['statement-inquiry'],
      label: both('balanceLine'),
      says: both('balanceLineSays'),
    },
  ],
  pages: [
    {
      path: '/balances',
      rights: ['balance-inquiry'],
      load: async () => (await import('./balances.tsx')).Balances,
    },
    {
      path: '/statements',
      rights: ['statement-inquiry'],
      search,
      load: async () => (await import('./statement-inquiry.tsx')).Statement,
    },
    {
      path: '/incoming-transfers',
      rights: ['incoming-transfer-inquiry'],
      search,
      load: async () => (await import('./statement-inquiry.tsx')).IncomingTransfers,
    },
    {
      path: '/balance-line',
      rights: ['statement-inquiry'],
      load: async () => (await import('./balance-line.tsx')).BalanceLine,
    },
  ],
}
