/** 振込振替 — what is told to people, in the transaction of what happened; no amounts. */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'

export interface TransferTold {
  readonly companyId: CompanyId
  readonly requester: UserId
  /** Who approved it: they are told of its end as well. */
  readonly approvers: readonly UserId[]
  readonly transferId: string
  readonly receiptNumber: string // 受付番号
  readonly name: string // 取引名
  readonly paymentDay: Temporal.PlainDate
  readonly at: Temporal.Instant
}

export const transferNews = [
  'accepted', // 振込振替受付
  'carried-out', // 発信済み, of a booked order
  'not-executed', // 不成立: 残高不足 …; why
  'returned', // 入金不能 → 資金返却
  'cancelled', // 予約取消
] as const
export type TransferNews = (typeof transferNews)[number]

export interface TransferTeller {
  tell(
    tx: Tx,
    news: TransferNews,
    told: TransferTold & { readonly why: string | null },
  ): Promise<void>
}
