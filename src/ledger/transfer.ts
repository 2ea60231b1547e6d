/**
 * 振替 within the books — what is posted, and every way in which the ledger may refuse it.
 *
 * A transfer moves an amount from its debit to its credit account. Its id, a UUID v7 made by the
 * caller, is its idempotency key: the same transfer posted again is found, not made twice.
 */
import type { Outcome } from '#kit/outcome.ts'

export interface Transfer {
  readonly id: string
  readonly debit: bigint // account that pays
  readonly credit: bigint // account that receives
  readonly amount: bigint
  readonly kind: number // 取引区分
  readonly bookedOn: Temporal.PlainDate // 勘定日
  readonly valueOn: Temporal.PlainDate // 起算日
  readonly debitMemo: string // 摘要 of either side; opaque to the ledger
  readonly creditMemo: string
  /** The hold that this transfer books; what it leaves of the held amount is given back. */
  readonly settles?: string
}

/** Transfers that are posted all or none. */
export type Group = readonly Transfer[]

export interface Hold {
  readonly id: string
  readonly account: bigint
  readonly amount: bigint
  readonly expiresAt: Temporal.Instant | null
}

/** In the order in which they are checked; the place is the code in migrations/0002. */
export const results = [
  'posted',
  'repeated',
  'same-account-on-both-sides',
  'amount-not-positive',
  'id-used-for-something-else',
  'unknown-account',
  'account-closed',
  'booked-before-last-line',
  'unknown-hold',
  'hold-already-settled',
  'hold-already-released',
  'over-held-amount',
  'insufficient-funds',
] as const
export type Result = (typeof results)[number]
export type TransferRefusal = Exclude<Result, 'posted' | 'repeated'> | 'group-is-empty'

export type PostOutcome = Outcome<{ readonly repeated: boolean }, TransferRefusal>

export function outcomeOf(code: number): PostOutcome {
  const result = results[code]
  if (result === undefined) throw new Error(`the ledger answered with an unknown code: ${code}`)
  return result === 'posted' || result === 'repeated'
    ? { granted: true, value: { repeated: result === 'repeated' } }
    : { granted: false, reason: result }
}
