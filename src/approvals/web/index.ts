/** 承認 — its screens and their places in the menu. */
import type { Right } from '#kit/rights.ts'
import type { Screens } from '#ui/screens.ts'
import { listPath, resultsPath, routePath, walkSearch } from './addresses.ts'

/** Who approves, and who requests: both follow their orders here (contract.ts, `concerned`). */
const concerned: readonly Right[] = [
  'transfers-approve',
  'supplier-payments-approve',
  'payroll-approve',
  'local-tax-approve',
  'direct-debits-approve',
  'transfers-request-registered',
  'transfers-request-any',
  'supplier-payments-request-screen',
  'supplier-payments-request-file',
  'payroll-request-screen',
  'payroll-request-file',
  'local-tax-request-screen',
  'local-tax-request-file',
  'direct-debits-request-screen',
  'direct-debits-request-file',
]

export const approvalsScreens: Screens = {
  menu: [
    {
      group: 'approvals',
      order: 10,
      path: listPath,
      rights: concerned,
      label: { ja: '承認', en: 'Approvals' },
      says: {
        ja: '承認待ちの取引を確認し、承認・差戻し・削除を行います。',
        en: 'See the orders that wait for approval; approve, send back or delete them.',
      },
    },
    {
      group: 'approvals',
      order: 20,
      path: routePath,
      rights: concerned,
      label: { ja: '承認経路の確認', en: 'Check the approval route' },
      says: {
        ja: '取引の承認に、誰の承認がどの順序で必要かを確認します。',
        en: 'See who has to approve an order, and in which order.',
      },
    },
  ],
  pages: [
    {
      path: listPath,
      rights: concerned,
      load: async () => (await import('./approval-list.tsx')).ApprovalList,
    },
    {
      path: routePath,
      rights: concerned,
      load: async () => (await import('./route-inquiry.tsx')).RouteInquiry,
    },
    {
      path: resultsPath,
      rights: concerned,
      search: walkSearch,
      load: async () => (await import('./walk-results.tsx')).WalkResults,
    },
    {
      path: '/approvals/$id',
      rights: concerned,
      search: walkSearch,
      load: async () => (await import('./approval-page.tsx')).ApprovalPage,
    },
  ],
}
