/** 手数料 — the door: what a transfer costs, and what is deducted where the payee bears it. */
import type { CompanyId } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'

/** 総合振込 and 給与 have tables of their own (internet-banking.md §4.6). */
export type FeeService = 'transfers' | 'supplier-payments' | 'payroll'

/** 振込パターン */
export type FeeClass = 'same-branch' | 'same-bank' | 'other-bank' // 同一店・本支店・他行

/** 手数料負担 */
export type FeeBearer =
  | { readonly by: 'payer' } // 当方負担
  | { readonly by: 'payee'; readonly fee: 'table' } // 先方負担(登録済み基準)
  | { readonly by: 'payee'; readonly fee: Yen } // 先方負担(指定金額)

export interface FeeAsked {
  readonly payable: Yen // 支払金額
  readonly class: FeeClass
  readonly bearer: FeeBearer
}

/** `payable` P, `deducted` f(P), `amount` T = P - f, `bankFee` g(T) (formats.md §10). */
export interface FeeQuote {
  readonly deducted: Yen // 先方負担手数料
  readonly amount: Yen // 振込金額
  readonly bankFee: Yen // 振込手数料, of the bank
  readonly debit: Yen // 引落金額: amount and bankFee
  /** deducted - bankFee where the payee bears it, else 0: the company's gain or loss (差). */
  readonly difference: bigint
}

/** In the order in which they are checked. */
export type FeeRefusal =
  | 'amount-not-positive'
  | 'stated-fee-too-large' // facts of the caller: at least one yen must be left
  | 'nothing-left-to-transfer' // 支払金額 does not exceed the fee to be deducted

export interface Fees {
  /** By the tables that are valid on that day (指定日). In the order asked. */
  quote(
    tx: Tx,
    asked: {
      readonly companyId: CompanyId
      readonly service: FeeService
      readonly day: Temporal.PlainDate
      readonly items: readonly FeeAsked[]
    },
  ): Promise<readonly Outcome<FeeQuote, FeeRefusal>[]>
}
