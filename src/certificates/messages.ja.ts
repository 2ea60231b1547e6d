/** 電子証明書 — the sentences of 電子証明書発行 and 更新; the words are the banks' (§1.5). */
import type { ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import type { CertificateRefusal } from './contract.ts'

/** The refusals of the signature have their sentences beside the 2D code (ui/signature-words.ts). */
export type OwnRefusal = Exclude<CertificateRefusal, CodeRefusal | ChallengeRefusal>

/** What a sentence may need; a fact that did not come is an empty text. */
export type Facts = Readonly<Record<'until' | 'from' | 'to' | 'validUntil' | 'triesLeft', string>>

const triesLeft = (left: string) => (left === '' || left === '0' ? '' : `（あと${left}回）`)

export const ja = {
  issue: {
    title: '電子証明書発行',
    lead: 'ログインIDとログインパスワードを入力し、「認証」ボタンをクリックしてください。',
    steps: ['認証', '発行確認', '発行処理', '完了'],
    authentication: '証明書取得認証',
    loginId: 'ログインID',
    loginPassword: 'ログインパスワード',
    loginIdMissing: 'ログインIDを入力してください。',
    loginPasswordMissing: 'ログインパスワードを入力してください。',
    authenticate: '認証',
    before: 'ご用意ください',
    needs: [
      'ログインIDとログインパスワード',
      '登録済みのカメラ付きトークン、または銀行からお送りした「電子証明書発行コード」の書面',
      '電子証明書を使用するパソコン（電子証明書を取り込んだパソコンでのみログインできます）',
    ],
    toLogin: 'ログイン画面へ',
  },
  own: {
    title: '電子証明書の更新',
    lead: '現在の電子証明書の有効期限を確認できます。有効期限が近づくと、この画面で更新できます。',
    present: '現在の電子証明書',
    serialNumber: '証明書番号',
    issuedAt: '発行日時',
    validUntil: '有効期限',
    none: '有効な電子証明書がありません。',
    noneSays:
      '電子証明書方式でログインするには、ログイン画面の「電子証明書発行」から発行してください。',
    renewable: '電子証明書を更新できます。有効期限までに更新してください。',
    notYet: ({ from }: { from: string }) => `この電子証明書は${from}から更新できます。`,
    renewed:
      '更新済みです。新しい電子証明書をパソコンに取り込み、次回はその電子証明書でログインしてください。',
    renewedSays:
      'いまの電子証明書は、新しい電子証明書で初めてログインしたときに使えなくなります。新しい電子証明書のファイルを失くした場合は、もう一度更新できます。',
    renew: '更新',
    renewAgain: 'もう一度更新',
    steps: ['更新', '発行確認', '発行処理', '完了'],
    toTop: 'トップページへ',
  },
  confirm: {
    title: '証明書発行確認',
    lead: '次の利用者に電子証明書を発行します。内容を確認し、本人確認とパスフレーズの入力のうえ、「発行」ボタンをクリックしてください。',
    holder: '発行する利用者',
    companyName: '企業名',
    userName: '利用者名',
    loginId: 'ログインID',
    identity: '本人確認',
    letterLead:
      'カメラ付きトークンの登録がお済みでないため、銀行からお送りした書面で本人確認を行います。',
    letterCode: '電子証明書発行コード',
    letterCodeHint:
      '書面に記載のとおりに入力してください。ハイフンと大文字・小文字の違いは問いません。',
    letterCodeMissing: '電子証明書発行コードを入力してください。',
    file: '電子証明書ファイルのパスフレーズ',
    fileLead:
      '電子証明書は、パスフレーズで保護したファイルとしてこのパソコンに保存されます。取り込むときに必要ですので、忘れないようにしてください。',
    passphrase: 'パスフレーズ',
    passphraseAgain: 'パスフレーズ（確認のためもう一度）',
    rules: ({ lengthMin, lengthMax }: Length): readonly string[] => [
      `半角の英字・数字・記号で${lengthMin}文字以上${lengthMax}文字以内（大文字・小文字を識別します）`,
      'ログインID、ログインパスワード、確認用パスワードとは異なるもの',
      'パスフレーズは銀行に送信されません。忘れた場合、銀行でもお調べできません。',
    ],
    back: '戻る',
    submit: '発行',
  },
  /** At the field; `field` is the field's own name. */
  passphraseFaults: {
    required: ({ field }: Fault) => `${field}を入力してください。`,
    'too-short': ({ field, lengthMin }: Fault) =>
      `${field}は${lengthMin}文字以上で入力してください。`,
    'too-long': ({ field, lengthMax }: Fault) =>
      `${field}は${lengthMax}文字以内で入力してください。`,
    'not-half-width': ({ field }: Fault) =>
      `${field}は半角の英字・数字・記号（空白を除く）で入力してください。`,
    'same-as-login-id': ({ field }: Fault) =>
      `${field}はログインIDと異なるものを入力してください。`,
    differs: () => '2回入力したパスフレーズが一致しません。',
  },
  processing: {
    title: '証明書発行処理中',
    lead: '電子証明書を発行しています。画面を閉じたり、ブラウザの「戻る」ボタンをクリックしたりせずに、お待ちください。',
    stages: {
      key: 'このパソコンで鍵を作成しています',
      certificate: '銀行で電子証明書を発行しています',
      file: 'このパソコンで電子証明書ファイルを作成しています',
    },
  },
  issued: {
    title: '証明書発行完了',
    done: '電子証明書を発行しました。',
    doneSays:
      '電子証明書ファイルをこのパソコンに保存しました。保存されていない場合は、下のボタンをクリックしてください。',
    file: '電子証明書ファイル',
    fileName: 'ファイル名',
    validUntil: '有効期限',
    save: 'ファイルを保存する',
    coolDown: ({ until }: { until: string }) => `${until}まで、振込などのお取引を制限しています。`,
    coolDownSays:
      '電子証明書を発行し直したため、不正な発行による被害を防ぐ目的で、お取引を一定期間お受けできません。お心当たりのない場合は、ただちにお取引店までご連絡ください。',
    caution: 'ファイルをパソコンに残さないでください',
    cautionSays:
      'このファイルとパスフレーズがあれば、別のパソコンでも電子証明書を使えます。取り込みが終わったら、ファイルを削除し、ごみ箱も空にしてください。メールに添付したり、共有フォルダに置いたりしないでください。',
    guide: '電子証明書の取り込み方',
    saved: 'ファイルが保存されたことを確認しました。',
    savedFirst: '「ファイルが保存されたことを確認しました。」にチェックを入れてください。',
    guides: {
      windows: {
        name: 'Windows（Chrome・Edge）',
        steps: [
          '保存したファイルをダブルクリックします。',
          '「証明書のインポート ウィザード」が表示されます。「現在のユーザー」を選択し、「次へ」を2回クリックします。',
          'パスフレーズを「パスワード」に入力します。「このキーをエクスポート可能にする」にはチェックを入れずに、「次へ」をクリックします。',
          '「証明書の種類に基づいて、自動的に証明書ストアを選択する」を選択し、「次へ」「完了」の順にクリックします。ルート証明書の確認が表示された場合は「はい」をクリックします。',
          'ChromeまたはEdgeをすべて閉じ、開き直してからログインします。',
        ],
      },
      mac: {
        name: 'macOS（Safari・Chrome・Edge）',
        steps: [
          '保存したファイルをダブルクリックします。「キーチェーンアクセス」が開きます。',
          '追加先に「ログイン」を選択します。',
          'パスフレーズを入力し、「OK」をクリックします。',
          'ブラウザを終了し、開き直してからログインします。鍵の使用の許可を求められた場合は、Macのパスワードを入力し、「許可」をクリックします。',
        ],
      },
      firefox: {
        name: 'Firefox',
        steps: [
          'Firefoxの「設定」を開き、「プライバシーとセキュリティ」の「証明書を表示」をクリックします。',
          '「あなたの証明書」の「インポート」をクリックし、保存したファイルを選択します。',
          'パスフレーズを入力し、「OK」をクリックします。',
        ],
      },
    },
  },
  leaving: {
    title: '画面を離れますか？',
    says: '電子証明書ファイルの保存を確認していません。この画面を離れると、電子証明書ファイルを受け取ることはできません。',
    stay: 'この画面に残る',
    leave: '離れる',
  },
  refusals: {
    busy: 'ただいま混み合っています。しばらくしてからもう一度お試しください。',
    'login-paused': ({ until }: Facts) =>
      `ログインパスワードの誤りが続いたため、利用一時停止となっています。${until}以降にもう一度お試しください。`,
    'login-stopped':
      'ログインパスワードの誤りが一定回数に達したため、利用停止となっています。管理者またはお取引店までご連絡ください。',
    'login-failed': 'ログインIDまたはログインパスワードが正しくありません。',
    'user-stopped': '管理者によりご利用が停止されています。管理者までご連絡ください。',
    'company-stopped': 'このご契約は現在ご利用いただけません。お取引店までご連絡ください。',
    'outside-service-hours': ({ from, to }: Facts) =>
      from === ''
        ? '本日はサービスを休止しています。'
        : `ただいまサービス時間外です。ご利用時間は${from}から${to}までです。`,
    'certificates-not-used':
      'このご契約のログイン方式はID・パスワード方式です。電子証明書は発行できません。',
    'certificate-still-valid': ({ validUntil }: Facts) =>
      `有効な電子証明書があるため、発行できません（有効期限 ${validUntil}）。パソコンの入れ替えなどで発行し直す場合は、先に管理者が「証明書失効」を行ってください。`,
    'authentication-over':
      '認証してから時間が経過しました。もう一度ログインIDとログインパスワードを入力してください。',
    'request-malformed':
      '電子証明書を発行できませんでした。画面を開き直し、もう一度お試しください。',
    'key-not-taken': '作成された鍵の形式に対応していません。別のブラウザでお試しください。',
    'letter-code-wrong': ({ triesLeft: left }: Facts) =>
      `電子証明書発行コードが正しくありません${triesLeft(left)}。`,
    'letter-code-spent':
      'この電子証明書発行コードは使用できません（使用済み、期限切れ、または入力誤りの回数超過）。お取引店までご連絡ください。',
    'no-certificate': '有効な電子証明書がありません。',
    'not-renewable-yet':
      'この電子証明書は、まだ更新できません。更新できる日時を画面でご確認ください。',
    'administrator-required': 'この操作は、マスターユーザまたは管理者ユーザが行うことができます。',
    'certificate-unknown': 'この電子証明書は見つかりません。一覧を表示し直してください。',
    'confirmation-unregistered': '確認用パスワードが登録されていません。',
    'confirmation-paused': ({ until }: Facts) =>
      `確認用パスワードの誤りが続いたため、利用一時停止となっています。${until}以降にもう一度お試しください。`,
    'confirmation-stopped':
      '確認用パスワードの誤りが一定回数に達したため、利用停止となっています。管理者またはお取引店までご連絡ください。',
    'confirmation-wrong': '確認用パスワードが正しくありません。',
    'certificate-over':
      'この電子証明書は、すでに失効しているか、期限が切れています。一覧を表示し直してください。',
  } satisfies Record<OwnRefusal, string | ((facts: Facts) => string)>,
}

interface Length {
  readonly lengthMin: number
  readonly lengthMax: number
}

interface Fault extends Length {
  readonly field: string
}
