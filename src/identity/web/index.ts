/** ログイン — its screens, and the session for the counter's frame. */
import type { Screens } from '#ui/screens.ts'
import { loginPath, stepPaths } from './session.ts'

export {
  loginPath,
  sessionQuery,
  stepPaths,
  useKeepSession,
  useLogout,
  type SessionFacts,
} from './session.ts'
export { useWords as useIdentityWords } from './refusals.ts'

export const identityScreens: Screens = {
  menu: [],
  pages: [
    {
      path: loginPath,
      who: 'anyone',
      load: async () => (await import('./login.tsx')).Login,
    },
    {
      path: `${loginPath}/certificate`,
      who: 'anyone',
      load: async () => (await import('./certificate-return.tsx')).CertificateReturn,
    },
    {
      path: stepPaths['password-change'],
      who: 'signing-in',
      load: async () => (await import('./password-change.tsx')).PasswordChange,
    },
    {
      path: stepPaths['password-change-result'],
      who: 'signing-in',
      load: async () => (await import('./password-change-result.tsx')).PasswordChangeResult,
    },
    {
      path: stepPaths['login-notices'],
      who: 'signing-in',
      load: async () => (await import('./login-notices.tsx')).LoginNotices,
    },
  ],
}
