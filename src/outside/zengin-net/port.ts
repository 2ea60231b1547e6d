/**
 * 全銀システム — the other banks, in the words this system needs of them: whose account is it, may
 * it be paid now, pay it, and what became of it.
 *
 * A message is delivered at least once under its own id and applied once by the receiving bank.
 * Its answer comes later, is given out until it is acknowledged, and may come twice. Every call may
 * throw: a fault means that nobody knows, and the same call is made again.
 */
import type { BankAccount } from '#kit/bank-account.ts'
import type { Id } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Yen } from '#kit/yen.ts'

export type MessageId = Id<'zengin-message'>
export type AnswerId = Id<'zengin-answer'>

export interface ZenginNet {
  /** 口座確認: whose account it is, as the bank that keeps it says. Takes seconds at the most. */
  lookUp(account: BankAccount): Promise<NameAnswer>
  /** モアタイム: whether this bank can be paid outside of the core time (formats.md §7). */
  takesMoreTime(bankCode: string): Promise<boolean>
  /** 振込電文. The same id again is answered as before and applied once. */
  send(message: TransferMessage): Promise<Outcome<void, SendRefusal>>
  /** What has come back and is not acknowledged, oldest first. */
  answers(limit: number): Promise<readonly TransferAnswer[]>
  acknowledge(answers: readonly AnswerId[]): Promise<void>
}

export type NameAnswer =
  | { readonly found: 'holder'; readonly holderKana: string } // half-width, as the bank keeps it
  | { readonly found: 'no-such-account' } // 該当口座なし
  | { readonly found: 'no-answer'; readonly why: 'not-in-service' | 'bank-closed' }

export interface TransferMessage {
  readonly id: MessageId
  readonly from: { readonly bankCode: string; readonly branchCode: string } // 仕向
  readonly to: BankAccount // 被仕向
  readonly payeeName: string // 受取人名, half-width
  readonly amount: Yen
  readonly remitterName: string // 振込依頼人名, half-width
  readonly ediInformation: string | null // EDI情報, half-width
  readonly paymentDay: Temporal.PlainDate // 振込指定日
}

/** In the order of their checks. Nothing was taken; `bank-closed` may be tried again later. */
export type SendRefusal = 'unknown-bank' | 'bank-closed' | 'id-used-for-something-else'

export interface TransferAnswer {
  readonly id: AnswerId
  readonly messageId: MessageId
  readonly at: Temporal.Instant
  readonly result:
    | { readonly was: 'credited' } // 入金済み
    | { readonly was: 'returned'; readonly why: ReturnReason } // 入金不能 → 資金返却
}

export const returnReasons = [
  'no-such-account', // 該当口座なし
  'name-differs', // 受取人名相違
  'account-closed', // 解約済み
  'account-refuses', // 入金停止・取扱不可
] as const
export type ReturnReason = (typeof returnReasons)[number]

/** 模擬の他行 — what a tester may ask beside, where the other banks are played by an adapter. */
export interface PlayedBanks {
  /** Opens an account at another bank, also at one that no list knows; repeatable. */
  openAccount(account: {
    readonly account: BankAccount
    readonly holderKana: string // half-width
    readonly state?: AccountState
  }): Promise<void>
  setBank(bank: {
    readonly bankCode: string
    readonly takesMoreTime?: boolean
    readonly inService?: boolean
  }): Promise<Outcome<void, 'unknown-bank'>>
  /** On for so many times; null: until it is off again; 0: off. `bankCode` null: all banks. */
  setSwitch(of: {
    readonly name: SwitchName
    readonly bankCode: string | null
    readonly times: number | null
  }): Promise<void>
  /** Every answer that is held or late comes now. @returns how many */
  releaseAnswers(): Promise<number>
  overview(): Promise<Overview>
  bankName(bankCode: string): string | null
}

export const accountStates = ['open', 'closed', 'refuses'] as const // 解約済み, 入金停止
export type AccountState = (typeof accountStates)[number]

/** What may go wrong on purpose, per bank or for all. */
export const switchNames = [
  'slow-answers', // answers come a minute later
  'lost-answers', // send takes the message, then throws
  'lost-messages', // send throws and takes nothing
  'duplicate-answers', // the same answer comes twice
  'held-answers', // no answer until it is released
  'refused-payments', // every payment comes back: 入金停止
  'slow-look-ups', // 口座確認 takes five seconds
  'unanswered-look-ups', // 口座確認 gets no answer
] as const
export type SwitchName = (typeof switchNames)[number]

/** What a tester sees; the newest of each, up to `shown`. */
export interface Overview {
  readonly banks: readonly BankSeen[]
  readonly accounts: readonly AccountSeen[]
  readonly messages: readonly MessageSeen[]
  readonly switches: readonly SwitchSeen[]
  /** The last figures of an amount that decide what becomes of its payment. */
  readonly sentinels: Readonly<Record<string, ReturnReason | 'held'>>
}
export interface BankSeen {
  readonly code: string
  readonly takesMoreTime: boolean
  readonly inService: boolean
}
export interface SwitchSeen {
  readonly name: SwitchName
  readonly bankCode: string // * for all
  readonly remaining: number | null // null: until it is taken back
}
export interface AccountSeen {
  readonly account: BankAccount
  readonly holderKana: string
  readonly opened: boolean
  readonly state: AccountState
  readonly balance: Yen
  /** 入金: the last five, newest first. */
  readonly payments: readonly MessageSeen[]
}
export interface MessageSeen {
  readonly id: MessageId
  readonly to: BankAccount
  readonly payeeName: string
  readonly remitterName: string
  readonly ediInformation: string | null
  readonly amount: Yen
  readonly receivedAt: Temporal.Instant
  readonly returned: ReturnReason | null // null: credited
  readonly answer: 'held' | 'on-its-way' | 'given' | 'acknowledged'
}
