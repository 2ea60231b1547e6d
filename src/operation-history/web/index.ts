/** 操作履歴 — its screen, under 管理. Everybody may see at least what he did himself. */
import type { Screens } from '#ui/screens.ts'

export const operationHistoryScreens: Screens = {
  menu: [
    {
      group: 'administration',
      order: 30,
      path: '/operation-history',
      label: { ja: '操作履歴照会', en: 'Operation history' },
      says: {
        ja: 'いつ、だれが、どの操作を行ったかを照会し、CSVやPDFで取得します。',
        en: 'See who did what and when, and take it as CSV or PDF.',
      },
    },
  ],
  pages: [
    {
      path: '/operation-history',
      load: async () => (await import('./operation-history.tsx')).OperationHistory,
    },
  ],
}
