/** 振込振替 — its screens and their places in the menu. */
import type { Right } from '#kit/rights.ts'
import type { Screens } from '#ui/screens.ts'
import { menu } from '../messages.menu.ts'

const both = (name: keyof typeof menu.ja) => ({ ja: menu.ja[name], en: menu.en[name] })

const requesters: readonly Right[] = ['transfers-request-registered', 'transfers-request-any']
const concerned: readonly Right[] = [...requesters, 'transfers-see-all', 'transfers-approve']

const entry = (name: 'create' | 'drafts' | 'status' | 'recall') =>
  ({ group: 'transfers', label: both(name), says: both(`${name}Says`) }) as const

/** How many destinations a copy has lost is told where the copy opens. */
const leftOut = ({ leftOut }: Record<string, unknown>) =>
  typeof leftOut === 'number' && leftOut > 0 ? { leftOut } : {}

export const transfersScreens: Screens = {
  menu: [
    { ...entry('create'), order: 10, path: '/transfers/new', rights: requesters },
    { ...entry('drafts'), order: 15, path: '/transfers/drafts', rights: requesters },
    { ...entry('status'), order: 20, path: '/transfers/status', rights: concerned },
    { ...entry('recall'), order: 30, path: '/transfers/recall', rights: requesters },
  ],
  pages: [
    {
      path: '/transfers/new',
      rights: requesters,
      load: async () => (await import('./transfer-entry.tsx')).NewTransfer,
    },
    {
      path: '/transfers/drafts',
      rights: requesters,
      load: async () => (await import('./own-lists.tsx')).Drafts,
    },
    {
      path: '/transfers/recall',
      rights: requesters,
      load: async () => (await import('./own-lists.tsx')).Recall,
    },
    {
      path: '/transfers/status',
      rights: concerned,
      load: async () => (await import('./status.tsx')).Status,
    },
    {
      path: '/transfers/$id',
      rights: concerned,
      load: async () => (await import('./detail.tsx')).Detail,
    },
    {
      path: '/transfers/$id/edit',
      rights: requesters,
      search: leftOut,
      load: async () => (await import('./transfer-entry.tsx')).EditTransfer,
    },
    {
      path: '/transfers/$id/confirm',
      rights: requesters,
      load: async () => (await import('./confirm.tsx')).Confirm,
    },
    {
      path: '/transfers/$id/done',
      rights: requesters,
      load: async () => (await import('./done.tsx')).Done,
    },
  ],
}
