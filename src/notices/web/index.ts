/** お知らせ — its screens. They are reached from the top page. */
import type { Screens } from '#ui/screens.ts'

export const noticesScreens: Screens = {
  menu: [],
  pages: [
    { path: '/notices', load: async () => (await import('./notice-list.tsx')).NoticeList },
    { path: '/notices/$id', load: async () => (await import('./notice-detail.tsx')).NoticeDetail },
  ],
}
