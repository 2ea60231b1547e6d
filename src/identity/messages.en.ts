/** Login page and session: the sentences, in English. */
import type { ja } from './messages.ja.ts'

export const en: typeof ja = {
  login: {
    title: 'Log in',
    loginId: 'Login ID',
    loginPassword: 'Login password',
    byCertificate: 'With a certificate',
    certificateLead:
      'Press the button and choose the certificate that carries your login ID. Your login password is asked next.',
    certificateLogin: 'Log in with a certificate',
    certificateIssueLead: 'No certificate yet?',
    certificateIssue: 'Issue a certificate',
    byPassword: 'With ID and password',
    submit: 'Log in',
    loginIdMissing: 'Enter your login ID.',
    loginPasswordMissing: 'Enter your login password.',
  },
  session: {
    logout: 'Log out',
    loggedOut: 'You are logged out.',
    warningTitle: 'You will be logged out soon',
    warning: ({ minutes }) =>
      `Nothing was done for a while. You will be logged out in about ${minutes} min.`,
    absoluteWarning: ({ minutes }) =>
      `The time limit of this session is near. You will be logged out in about ${minutes} min.`,
    keep: 'Stay logged in',
    ended: {
      idle: 'You were logged out because nothing was done for a while. Please log in again.',
      absolute:
        'You were logged out because the session reached its time limit. Please log in again.',
      replaced:
        'You were logged out because the same login ID was used on another device or browser. If this was not you, contact your branch.',
      stopped:
        'You were logged out because your use was stopped. Contact your administrator or your branch.',
      unknown: 'You are not logged in. Please log in.',
    },
    roles: { master: 'Master user', administrator: 'Administrator', general: '' },
  },
  refusals: {
    busy: 'The service is busy. Please try again in a moment.',
    'login-failed': 'The login ID or the login password is not correct.',
    'login-paused': ({ until }) =>
      `Login is suspended after repeated wrong login passwords. Try again after ${until}.`,
    'login-stopped':
      'Login is stopped after too many wrong login passwords. Contact your administrator or your branch.',
    'user-stopped': 'Your use was stopped by an administrator. Contact your administrator.',
    'company-stopped': 'This contract cannot be used at present. Contact your branch.',
    'outside-service-hours': ({ from, to }) =>
      from === ''
        ? 'The service is closed today.'
        : `The service is closed now. Its hours are ${from} to ${to}.`,
    'certificate-login-closed':
      'Logging in with a certificate is not possible at present. Use your ID and password.',
  },
}
