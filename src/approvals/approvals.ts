/** 承認 — the door as the kinds of order see it. */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type {
  ApprovableBusiness,
  ApprovalId,
  OrderOf,
  OrderSummary,
  Submission,
} from './approvable.ts'
import type { Explanation } from './contract.ts'

/** In the order in which they are checked. */
export type SubmitRefusal =
  | 'approvers-missing' // fewer were named than the policy asks for
  | 'approvers-too-many'
  | 'approver-named-twice'
  | 'approver-not-eligible' // facts: approver (利用者名), why (a name of EligibilityRefusal)
  | 'no-approver-available' // a group with too few members who may

export type Submitted =
  | { readonly state: 'approved' } // 承認なし: the requester's own signature is enough
  | { readonly state: 'awaiting'; readonly approvalId: ApprovalId }

export type RecallRefusal = 'approval-unknown' | 'not-your-order' | 'state-changed'

export interface Approvals {
  /** 確定: fixes the route and asks the approvers. In the transaction that submits the order. */
  submit(
    tx: Tx,
    submission: Submission,
    came: { readonly now: Temporal.Instant; readonly origin: Origin },
  ): Promise<
    | Outcome<Submitted, SubmitRefusal>
    | {
        readonly granted: false
        readonly reason: SubmitRefusal
        readonly facts: Readonly<Record<string, string>>
      }
  >
  /** Who must approve, in which order, who may not and why: for an order that is being made. */
  explain(tx: Tx, asked: Hypothetical, now: Temporal.Instant): Promise<Explanation>
  /** 引戻し by the requester; calls `returned`. In a transaction of its own. */
  recall(
    visitor: Visitor,
    order: OrderOf,
    came: { readonly now: Temporal.Instant; readonly origin: Origin },
  ): Promise<Outcome<void, RecallRefusal>>
  /** The steps of an order so far and what is missing, oldest round first. */
  stepsOf(tx: Tx, order: OrderOf): Promise<readonly ApprovalRound[]>
  /** 承認方式 of a company's business; the bank's default where none was set. */
  policyOf(tx: Tx, companyId: CompanyId, business: ApprovableBusiness): Promise<ApprovalPolicy>
  /** Sets it. Runs as the bank; the customer's own screen comes with 企業管理. */
  setPolicy(
    tx: Tx,
    of: { readonly companyId: CompanyId; readonly business: ApprovableBusiness },
    policy: ApprovalPolicy,
    now: Temporal.Instant,
  ): Promise<Outcome<void, PolicyRefusal>>
}

export interface Hypothetical {
  readonly companyId: CompanyId
  readonly business: ApprovableBusiness
  readonly requester: UserId
  readonly summary: Pick<OrderSummary, 'amount' | 'newPayees' | 'accountKey' | 'paymentDay'>
  /** For whom the sentences are said: "you". */
  readonly reader: UserId
}

/** One 確定 and what followed. */
export interface ApprovalRound {
  readonly approvalId: ApprovalId
  readonly state: ApprovalState
  readonly submittedAt: Temporal.Instant
  readonly deadline: Temporal.Instant
  readonly moves: readonly {
    readonly move: ApprovalMove
    readonly by: UserId | null // null: the clock
    readonly at: Temporal.Instant
    readonly comment: string
  }[]
  /** Whose approval is missing; empty when it is not awaiting. */
  readonly missing: readonly { readonly need: number; readonly from: readonly UserId[] }[]
}

export const approvalStates = [
  'awaiting', // 承認待ち・一次承認待ち・最終承認待ち, by what is missing
  'approved', // 承認済み
  'recalled', // 引戻済み
  'sent-back', // 差戻済み
  'withdrawn', // 承認取消済み
  'failed', // エラー
  'deleted', // 削除済み
  'expired', // 有効期限切れ
] as const
export type ApprovalState = (typeof approvalStates)[number]

export const approvalMoves = [
  'submit', // 確定
  'approve', // 承認
  'recall', // 引戻し
  'send-back', // 差戻し
  'withdraw', // 承認取消
  'fail', // エラー
  'delete', // 削除
  'expire', // 有効期限切れ
] as const
export type ApprovalMove = (typeof approvalMoves)[number]

/** 承認方式 (internet-banking.md §6.1), with bands and groups. */
export interface ApprovalPolicy {
  /** 別ユーザ承認必須 */
  readonly otherUser: boolean
  /** Requester and approvers sign on different tokens, and so do the approvers among themselves. */
  readonly otherToken: boolean
  /** Named groups of the company's users, for steps that any N of M may give. */
  readonly groups: readonly { readonly name: string; readonly members: readonly UserId[] }[]
  /**
   * Tried from the first; the first that fits decides. The last one fits everything:
   * `{ amountFrom: 0n, newPayee: null }`.
   */
  readonly bands: readonly Band[]
}

export interface Band {
  readonly amountFrom: bigint // whole yen, inclusive
  readonly newPayee: boolean | null // null: whichever
  readonly turn: 'in-turn' | 'any-order' // 順序あり・順序なし
  /** None: 承認なし. One named: シングル. Two named: ダブル. */
  readonly steps: readonly BandStep[]
}
export type BandStep =
  | { readonly of: 'named' } // 依頼者 names the approver
  | { readonly of: 'group'; readonly group: string; readonly need: number }

/** In the order in which they are checked. */
export type PolicyRefusal =
  | 'bands-missing'
  | 'last-band-does-not-fit-all'
  | 'group-unknown'
  | 'group-too-small'
  | 'member-unknown'
  | 'approval-required' // 承認なし where the business always needs an approval
