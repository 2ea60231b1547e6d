/**
 * 操作履歴 — the words of its screen and files, and a sentence for every operation.
 *
 * A sentence is made of the facts that were recorded; one that is missing is left out, because
 * old records stay readable when an operation learns a new fact.
 */
import { depositKinds, parseAccountKey } from '#kit/account-number.ts'
import type { Business, Operation } from '#kit/operations.ts'
import type { contract } from './contract.ts'

type Facts = Readonly<Record<string, string>>
type RefusalName = keyof (typeof contract)['operationHistoryPdf']['refusals']

/** What a sentence is made of. */
export interface Told {
  readonly operation: Operation
  readonly result: 'done' | 'refused'
  readonly facts: Facts
}

const businesses: Record<Business, string> = {
  login: 'ログイン',
  token: 'トークン',
  certificates: '電子証明書',
  home: 'トップ・お知らせ',
  approvals: '承認',
  'balance-inquiry': '照会',
  'operation-history': '操作履歴照会',
  transfers: '振込振替',
  payees: '振込先の管理',
  administration: '管理',
}

const operations: Record<Operation, string> = {
  login: 'ログイン',
  'password-change': 'パスワード変更',
  logout: 'ログアウト',
  'session-expired': 'タイムアウト',
  'login-notice-read': 'ログイン時お知らせの確認',
  'login-locked': 'ログインの利用停止',
  'confirmation-locked': '確認用パスワードの利用停止',
  'certificate-login': '電子証明書の確認',
  'token-registration': 'トランザクション認証利用開始登録',
  'token-registration-postponed': 'トランザクション認証利用開始登録の見送り',
  'transaction-authentication': 'トランザクション認証',
  'token-suspension': 'トークンの利用停止',
  'token-reset': 'トークン初期化',
  'token-detachment': 'トークン失効',
  'token-release': 'トークンの利用停止解除',
  'token-import': 'トークンの入庫',
  'token-assignment': 'トークンの割当',
  'token-disposal': 'トークンの廃棄',
  'software-token-voucher': 'ソフトウェアトークン引換コードの発行',
  'software-token': 'ソフトウェアトークンの払出し',
  'certificate-issue': '電子証明書の発行',
  'certificate-renewal': '電子証明書の更新',
  'certificate-revocation': '電子証明書の失効',
  'certificate-letter': '電子証明書発行コードの発行',
  'notice-read': 'お知らせの確認',
  'balance-inquiry': '残高照会',
  'statement-inquiry': '入出金明細照会',
  'incoming-transfer-inquiry': '振込入金明細照会',
  'balance-chart': '残高推移の照会',
  'statement-csv': '入出金明細のCSV取得',
  'statement-zengin': '入出金明細の全銀ファイル取得',
  'statement-pdf': '入出金明細のPDF取得',
  'statement-camt053': '入出金明細のcamt.053取得',
  'incoming-transfer-csv': '振込入金明細のCSV取得',
  'incoming-transfer-zengin': '振込入金明細の全銀ファイル取得',
  'balance-csv': '残高のCSV取得',
  'balance-pdf': '残高のPDF取得',
  'operation-history-inquiry': '操作履歴の照会',
  'operation-history-csv': '操作履歴のCSV取得',
  'operation-history-pdf': '操作履歴のPDF取得',
  'transfer-entered': '振込データの作成',
  'transfer-changed': '振込データの修正',
  'transfer-deleted': '振込データの削除',
  'transfer-submitted': '振込振替の確定',
  'transfer-cancelled': '振込振替の予約取消',
  'transfer-recalled': '振込振替の引戻し',
  'transfer-name-check': '口座確認',
  'transfers-inquiry': '取引状況の照会',
  'transfer-printed': '依頼内容のPDF取得',
  approval: '承認',
  'approval-sending-back': '差戻し',
  'approval-deletion': '承認待ち取引の削除',
  'approval-recall': '引戻し',
  'approval-withdrawal': '承認取消',
  'approval-failure': '承認時のエラー',
  'approval-expiry': '承認の有効期限切れ',
  'approval-policy-change': '承認方式の変更',
  'payees-inquiry': '振込先の照会',
  'payee-entered': '振込先の入力',
  'payee-registration': '振込先の登録',
  'payee-changed': '振込先の変更',
  'payee-deleted': '振込先の削除',
  'payee-restored': '振込先の削除の取消し',
  'payee-name-check': '振込先の口座確認',
  'payee-group-made': '振込先グループの登録',
  'payee-group-renamed': '振込先グループ名の変更',
  'payee-group-deleted': '振込先グループの削除',
  'payee-group-members': '振込先グループの所属の変更',
  'payees-file-checked': '振込先ファイルの確認',
  'payees-imported': '振込先ファイルの登録',
  'payees-csv': '振込先のCSV取得',
  'payees-zengin': '振込先の全銀ファイル取得',
  'payees-filed': '事前登録口座の登録',
  'company-created': '企業の登録',
  'login-method-changed': 'ログイン方式の変更',
  'user-created': '利用者の登録',
  'user-changed': '利用者の変更',
}

/** What follows the operation's name, in 「」 or （） as the fact asks. */
const factWords: Record<string, (value: string) => string> = {
  account: (key) => `口座 ${accountText(key)}`,
  accounts: (count) => (/^\d+$/.test(count) ? `${count}口座` : `口座 ${listText(count)}`),
  from: () => '', // said together with `to`
  to: () => '',
  userId: () => '', // told by name, as `user`, where names are known
  search: (names) => searchText(names),
  day: (day) => dayText(day),
  changed: (kinds) => kindsText(kinds),
  for: (whom) => (whom === 'user' ? '' : `接続元 ${whom}`),
  text: (text) => `検索文字「${text}」`,
  direction: (way) => (way === 'in' ? '入金のみ' : way === 'out' ? '出金のみ' : way),
  lines: (count) => `${figures(count)}件`,
  user: (name) => `利用者 ${name}`,
  loginId: (id) => `ログインID ${id}`,
  payee: (name) => `振込先 ${name}`,
  group: (name) => `グループ ${name}`,
  count: (count) => `${figures(count)}件`,
  title: (title) => `「${title}」`,
  notices: (ids) => `${ids.split(' ').length}件`,
  until: (moment) => `${momentText(moment)}まで`,
  by: (way) => (way === 'certificate' ? '電子証明書方式' : way === 'password' ? '' : way),
  purpose: (name) => operations[name as Operation] ?? name,
  serial: (number) => `シリアル番号 ${number}`,
  tokenCode: (code) => `トークンコード ${code}`,
  thumbprint: (digits) => `拇印 ${digits}`,
  certificate: (number) => `電子証明書 ${number}`,
  business: (name) => `業務 ${businesses[name as Business] ?? name}`,
  operation: (name) => `操作 ${operations[name as Operation] ?? name}`,
  terminal: (name) => `操作端末 ${terminals[name as 'pc'] ?? name}`,
  result: (name) => `結果 ${results[name as 'done'] ?? name}`,
}

const searchWords: Record<string, string> = {
  text: '文字',
  direction: '入出金',
  amountFrom: '金額',
  amountTo: '金額',
  kinds: '取引区分',
}

const passwordKinds: Record<string, string> = {
  login: 'ログインパスワード',
  confirmation: '確認用パスワード',
}
const kindsText = (kinds: string) =>
  kinds
    .split(' ')
    .map((kind) => passwordKinds[kind] ?? kind)
    .join('・')

const terminals = { pc: 'パソコン', smartphone: 'スマートフォン' }
const results = { done: '完了', refused: '受付不可' }

function says({ operation, result, facts }: Told): string {
  const end =
    result === 'done'
      ? (sentenceEnds[operation] ?? 'を行いました。')
      : 'は受け付けられませんでした。'
  const said = factsText(facts)
  return `${operations[operation]}${said === '' ? '' : `（${said}）`}${end}`
}

/** Operations that nobody "makes". */
const sentenceEnds: Partial<Record<Operation, string>> = {
  login: 'しました。',
  logout: 'しました。',
  'session-expired': 'によりログアウトしました。',
  'login-locked': 'となりました。',
  'confirmation-locked': 'となりました。',
}

function factsText(facts: Facts): string {
  const period = periodText(facts['from'], facts['to'])
  const others = Object.entries(facts).map(([name, value]) => {
    const word = factWords[name]
    return word === undefined ? `${name} ${value}` : word(value)
  })
  return [...others, period].filter((part) => part !== '').join('、')
}

function periodText(from: string | undefined, to: string | undefined): string {
  if (from === undefined && to === undefined) return ''
  return `${dayText(from ?? '')}～${dayText(to ?? '')}`
}

function accountText(key: string): string {
  if (key === 'all') return '全口座'
  const account = parseAccountKey(key)
  if (account === null) return key
  return `${account.branchCode} ${depositKinds[account.kind].japanese} ${account.number}`
}

/** Names of search fields, as balance-inquiry records them. */
function searchText(names: string): string {
  const words = names.split(' ').map((name) => searchWords[name] ?? name)
  return `絞込み ${[...new Set(words)].join('・')}`
}

function listText(keys: string): string {
  return keys
    .split(/[,、]\s*/)
    .map(accountText)
    .join('、')
}

const dayText = (day: string) => day.replaceAll('-', '/')
const figures = (count: string) => count.replace(/\B(?=(\d{3})+$)/g, ',')
const momentText = (moment: string) => moment.replaceAll('-', '/').replace('T', ' ').slice(0, 16)

export const ja = {
  title: '操作履歴照会',
  says,
  businesses,
  operations,
  terminals,
  results,
  form: {
    heading: '検索条件',
    period: '操作日付',
    from: '操作日付（開始）',
    to: '操作日付（終了）',
    daysHint: ({ first, last }: { first: string; last: string }) =>
      `${first}から${last}まで照会できます。`,
    user: '利用者名',
    everybody: 'すべての利用者',
    ownOnly: 'ご自身の操作履歴を照会できます。',
    terminal: '操作端末',
    business: '業務種別',
    operation: '操作内容',
    result: '結果',
    all: 'すべて',
    search: '検索',
    dayUnreadable: '年月日で入力してください（例：2026/11/22）。',
  },
  list: {
    heading: '照会結果',
    inquiredAt: ({ at }: { at: string }) => `照会日時 ${at}`,
    none: '該当する操作履歴はありません。検索条件を変えて、もう一度検索してください。',
    shown: ({ count }: { count: number }) => `${count}件を表示しています。`,
  },
  columns: {
    at: '操作日時',
    user: '利用者名（ログインID）',
    terminal: '操作端末',
    business: '業務',
    operation: '操作内容',
    result: '結果',
    inquiryNumber: 'お問い合わせ番号',
    address: 'IPアドレス',
    sequence: '通番',
    userName: '利用者名',
    loginId: 'ログインID',
    details: '内容',
    reason: '理由コード',
  },
  nobody: '（利用者なし）',
  downloads: {
    heading: 'ファイル取得',
    csv: 'CSVファイル',
    pdf: '印刷用PDF',
    csvName: ({ day }: { day: string }) => `操作履歴_${day}.csv`,
    pdfName: ({ day }: { day: string }) => `操作履歴_${day}.pdf`,
  },
  paper: {
    company: '企業名',
    period: '操作日付',
    conditions: '検索条件',
    noConditions: '指定なし',
    lines: '件数',
    inquiredAt: '照会日時',
  },
  refusals: {
    'period-reversed': '操作日付の開始は、終了以前の日付を入力してください。',
    'period-outside-history': '操作日付は、照会できる期間内の日付を入力してください。',
    'own-history-only': 'ほかの利用者の操作履歴を照会する権限がありません。',
    'too-many-lines-for-pdf':
      '件数が多いためPDFを作成できません。期間を短くするか、CSVファイルをご利用ください。',
  } satisfies Record<RefusalName, string>,
}
