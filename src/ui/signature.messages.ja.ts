/** トランザクション認証 — the words around 二次元コード: what is signed, the countdown, the refusals. */
import type { ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import type { TagName, TemplateName } from '#kit/ctp1/fields.ts'

interface Tries {
  readonly triesLeft: string
}

const triesText = ({ triesLeft }: Tries) =>
  triesLeft === '0'
    ? 'この二次元コードでの入力回数の上限に達しました。二次元コードを再表示し、もう一度読み取ってください。'
    : triesLeft === ''
      ? 'もう一度ご確認ください。'
      : `番号をもう一度ご確認ください（あと${triesLeft}回入力できます）。`

export const ja = {
  title: 'トランザクション認証',
  how: 'カメラ付きトークンの電源を入れ、右ボタンを押して二次元コードを読み取ってください。端末に表示された内容を確認し、最後の画面に表示される番号を入力してください。',
  code: '二次元コード',
  codeLabel: 'カメラ付きトークンで読み取る二次元コード',
  renew: '二次元コードを再表示',
  shown: '端末に表示される内容',
  compare: 'ブラウザの内容と端末の表示が一致することを確認してください。',
  differs: '一致しないときは番号を入力せず、お取引店までご連絡ください。',
  transactionCode: 'トランザクション認証番号（8桁）',
  transactionCodeHint: '端末に表示された番号を入力してください。',
  never: '電話の相手に番号を伝えないでください。',
  neverWhy: '銀行員が電話やメールで番号をお聞きすることはありません。',
  typed: {
    missing: 'トランザクション認証番号を入力してください。',
    malformed: 'トランザクション認証番号は数字8桁で入力してください。',
  },
  countdown: {
    left: '残り時間',
    lastMinute: '二次元コードの残り時間は1分です。',
    over: '二次元コードの制限時間を過ぎました。',
  },
  timeOver: '二次元コードの制限時間を過ぎました。',
  gone: 'この二次元コードは使用できなくなりました。',
  yen: (amount: string) => `${amount}円`,
  count: (count: string) => `${count}件`,
  kinds: { 1: '普通', 2: '当座', 4: '貯蓄' } as Readonly<Record<string, string>>,
  warnings: {
    1: '電話やメールで番号を聞かれていませんか？ 伝えてはいけません。',
  } as Readonly<Record<string, string>>,
  warning: (number: string) => `注意喚起 ${number}`,
  /** As the device writes them: people compare word by word. */
  templates: {
    transfer: '振込',
    bulk: '総合・給与・賞与振込',
    approval: '承認',
    tax: '税金・各種料金',
    'user-change': '利用者・権限の変更',
    'certificate-issue': '電子証明書の発行',
    'login-confirmation': 'ログインの確認',
    'payee-registration': '振込先の登録',
    fx: '外為',
    densai: 'でんさい',
  } satisfies Record<TemplateName, string>,
  fields: {
    warning: 'ご注意',
    'login-id': 'ログインID',
    amount: '金額',
    total: '合計金額',
    'currency-amount': '通貨・金額',
    payee: '受取人',
    count: '件数',
    bank: '金融機関',
    branch: '支店',
    account: '口座',
    'largest-payee': '最高額の受取人',
    'new-payees': '新規の受取人',
    date: '指定日',
    fee: '手数料',
    reference: '照会番号',
    text: '内容',
    digest: '照合値',
  } satisfies Record<TagName, string>,
  refusals: {
    'token-missing':
      'カメラ付きトークンが登録されていません。ログアウトし、次回のログイン時に利用開始登録を行ってください。',
    'token-suspended':
      'カメラ付きトークンが利用停止となっています。管理者またはお取引店までご連絡ください。',
    'too-many-challenges':
      '二次元コードを表示できる回数の上限に達しました。1時間ほどおいてからもう一度お試しください。',
    'challenge-unknown': 'この二次元コードは使用できません。二次元コードを再表示してください。',
    'challenge-spent':
      'この二次元コードは使用できなくなりました。二次元コードを再表示し、もう一度読み取ってください。',
    'challenge-expired':
      '二次元コードの制限時間を過ぎました。二次元コードを再表示し、もう一度読み取ってください。',
    'code-of-another-step':
      'トークン認証コード（12桁）が入力されています。トランザクション認証番号（8桁）を入力してください。',
    'code-malformed': 'トランザクション認証番号は数字8桁で入力してください。',
    'code-of-another-challenge': (tries: Tries) =>
      `別の二次元コードを読み取った番号です。表示中の二次元コードを読み取ってください。${triesText(tries)}`,
    'code-wrong': (tries: Tries) =>
      `トランザクション認証番号が正しくありません。${triesText(tries)}`,
    'content-changed':
      '認証する内容が変更されています。画面を開き直し、内容をもう一度ご確認ください。',
  } satisfies Record<CodeRefusal | ChallengeRefusal, string | ((tries: Tries) => string)>,
}
