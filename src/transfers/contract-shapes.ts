/** 振込振替 on the wire: the shapes of drafts, states and lines, and who may ask. */
import * as z from 'zod/mini'
import { InBothLanguages, NameCheck } from '#kit/order-sheet.ts'

export const requesters = {
  anyOf: ['transfers-request-registered', 'transfers-request-any'],
} as const
export const concerned = {
  anyOf: [
    'transfers-request-registered',
    'transfers-request-any',
    'transfers-see-all',
    'transfers-approve',
  ],
} as const

export const Person = z.object({ userId: z.string(), name: z.string() })
export const Account = z.object({
  accountKey: z.string(),
  branchCode: z.string(),
  branchName: z.string(),
  kind: z.enum(['ordinary', 'current', 'savings']),
  number: z.string(),
  holderKana: z.string(),
  memo: z.string(),
})

/** 取引状態. The first five can be edited by their requester. */
export const transferStates = [
  'draft', // 保存中
  'recalled', // 引戻済み
  'sent-back', // 差戻済み
  'withdrawn', // 承認取消済み
  'failed', // エラー
  'awaiting-approval', // 承認待ち
  'accepted', // 受付済み: booked for its day, or about to be carried out
  'executing', // 実行中: the money is being moved
  'sent', // 発信済み: debited, the other banks' answers are awaited
  'completed', // 処理済み
  'partly-returned', // 一部入金不能: some payees were not credited, the money came back
  'returned', // 入金不能: all of it came back
  'not-executed', // 不成立: 残高不足 …
  'cancelled', // 取消済み
  'deleted', // 削除済み
  'expired', // 有効期限切れ
] as const
export const TransferState = z.enum(transferStates)
export type TransferState = z.infer<typeof TransferState>

export const accountKinds = ['ordinary', 'current', 'savings', 'other'] as const
export const BankAccount = z.object({
  bankCode: z.string().check(z.regex(/^\d{4}$/)),
  branchCode: z.string().check(z.regex(/^\d{3}$/)),
  kind: z.enum(accountKinds),
  number: z.string().check(z.regex(/^\d{7}$/)),
})
const amount = z.string().check(z.regex(/^\d{1,11}$/))

/** Where the destination came from: 事前登録 counts against limits of its own. */
export const destinationSources = [
  'typed', // 新規に振込先口座を入力
  'payee', // 利用者登録口座一覧, グループ一覧
  'recent', // 最近10回の取引
  'filed', // 受取人番号を指定 (事前登録)
  'own', // 振替: one's own account
] as const

export const bearers = ['payer', 'payee-table', 'payee-stated'] as const // 当方・先方(登録済み基準)・先方(指定金額)

export const DraftItem = z.object({
  source: z.enum(destinationSources),
  payeeId: z.nullable(z.string().check(z.maxLength(36))), // of `payee` and `filed`
  account: BankAccount,
  payeeName: z.string().check(z.maxLength(100)), // 受取人名, as typed; normalised by the server
  nameCheck: NameCheck,
  payable: amount, // 支払金額
  bearer: z.enum(bearers),
  statedFee: z.nullable(amount), // of `payee-stated`
  ediInformation: z.string().check(z.maxLength(60)), // empty: none
})
export type DraftItem = z.infer<typeof DraftItem>

export const Draft = z.object({
  kind: z.enum(['transfer', 'own-transfer']), // 振込・振替
  accountKey: z.string().check(z.maxLength(40)), // 支払口座
  paymentDay: z.iso.date(), // 指定日
  name: z.string().check(z.maxLength(10)), // 取引名; empty: 「○○月○○日作成分」
  remitterName: z.string().check(z.maxLength(100)), // 振込依頼人名; empty: the account's
  memo: z.string().check(z.maxLength(100)), // 取引メモ
  items: z.array(DraftItem).check(z.minLength(1), z.maxLength(10)),
})
export type Draft = z.infer<typeof Draft>

/** The codes of `draft-refused`, at their fields, in the order in which they are checked. */
export const draftFaults = [
  'account-not-allowed', // 支払口座
  'day-past',
  'day-too-far', // 予約可能期間
  'day-not-business', // 指定日 is no business day
  'day-closed-for-same-day', // the cut-off has passed, or a payee's bank is not in モアタイム
  'same-day-not-allowed', // 当日扱いを認める is missing
  'items-too-many',
  'bank-unknown',
  'branch-unknown',
  'own-account-unknown', // 振替: not an account of the contract
  'same-account', // pays itself
  'no-such-account', // 該当口座なし, as its bank says
  'payee-unknown',
  'payee-changed', // the registered account is another one by now
  'name-missing',
  'name-not-permitted', // a character that the formats do not carry
  'name-too-long',
  'amount-not-positive',
  'stated-fee-missing',
  'stated-fee-too-large',
  'nothing-left-to-transfer',
  'edi-not-for-own', // 振替 carries none
  'edi-not-permitted',
  'edi-too-long',
  'remitter-not-permitted',
  'remitter-too-long',
] as const
export type DraftFault = (typeof draftFaults)[number]

export const TransferLine = z.object({
  id: z.string(),
  state: TransferState,
  stateSays: InBothLanguages, // with what is missing: 最終承認待ち
  receiptNumber: z.nullable(z.string()), // 受付番号
  kind: z.enum(['transfer', 'own-transfer']),
  name: z.string(),
  paymentDay: z.iso.date(),
  account: Account,
  count: z.int(),
  payable: z.string(),
  debit: z.nullable(z.string()), // 引落金額; null while it is a draft
  payees: z.string(), // the first one's name, and how many more
  requester: Person,
  changedAt: z.iso.datetime(),
  /** Until when it can be approved (承認期限); null: not asked yet, or over. */
  deadline: z.nullable(z.iso.datetime()),
  waitsFor: z.nullable(InBothLanguages), // the approval still missing and by whom
  may: z.object({
    edit: z.boolean(),
    delete: z.boolean(),
    recall: z.boolean(), // 引戻し
    cancel: z.boolean(), // 予約取消
    copy: z.boolean(),
  }),
})
export type TransferLine = z.infer<typeof TransferLine>

export const Id = z.object({ id: z.string().check(z.maxLength(36)) })

/** The refusals of 確認用パスワード, in the order of their checks. */
export const passwordRefusals = {
  busy: 429,
  'confirmation-missing': 422,
  'confirmation-unregistered': 409,
  'confirmation-paused': 423,
  'confirmation-stopped': 423,
  'confirmation-wrong': 422,
} as const
