/** Login, forced change and session: the sentences, in English. */
import type { ja } from './messages.ja.ts'

export const en: typeof ja = {
  login: {
    title: 'Log in',
    loginId: 'Login ID',
    loginPassword: 'Login password',
    byPassword: 'With ID and password',
    submit: 'Log in',
    openSoftwareKeyboard: 'Open the software keyboard',
    closeSoftwareKeyboard: 'Close the software keyboard',
    loginIdMissing: 'Enter your login ID.',
    loginPasswordMissing: 'Enter your login password.',
  },
  passwordChange: {
    title: 'Required password change',
    reasons: {
      'change-required': 'Your passwords must be changed. Enter the new ones and press “Change”.',
      'confirmation-missing':
        'A confirmation password must be registered. Enter a new one and press “Change”.',
    },
    groups: { login: 'Login password', confirmation: 'Confirmation password' },
    fields: {
      currentLoginPassword: 'Current login password',
      newLoginPassword: 'New login password',
      currentConfirmationPassword: 'Current confirmation password',
      newConfirmationPassword: 'New confirmation password',
    },
    currentHints: {
      currentLoginPassword: 'Enter your current login password.',
      currentConfirmationPassword: 'Enter your current confirmation password.',
    },
    rules: {
      guide: ({ lengthMin, lengthMax }) => [
        `Enter ${lengthMin} to ${lengthMax} half-width letters and digits, using both.`,
        'Upper and lower case are told apart.',
      ],
      modern: ({ lengthMin, lengthMax }) => [
        `Enter ${lengthMin} to ${lengthMax} characters of any kind.`,
        'Commonly used passwords cannot be registered.',
      ],
    },
    confirmationRule: 'It must differ from your login ID and your login password.',
    submit: 'Change',
  },
  passwordChangeResult: {
    title: 'Password change result',
    done: 'Your passwords were changed.',
    changed: {
      'login-password': 'The login password was changed.',
      'confirmation-password': 'The confirmation password was changed.',
    },
    changedAt: 'Changed at',
    confirm: 'OK',
  },
  loginNotices: { title: 'Notices at login', important: 'Important', next: 'Next' },
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
    'confirmation-paused': ({ until }) =>
      `Use is suspended after repeated wrong confirmation passwords. Try again after ${until}.`,
    'confirmation-stopped':
      'Use is stopped after too many wrong confirmation passwords. Contact your administrator or your branch.',
    'user-stopped': 'Your use was stopped by an administrator. Contact your administrator.',
    'company-stopped': 'This contract cannot be used at present. Contact your branch.',
    'outside-service-hours': ({ from, to }) =>
      from === ''
        ? 'The service is closed today.'
        : `The service is closed now. Its hours are ${from} to ${to}.`,
    'session-over': 'Your login has changed. Please reload the page.',
    'no-password-change-due': 'No password change is needed.',
    'passwords-refused': 'Some entries are not right.',
    'no-password-change-result': 'There is no password change result to show.',
    'login-notices-not-due': 'There are no login notices to show.',
  },
  passwordFaults: {
    required: ({ field }) => `${field}: please enter it.`,
    'not-asked-for': ({ field }) => `${field}: cannot be entered here.`,
    'too-short': ({ field, lengthMin }) => `${field}: enter at least ${lengthMin} characters.`,
    'too-long': ({ field, lengthMax }) => `${field}: enter at most ${lengthMax} characters.`,
    'not-half-width-alphanumeric': ({ field }) =>
      `${field}: use half-width letters and digits only.`,
    'letters-and-digits-not-mixed': ({ field }) => `${field}: use both letters and digits.`,
    'unreadable-characters': ({ field }) => `${field}: contains characters that cannot be used.`,
    'too-common': ({ field }) => `${field}: too easy to guess. Choose another.`,
    'same-as-login-id': ({ field }) => `${field}: must differ from the login ID.`,
    'same-as-login-password': ({ field }) => `${field}: must differ from the login password.`,
    'same-as-current': ({ field }) => `${field}: must differ from the current one.`,
    wrong: ({ field }) => `${field}: not correct.`,
  },
}
