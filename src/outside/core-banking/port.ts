/**
 * 勘定系 — the bank's core system, in the words this system needs of it.
 *
 * Amounts are whole yen. Every posting carries an id made by the caller (UUID v7), which is its
 * idempotency key: after a lost answer the same call is made again and either finds the posting
 * or makes it; money never moves twice.
 */
import type { AccountNumber } from '#kit/account-number.ts'
import type { Id } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Yen, YenBalance } from '#kit/yen.ts'

export type PostingId = Id<'posting'>
export type HoldId = Id<'hold'>

export interface CoreBanking {
  /** Opens an account; the same call again changes nothing. */
  openAccount(account: NewAccount): Promise<void>

  /** 口座名義カナ. `null` stands for an account that is unknown or closed. */
  holderOf(account: AccountNumber): Promise<{ readonly holderKana: string } | null>

  /** Balances in the order asked. `null` stands for an account that the core does not know. */
  balances(accounts: readonly AccountNumber[]): Promise<readonly (Balances | null)[]>

  /** One page of 入出金明細, by keyset. May be called while postings arrive: a page never shifts. */
  statement(query: StatementQuery): Promise<StatementPage>

  /** All lines of the period, oldest first, in chunks; memory stays flat. */
  statementLines(
    query: Omit<StatementQuery, 'after' | 'limit' | 'order'>,
  ): AsyncIterable<readonly StatementLine[]>

  /** How many lines `statementLines` will give, and their sums. */
  statementTotals(
    query: Omit<StatementQuery, 'after' | 'limit' | 'order'>,
  ): Promise<StatementTotals>

  /** Balance at the end of each day of the period, one entry per day. */
  closingBalances(
    account: AccountNumber,
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<readonly DayBalance[]>

  /**
   * Posts a group of entries: all or none. Takes well under a second; safe to repeat with the
   * same ids, also when the answer was lost.
   */
  post(group: readonly Posting[]): Promise<Outcome<Posted, PostingRefusal>>

  /** 資金確保: lowers the available balance without booking. Repeatable by its id. */
  hold(hold: NewHold): Promise<Outcome<void, PostingRefusal>>
  /**
   * Books a hold: the first posting takes up to the held amount, what it leaves is given back, and
   * the others are posted with it, all or none. Nobody else can come between: together they may
   * debit the held account by what was held, whatever else is asked of it at that moment.
   * Repeatable with the same ids.
   */
  settle(hold: HoldId, group: readonly Posting[]): Promise<Outcome<Posted, PostingRefusal>>
  /** Gives the held amount back. Repeatable. */
  release(hold: HoldId): Promise<Outcome<void, 'unknown-hold' | 'hold-already-settled'>>
}

export interface NewAccount {
  readonly account: AccountNumber
  readonly holderKana: string // 口座名義カナ, half-width
  /** 貸越極度額: how far below zero the account may go; 0 for none, null for internal accounts. */
  readonly overdraftLimit: Yen | null
}

export interface Balances {
  readonly account: AccountNumber
  readonly current: YenBalance // 現在残高
  readonly available: YenBalance // 支払可能残高 = 現在残高 − 資金確保 + 貸越極度額
  readonly uncleared: Yen // うち他店券
  readonly previousDay: YenBalance // 前日残高
  readonly previousMonthEnd: YenBalance // 前月末残高
  readonly asOf: Temporal.Instant // 照会日時
}

export type Direction = 'in' | 'out' // 入金・出金

/** 取引区分 (全銀協 入出金取引明細 03, item 23). */
export const transactionKinds = {
  cash: '10', // 現金
  transfer: '11', // 振込
  'other-bank-cheque': '12', // 他店券入金
  clearing: '13', // 交換
  'book-transfer': '14', // 振替
  other: '18', // その他
  correction: '19', // 訂正
} as const
export type TransactionKind = keyof typeof transactionKinds

export interface StatementLine {
  readonly account: AccountNumber
  readonly sequence: bigint // gapless per account
  readonly bookedOn: Temporal.PlainDate // 勘定日
  readonly valueOn: Temporal.PlainDate // 起算日
  readonly direction: Direction
  readonly amount: Yen
  readonly balance: YenBalance // 残高 after this line
  readonly kind: TransactionKind
  readonly particulars: Particulars
}

/** What is printed beside an amount. Names are half-width as the 全銀 formats carry them. */
export interface Particulars {
  readonly description: string // 摘要
  readonly remitterCode?: string // 振込依頼人コード
  readonly remitterName?: string // 振込依頼人名
  readonly bankName?: string // 仕向銀行名
  readonly branchName?: string // 仕向店名
  readonly ediInformation?: string // EDI情報
  readonly chequeNumber?: string // 手形小切手番号
}

export interface StatementQuery {
  readonly account: AccountNumber
  readonly from: Temporal.PlainDate // inclusive
  readonly to: Temporal.PlainDate // inclusive
  readonly order: 'newest-first' | 'oldest-first'
  readonly limit: number
  readonly after?: StatementPosition // last line of the page before
  readonly filter?: StatementFilter
}
export interface StatementPosition {
  readonly bookedOn: Temporal.PlainDate
  readonly sequence: bigint
}
export interface StatementFilter {
  readonly text?: string // found anywhere in the particulars
  readonly direction?: Direction
  readonly amountFrom?: Yen
  readonly amountTo?: Yen
  readonly kinds?: readonly TransactionKind[]
}
export interface StatementPage {
  readonly lines: readonly StatementLine[]
  readonly more: boolean
}
export interface StatementTotals {
  readonly inCount: number
  readonly inAmount: bigint
  readonly outCount: number
  readonly outAmount: bigint
  /** Balance before the first day of the period and after its last. */
  readonly opening: YenBalance
  readonly closing: YenBalance
}
export interface DayBalance {
  readonly day: Temporal.PlainDate
  readonly balance: YenBalance
}

export interface Posting {
  readonly id: PostingId
  readonly debit: AccountNumber // money leaves here (出金)
  readonly credit: AccountNumber // money arrives here (入金)
  readonly amount: Yen
  readonly kind: TransactionKind
  readonly bookedOn: Temporal.PlainDate
  readonly valueOn: Temporal.PlainDate
  readonly debitParticulars: Particulars
  readonly creditParticulars: Particulars
}
export interface Posted {
  /** True when the posting had been made by an earlier call. */
  readonly repeated: boolean
}
export interface NewHold {
  readonly id: HoldId
  readonly account: AccountNumber
  readonly amount: Yen
  readonly expiresAt?: Temporal.Instant
}

/** In the order they are checked. */
export type PostingRefusal =
  | 'group-is-empty'
  | 'same-account-on-both-sides'
  | 'amount-not-positive'
  | 'id-used-for-something-else'
  | 'unknown-account'
  | 'account-closed'
  | 'booked-before-last-line' // 勘定日 must not go back within an account
  | 'unknown-hold'
  | 'hold-already-settled'
  | 'hold-already-released'
  | 'over-held-amount'
  | 'insufficient-funds'
