/**
 * The steps between the login page and the top page — their sentences, in both languages. In a
 * file of their own, because the login page is small and shows none of them.
 */
import type { IdentityRefusal, PasswordFault, PasswordField, PasswordProfile } from './contract.ts'
import type { LoginPageRefusal } from './messages.ja.ts'

const ja = {
  certificateReturn: {
    title: 'ログイン',
    reading: '電子証明書を確認しています。',
    chosen: '電子証明書を確認しました。ログインパスワードを入力してください。',
    byCertificate: '電子証明書方式',
    loginIdHint:
      '選択した電子証明書のログインIDです。異なる場合は、ブラウザをすべて閉じてから、もう一度電子証明書を選択してください。',
    none: '電子証明書が選択されていません。',
    noneSays:
      'この画面は、電子証明書を選択した直後に一度だけ表示されます。ログイン画面に戻り、「電子証明書ログイン」ボタンをクリックしてください。',
    back: 'ログイン画面へ',
  },
  passwordChange: {
    title: 'パスワード強制変更',
    reasons: {
      'change-required':
        'パスワードの変更が必要です。新しいパスワードを入力し、「実行」ボタンをクリックしてください。',
      'confirmation-missing':
        '確認用パスワードの登録が必要です。新しい確認用パスワードを入力し、「実行」ボタンをクリックしてください。',
    },
    groups: { login: 'ログインパスワード', confirmation: '確認用パスワード' },
    fields: {
      currentLoginPassword: '現在のログインパスワード',
      newLoginPassword: '新しいログインパスワード',
      currentConfirmationPassword: '現在の確認用パスワード',
      newConfirmationPassword: '新しい確認用パスワード',
    } satisfies Record<PasswordField, string>,
    currentHints: {
      currentLoginPassword: '現在のログインパスワードを入力してください。',
      currentConfirmationPassword: '現在の確認用パスワードを入力してください。',
    },
    /** The guide's table, 入力内容. */
    rules: {
      guide: ({ lengthMin, lengthMax }: Length): readonly string[] => [
        `${lengthMin}文字以上${lengthMax}文字以内の半角英数字を混在して入力してください。`,
        '英字は大文字・小文字を識別しますのでご注意ください。',
      ],
      modern: ({ lengthMin, lengthMax }: Length): readonly string[] => [
        `${lengthMin}文字以上${lengthMax}文字以内で入力してください。文字の種類に決まりはありません。`,
        'よく使われるパスワードは登録できません。',
      ],
    } satisfies Record<PasswordProfile, (length: Length) => readonly string[]>,
    confirmationRule: 'ログインID、ログインパスワードとは異なるものを入力してください。',
    submit: '実行',
  },
  passwordChangeResult: {
    title: 'パスワード変更結果',
    done: 'パスワードを変更しました。',
    changed: {
      'login-password': 'ログインパスワードを変更しました。',
      'confirmation-password': '確認用パスワードを変更しました。',
    },
    changedAt: '変更日時',
    confirm: '確認',
  },
  loginNotices: { title: 'ログイン時お知らせ', important: '重要', next: '次へ' },
  refusals: {
    'certificate-login-over':
      '電子証明書を選択してから時間が経過したため、ログインできませんでした。ログイン画面に戻り、もう一度電子証明書を選択してください。',
    'ticket-over':
      '電子証明書の確認の有効期限が切れています。ログイン画面に戻り、もう一度電子証明書を選択してください。',
    'confirmation-paused': ({ until }: { until: string }) =>
      `確認用パスワードの誤りが続いたため、利用一時停止となっています。${until}以降にもう一度お試しください。`,
    'confirmation-stopped':
      '確認用パスワードの誤りが一定回数に達したため、利用停止となっています。管理者またはお取引店までご連絡ください。',
    'session-over': 'ログインの状態が変わりました。画面を開き直してください。',
    'no-password-change-due': 'パスワードの変更は必要ありません。',
    'passwords-refused': '入力内容に誤りがあります。',
    'no-password-change-result': '表示するパスワード変更結果がありません。',
    'login-notices-not-due': '表示するログイン時お知らせがありません。',
  } satisfies Record<
    Exclude<IdentityRefusal, LoginPageRefusal>,
    string | ((facts: never) => string)
  >,
  /** At the field; `field` is the field's own name. */
  passwordFaults: {
    required: ({ field }: Fault) => `${field}を入力してください。`,
    'not-asked-for': ({ field }: Fault) => `${field}は入力できません。`,
    'too-short': ({ field, lengthMin }: Fault) =>
      `${field}は${lengthMin}文字以上で入力してください。`,
    'too-long': ({ field, lengthMax }: Fault) =>
      `${field}は${lengthMax}文字以内で入力してください。`,
    'not-half-width-alphanumeric': ({ field }: Fault) => `${field}は半角英数字で入力してください。`,
    'letters-and-digits-not-mixed': ({ field }: Fault) =>
      `${field}は英字と数字を混在して入力してください。`,
    'unreadable-characters': ({ field }: Fault) => `${field}に使用できない文字が含まれています。`,
    'too-common': ({ field }: Fault) =>
      `${field}は推測されやすいため登録できません。別のものを入力してください。`,
    'same-as-login-id': ({ field }: Fault) =>
      `${field}はログインIDと異なるものを入力してください。`,
    'same-as-login-password': ({ field }: Fault) =>
      `${field}はログインパスワードと異なるものを入力してください。`,
    'same-as-current': ({ field }: Fault) => `${field}は現在のものと異なるものを入力してください。`,
    wrong: ({ field }: Fault) => `${field}が正しくありません。`,
  } satisfies Record<PasswordFault, (fault: Fault) => string>,
}

interface Length {
  readonly lengthMin: number
  readonly lengthMax: number
}

interface Fault extends Length {
  readonly field: string
}

const en: typeof ja = {
  certificateReturn: {
    title: 'Log in',
    reading: 'Checking your certificate.',
    chosen: 'Your certificate was accepted. Enter your login password.',
    byCertificate: 'With a certificate',
    loginIdHint:
      'The login ID of the certificate you chose. If it is not yours, close all windows of the browser and choose the certificate again.',
    none: 'No certificate was chosen.',
    noneSays:
      'This page is shown once, right after a certificate was chosen. Go back to the login page and press “Log in with a certificate”.',
    back: 'To the login page',
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
  refusals: {
    'certificate-login-over':
      'Too much time has passed since the certificate was chosen. Go back to the login page and choose it again.',
    'ticket-over':
      'The check of your certificate is no longer valid. Go back to the login page and choose it again.',
    'confirmation-paused': ({ until }) =>
      `Use is suspended after repeated wrong confirmation passwords. Try again after ${until}.`,
    'confirmation-stopped':
      'Use is stopped after too many wrong confirmation passwords. Contact your administrator or your branch.',
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

export const steps = { ja, en }
