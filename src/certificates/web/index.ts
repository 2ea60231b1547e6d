/** 電子証明書 — its screens, and 「電子証明書の更新」 under 管理. */
import type { Screens } from '#ui/screens.ts'

export const certificatesScreens: Screens = {
  menu: [
    {
      group: 'administration',
      order: 20,
      path: '/certificates/own',
      label: { ja: '電子証明書の更新', en: 'Renew your certificate' },
      says: {
        ja: 'ログインに使用する電子証明書の有効期限を確認し、更新します。',
        en: 'See until when your certificate is valid, and renew it.',
      },
    },
  ],
  pages: [
    {
      path: '/certificate-issue',
      who: 'anyone',
      load: async () => (await import('./certificate-issue.tsx')).CertificateIssue,
    },
    {
      path: '/certificates/own',
      load: async () => (await import('./own-certificate.tsx')).OwnCertificate,
    },
  ],
}
