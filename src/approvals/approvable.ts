/**
 * 承認の対象 — what `approvals` knows of an order: this interface, and no kind of order. Each kind
 * implements it once; main.ts hands the implementations over.
 *
 *   kind of order ──submit 確定──▶ awaiting ──last approval──▶ approved()   受付済み
 *                                   │ recall 引戻し, send back 差戻し, delete 削除,
 *                                   │ a check that fails エラー, deadline 期限切れ
 *                                   └──▶ returned()      the kind makes it a draft again, or ends it
 *
 * Every function runs in the transaction of the move, with the order's row locked by the kind.
 * Lock order: the order's row first, then the approval's.
 */
import type { AccountKey } from '#kit/account-number.ts'
import type { Content } from '#kit/ctp1/fields.ts'
import type { CompanyId, Id, UserId } from '#kit/ids.ts'
import type { OrderSheet } from '#kit/order-sheet.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Right } from '#kit/rights.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'

export const approvableBusinesses = [
  'transfers', // 振込振替
  'supplier-payments', // 総合振込
  'payroll', // 給与・賞与振込
  'direct-debits', // 口座振替
  'local-tax', // 地方税納入
] as const
export type ApprovableBusiness = (typeof approvableBusinesses)[number]

export type OrderId = Id<'order'>
export type ApprovalId = Id<'approval'>

export interface OrderOf {
  readonly companyId: CompanyId
  readonly orderId: OrderId
}

/** How an order came back to its requester. */
export type ReturnedAs =
  | 'recalled' // 引戻済み
  | 'sent-back' // 差戻済み
  | 'withdrawn' // 承認取消済み
  | 'failed' // エラー: a check failed at the approval
  | 'deleted' // 削除済み, by the approver: view only
  | 'expired' // 有効期限切れ: view only

export interface Approvable {
  readonly business: ApprovableBusiness
  readonly rights: { readonly approve: Right; readonly seeAll: Right }
  /** Locks the order's row. null: it is not there. Called first in every move. */
  lock(tx: Tx, order: OrderOf): Promise<true | null>
  sheet(tx: Tx, order: OrderOf): Promise<OrderSheet>
  /** The order's own screen, e.g. `/transfers/0193…`. */
  pathOf(orderId: OrderId): string
  /** Everything that is approved, as one RFC 8785 text; its SHA-256 is the digest. */
  canonical(tx: Tx, order: OrderOf): Promise<string>
  /** What the approver's device shows: template `approval` (camera-token.md A4, template 03). */
  content(tx: Tx, order: OrderOf): Promise<Content>
  /**
   * The checks that only the kind knows, made again at each approval: window and cut-off, limits,
   * account, payees. A refusal makes the order エラー with this reason.
   */
  recheck(tx: Tx, order: OrderOf, now: Temporal.Instant): Promise<Outcome<void, string> | Refused>
  /** The last approval was given. `signed`: the challenges that were used, for `signing.holds`. */
  approved(
    tx: Tx,
    order: OrderOf,
    how: { readonly at: Temporal.Instant; readonly signed: readonly SignedBy[] },
  ): Promise<void>
  returned(
    tx: Tx,
    order: OrderOf,
    how: {
      readonly as: ReturnedAs
      /** null: the clock. */
      readonly by: UserId | null
      readonly at: Temporal.Instant
      readonly reason: string | null // comment, or the name of the failed check
    },
  ): Promise<void>
  /** 承認取消: whether the bank has not yet begun with it. */
  mayWithdraw(tx: Tx, order: OrderOf, now: Temporal.Instant): Promise<boolean>
  /** After the transaction of the last approval: begin at once what is due. Never throws. */
  kick(order: OrderOf): void
}

export interface Refused {
  readonly granted: false
  readonly reason: string
  readonly facts?: Readonly<Record<string, string>>
}

export interface SignedBy {
  readonly userId: UserId
  readonly challengeId: string
}

/** What an order is, for the policy and for the lists. */
export interface OrderSummary {
  readonly name: string // 取引名
  readonly kind: { readonly ja: string; readonly en: string } // 取引種別
  readonly accountKey: AccountKey // 支払口座
  readonly paymentDay: Temporal.PlainDate // 指定日
  readonly count: number // 件数
  readonly amount: Yen // 合計金額 (支払金額): what bands and approvers' limits are compared with
  readonly newPayees: number // 新規の受取人
}

export interface Submission extends OrderOf {
  readonly business: ApprovableBusiness
  readonly requester: UserId // 依頼者
  readonly summary: OrderSummary
  readonly deadline: Temporal.Instant // 承認期限, computed once and stored
  readonly chosen: readonly UserId[] // 承認者 whom the requester names, in turn
  readonly comment: string // コメント, 120 characters
  readonly canonical: string
}
