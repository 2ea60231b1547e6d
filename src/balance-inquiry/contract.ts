/**
 * 照会 — what the browser may ask about balances and statements.
 *
 * Amounts are whole yen as decimal text. An account that does not exist and one that this user may
 * not see answer alike: `no-such-account`.
 */
import * as z from 'zod/mini'
import { depositKinds, type DepositKind } from '#kit/account-number.ts'
import { endpoint, type Refusals } from '#kit/endpoint.ts'

export const periodNames = [
  'last-week', // 最近1週間
  'this-month', // 当月
  'last-month', // 前月
  'month-before-last', // 前々月
  'dates', // 日付範囲
] as const
export type PeriodName = (typeof periodNames)[number]

export const transactionKindNames = [
  'cash',
  'transfer',
  'other-bank-cheque',
  'clearing',
  'book-transfer',
  'other',
  'correction',
] as const
export type TransactionKindName = (typeof transactionKindNames)[number]

export const statementFormats = ['csv', 'zengin', 'pdf', 'camt053'] as const
export const incomingFormats = ['csv', 'zengin'] as const
export const balanceFormats = ['csv', 'pdf'] as const
export const csvEncodings = ['utf-8', 'shift_jis'] as const
export const directions = ['in', 'out'] as const // 入金・出金
export const orders = ['newest-first', 'oldest-first'] as const

/** Asks for every account that the user may see. */
export const allAccounts = 'all'

const short = z.string().check(z.maxLength(40))
const account = { account: short } // an account key, in places also `all`
const period = {
  period: z.enum(periodNames),
  from: z.optional(short), // as typed; also full-width
  to: z.optional(short),
}
const search = {
  text: z.optional(z.string().check(z.maxLength(60))),
  amountFrom: z.optional(short),
  amountTo: z.optional(short),
}
const direction = { direction: z.optional(z.enum(directions)) }
const page = {
  order: z._default(z.enum(orders), 'newest-first'),
  limit: z._default(z.enum(['20', '50', '100']), '50'),
  cursor: z.optional(z.string().check(z.maxLength(400))),
}
const encoding = { encoding: z._default(z.enum(csvEncodings), 'utf-8') }

const kinds = Object.keys(depositKinds) as [DepositKind, ...DepositKind[]]
export const Account = z.object({
  key: z.string(),
  branchCode: z.string(), // 支店番号
  branchName: z.string(), // 支店名
  kind: z.enum(kinds), // 科目
  number: z.string(), // 口座番号
  holder: z.string(), // 口座名義
  memo: z.string(), // 口座メモ
  representative: z.boolean(), // 代表口座
})
export type Account = z.infer<typeof Account>

const Balances = z.object({
  current: z.string(), // 現在残高
  available: z.string(), // 支払可能残高
  uncleared: z.string(), // うち他店券
  previousDay: z.string(), // 前日残高
  previousMonthEnd: z.string(), // 前月末残高
  asOf: z.string(), // 照会日時
})

const Period = z.object({ from: z.iso.date(), to: z.iso.date() })

export const StatementLine = z.object({
  sequence: z.string(),
  bookedOn: z.iso.date(), // 勘定日
  valueOn: z.iso.date(), // 起算日
  direction: z.enum(directions),
  amount: z.string(),
  balance: z.string(), // 残高
  kind: z.enum(transactionKindNames), // 取引区分
  description: z.string(), // 摘要
  remitterCode: z.string(), // 振込依頼人コード
  remitterName: z.string(), // 振込依頼人名
  bankName: z.string(), // 仕向銀行名
  branchName: z.string(), // 仕向支店名
  ediInformation: z.string(), // EDI情報
  chequeNumber: z.string(), // 手形小切手番号
})
export type StatementLine = z.infer<typeof StatementLine>

const Totals = z.object({
  inCount: z.int(),
  inAmount: z.string(),
  outCount: z.int(),
  outAmount: z.string(),
  opening: z.string(), // 期間前残高
  closing: z.string(), // 期間末残高
})
export type Totals = z.infer<typeof Totals>

const StatementPage = z.object({
  account: Account,
  period: Period,
  askedAt: z.string(), // 照会日時
  lines: z.array(StatementLine),
  /** Asks for the next page; null on the last one. */
  next: z.nullable(z.string()),
  /** With the first page only: they are those of the whole period. */
  totals: z.nullable(Totals),
})
export type StatementPage = z.infer<typeof StatementPage>

/** In the order they are checked. */
const periodRefusals = {
  'from-day-unreadable': 422,
  'to-day-unreadable': 422,
  'from-after-to': 422,
  'from-in-future': 422,
  'period-too-old': 422,
} as const satisfies Refusals
const amountRefusals = {
  'amount-from-unreadable': 422,
  'amount-to-unreadable': 422,
  'amount-from-over-to': 422,
} as const satisfies Refusals
const accountRefusals = { 'no-such-account': 404 } as const satisfies Refusals
const cursorRefusals = { 'cursor-of-another-inquiry': 422 } as const satisfies Refusals
const fileRefusals = {
  'search-not-for-this-file': 422,
  ...accountRefusals,
  'too-many-lines': 422,
  'figures-too-large': 422,
} as const satisfies Refusals

const anyInquiry = {
  anyOf: ['balance-inquiry', 'statement-inquiry', 'incoming-transfer-inquiry'],
} as const
const read = { method: 'GET', repeat: 'safe', pace: 'read' } as const
const file = { method: 'GET', repeat: 'safe', pace: 'download', out: 'download' } as const

export const contract = {
  listAccounts: endpoint({
    ...read,
    path: '/api/balance-inquiry/accounts',
    summary: 'The accounts that the user may inquire about, and how far back (照会口座)',
    who: anyInquiry,
    out: z.object({
      accounts: z.array(Account),
      today: z.iso.date(),
      earliest: z.iso.date(), // first day that can be asked for
      pdfLinesMax: z.int(),
    }),
    refusals: {},
  }),
  showBalances: endpoint({
    ...read,
    path: '/api/balance-inquiry/balances',
    summary: 'Balances of one account or of all (残高照会)',
    who: { right: 'balance-inquiry' },
    query: z.object({ account: z._default(short, allAccounts) }),
    out: z.object({
      askedAt: z.string(),
      /** null: the core system does not know this account. */
      accounts: z.array(z.object({ account: Account, balances: z.nullable(Balances) })),
      total: z.object({ current: z.string(), available: z.string() }),
    }),
    refusals: accountRefusals,
  }),
  showStatement: endpoint({
    ...read,
    path: '/api/balance-inquiry/statement',
    summary: 'One page of the statement, with running balance (入出金明細照会)',
    who: { right: 'statement-inquiry' },
    query: z.object({ ...account, ...period, ...search, ...direction, ...page }),
    out: StatementPage,
    refusals: { ...periodRefusals, ...amountRefusals, ...accountRefusals, ...cursorRefusals },
  }),
  showIncomingTransfers: endpoint({
    ...read,
    path: '/api/balance-inquiry/incoming-transfers',
    summary: 'One page of the transfers that came in (振込入金明細照会)',
    who: { right: 'incoming-transfer-inquiry' },
    query: z.object({ ...account, ...period, ...search, ...page }),
    out: StatementPage,
    refusals: { ...periodRefusals, ...amountRefusals, ...accountRefusals, ...cursorRefusals },
  }),
  showBalanceLine: endpoint({
    ...read,
    path: '/api/balance-inquiry/balance-line',
    summary: 'Balance at the end of each day of the period (残高推移)',
    who: { right: 'statement-inquiry' },
    query: z.object({ ...account, ...period }),
    out: z.object({
      account: Account,
      period: Period,
      askedAt: z.string(),
      days: z.array(z.object({ day: z.iso.date(), balance: z.string() })),
      highest: z.nullable(z.object({ day: z.iso.date(), balance: z.string() })),
      lowest: z.nullable(z.object({ day: z.iso.date(), balance: z.string() })),
    }),
    refusals: { ...periodRefusals, ...accountRefusals },
  }),
  downloadStatement: endpoint({
    ...file,
    path: '/api/balance-inquiry/statement/file',
    summary: 'The statement as a file: ANSER CSV, 全銀 03, PDF, camt.053',
    who: { right: 'statement-inquiry' },
    query: z.object({
      ...account,
      ...period,
      ...search,
      ...direction,
      ...encoding,
      format: z.enum(statementFormats),
    }),
    refusals: { ...periodRefusals, ...amountRefusals, ...fileRefusals },
  }),
  downloadIncomingTransfers: endpoint({
    ...file,
    path: '/api/balance-inquiry/incoming-transfers/file',
    summary: 'The transfers that came in as a file: CSV, 全銀 01',
    who: { right: 'incoming-transfer-inquiry' },
    query: z.object({
      ...account,
      ...period,
      ...search,
      ...encoding,
      format: z.enum(incomingFormats),
    }),
    refusals: { ...periodRefusals, ...amountRefusals, ...fileRefusals },
  }),
  downloadBalances: endpoint({
    ...file,
    path: '/api/balance-inquiry/balances/file',
    summary: 'Balances as a file: CSV, PDF',
    who: { right: 'balance-inquiry' },
    query: z.object({
      account: z._default(short, allAccounts),
      ...encoding,
      format: z.enum(balanceFormats),
    }),
    refusals: accountRefusals,
  }),
} as const

/** Every refusal of this contract, so that no sentence can be forgotten. */
export type InquiryRefusal =
  | keyof typeof periodRefusals
  | keyof typeof amountRefusals
  | keyof typeof cursorRefusals
  | keyof typeof fileRefusals

/** The field of the form that a refusal belongs to. */
export const fieldOfRefusal: Readonly<Partial<Record<InquiryRefusal, string>>> = {
  'from-day-unreadable': 'from',
  'to-day-unreadable': 'to',
  'from-after-to': 'from',
  'from-in-future': 'from',
  'period-too-old': 'from',
  'amount-from-unreadable': 'amountFrom',
  'amount-to-unreadable': 'amountTo',
  'amount-from-over-to': 'amountFrom',
  'no-such-account': 'account',
}
