/** カメラ付きトークン — its screens: two steps of the login, and the suspension under 管理. */
import type { Screens } from '#ui/screens.ts'

export const tokenScreens: Screens = {
  menu: [
    {
      group: 'administration',
      order: 20,
      path: '/token-suspension',
      label: { ja: 'トークンの利用停止', en: 'Suspension of the token' },
      says: {
        ja: '紛失や盗難のときに、自分のカメラ付きトークンの利用をすぐに停止します。',
        en: 'Stop your own camera token at once when it is lost or stolen.',
      },
    },
  ],
  pages: [
    {
      path: '/login/token-registration',
      who: 'signing-in',
      load: async () => (await import('./registration.tsx')).TokenRegistration,
    },
    {
      path: '/login/token-caution',
      who: 'signing-in',
      load: async () => (await import('./caution.tsx')).TokenCaution,
    },
    {
      path: '/token-suspension',
      load: async () => (await import('./suspension.tsx')).TokenSuspension,
    },
  ],
}
