/** トップページ — its screen and its place in the menu. */
import type { Screens } from '#ui/screens.ts'

export const homeScreens: Screens = {
  menu: [
    {
      group: 'top',
      order: 1,
      path: '/',
      label: { ja: 'トップページ', en: 'Top page' },
      says: { ja: 'トップページに移動します。', en: 'Goes to the top page.' },
    },
  ],
  pages: [{ path: '/', load: async () => (await import('./home.tsx')).Home }],
}
