/**
 * ログイン — the sentences of the login page and the session; the words are the guide's. Those of
 * the steps after the password are in messages.steps.ts.
 */
import type { contract } from './contract.ts'

/** What the login page itself can be refused with. */
export type LoginPageRefusal = Exclude<
  keyof typeof contract.login.refusals | keyof typeof contract.beginCertificateLogin.refusals,
  'certificate-login-over'
>

export const ja = {
  login: {
    title: 'ログイン',
    loginId: 'ログインID',
    loginPassword: 'ログインパスワード',
    byCertificate: '電子証明書方式',
    certificateLead:
      'ボタンをクリックし、ログインに使用する電子証明書（名前はログインID）を選択してください。続けてログインパスワードを入力します。',
    certificateLogin: '電子証明書ログイン',
    certificateIssueLead: '電子証明書をお持ちでない方は',
    certificateIssue: '電子証明書発行',
    byPassword: 'ID・パスワード方式',
    submit: 'ログイン',
    loginIdMissing: 'ログインIDを入力してください。',
    loginPasswordMissing: 'ログインパスワードを入力してください。',
  },
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
    'user-stopped': '管理者によりご利用が停止されています。管理者までご連絡ください。',
    'company-stopped': 'このご契約は現在ご利用いただけません。お取引店までご連絡ください。',
    'outside-service-hours': ({ from, to }: { from: string; to: string }) =>
      from === ''
        ? '本日はサービスを休止しています。'
        : `ただいまサービス時間外です。ご利用時間は${from}から${to}までです。`,
    'certificate-login-closed':
      'ただいま電子証明書方式ではログインできません。ID・パスワード方式をご利用ください。',
  } satisfies Record<LoginPageRefusal, string | ((facts: never) => string)>,
}
