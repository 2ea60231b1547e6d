/** ログイン — the sentences of login, forced change and session; the words are the guide's. */
import type { IdentityRefusal, PasswordFault, PasswordField, PasswordProfile } from './contract.ts'

interface Length {
  readonly lengthMin: number
  readonly lengthMax: number
}

export const ja = {
  login: {
    title: 'ログイン',
    loginId: 'ログインID',
    loginPassword: 'ログインパスワード',
    byPassword: 'ID・パスワード方式', // the guide's name; 電子証明書方式 is the other
    submit: 'ログイン',
    openSoftwareKeyboard: 'ソフトウェアキーボードを開く',
    closeSoftwareKeyboard: 'ソフトウェアキーボードを閉じる',
    loginIdMissing: 'ログインIDを入力してください。',
    loginPasswordMissing: 'ログインパスワードを入力してください。',
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
  session: {
    logout: 'ログアウト',
    loggedOut: 'ログアウトしました。',
    warningTitle: 'まもなくログアウトします',
    warning: ({ minutes }: { minutes: number }) =>
      `しばらく操作がないため、あと約${minutes}分で自動的にログアウトします。`,
    absoluteWarning: ({ minutes }: { minutes: number }) =>
      `ご利用時間の上限のため、あと約${minutes}分で自動的にログアウトします。`,
    keep: '操作を続ける',
    /** Said on the login page, by the reason why the last session ended. */
    ended: {
      idle: '一定時間操作がなかったため、ログアウトしました。もう一度ログインしてください。',
      absolute: 'ご利用時間の上限に達したため、ログアウトしました。もう一度ログインしてください。',
      replaced:
        '同じログインIDで別の端末またはブラウザからログインされたため、ログアウトしました。心当たりのない場合は、お取引店までご連絡ください。',
      stopped:
        'ご利用が停止されたため、ログアウトしました。管理者またはお取引店までご連絡ください。',
      unknown: 'ログインが必要です。もう一度ログインしてください。',
    },
    roles: { master: 'マスターユーザ', administrator: '管理者ユーザ', general: '' },
  },
  refusals: {
    busy: 'ただいま混み合っています。しばらくしてからもう一度お試しください。',
    'login-failed': 'ログインIDまたはログインパスワードが正しくありません。',
    'login-paused': ({ until }: { until: string }) =>
      `ログインパスワードの誤りが続いたため、利用一時停止となっています。${until}以降にもう一度お試しください。`,
    'login-stopped':
      'ログインパスワードの誤りが一定回数に達したため、利用停止となっています。管理者またはお取引店までご連絡ください。',
    'confirmation-paused': ({ until }: { until: string }) =>
      `確認用パスワードの誤りが続いたため、利用一時停止となっています。${until}以降にもう一度お試しください。`,
    'confirmation-stopped':
      '確認用パスワードの誤りが一定回数に達したため、利用停止となっています。管理者またはお取引店までご連絡ください。',
    'user-stopped': '管理者によりご利用が停止されています。管理者までご連絡ください。',
    'company-stopped': 'このご契約は現在ご利用いただけません。お取引店までご連絡ください。',
    'outside-service-hours': ({ from, to }: { from: string; to: string }) =>
      from === ''
        ? '本日はサービスを休止しています。'
        : `ただいまサービス時間外です。ご利用時間は${from}から${to}までです。`,
    'session-over': 'ログインの状態が変わりました。画面を開き直してください。',
    'no-password-change-due': 'パスワードの変更は必要ありません。',
    'passwords-refused': '入力内容に誤りがあります。',
    'no-password-change-result': '表示するパスワード変更結果がありません。',
    'login-notices-not-due': '表示するログイン時お知らせがありません。',
  } satisfies Record<IdentityRefusal, string | ((facts: never) => string)>,
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

interface Fault extends Length {
  readonly field: string
}
