/** What `approvals` is given by the composition root. */
import type { Administration } from '#administration/index.ts'
import type { Identity } from '#identity/index.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Origin } from '#kit/visitor.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import type { Signing } from '#token/index.ts'
import type { Approvable, ApprovableBusiness, ApprovalId, OrderId, OrderOf } from './approvable.ts'

export interface ApprovalsNeeds {
  readonly database: Database
  readonly administration: Pick<
    Administration,
    'usersOf' | 'userById' | 'accountsFor' | 'userLimits'
  >
  readonly history: Pick<OperationHistory, 'record'>
  readonly signing: Pick<Signing, 'issue' | 'redeem' | 'deviceOf'>
  readonly identity: Pick<Identity, 'confirmationPassword'>
  /** Asked at each call: the kinds of order are made after `approvals`. */
  readonly approvables: () => readonly Approvable[]
  readonly limitsOf: LimitsOf
  readonly tell: Teller
  /** What differs from `defaultApprovalParameters`. */
  readonly parameters?: Partial<ApprovalParameters>
}

/** With the defaults filled in. */
export type ApprovalsDesk = Omit<ApprovalsNeeds, 'parameters'> & {
  readonly parameters: ApprovalParameters
}

export interface ApprovalParameters {
  readonly remindHours: number // the reminder, and 期限間近, so long before the deadline
  readonly leftoverDays: number // 有効期限切れ, so long after the deadline (§6.3: 70)
}
export const defaultApprovalParameters: ApprovalParameters = { remindHours: 24, leftoverDays: 70 }

/** 限度額表示: what an order counts against. */
export interface LimitsOf {
  limitsFor(
    tx: Tx,
    order: OrderOf & { readonly business: ApprovableBusiness },
  ): Promise<{
    readonly day: Temporal.PlainDate
    readonly lines: readonly {
      readonly level: 'user' | 'account' | 'company' | 'contract'
      readonly limited: string
      readonly limit: bigint // whole yen
      readonly used: bigint // this order included
    }[]
  }>
}

/** What a mail may say: no amounts, no payees. */
export interface Told {
  readonly companyId: CompanyId
  readonly approvalId: ApprovalId
  readonly orderId: OrderId
  readonly business: ApprovableBusiness
  readonly name: string // 取引名
  readonly paymentDay: Temporal.PlainDate // 指定日
  readonly requester: UserId
  readonly by: UserId | null // null: the clock
  /** Whose approval is asked for now, or was when it ended. */
  readonly approvers: readonly UserId[]
  readonly deadline: Temporal.Instant
  readonly at: Temporal.Instant
  readonly comment: string
}

/** Each queues its mails in the transaction of the move. */
export interface Teller {
  submitted(tx: Tx, told: Told): Promise<void>
  /** An approval that was not the last. */
  firstApproved(tx: Tx, told: Told): Promise<void>
  approved(tx: Tx, told: Told): Promise<void>
  sentBack(tx: Tx, told: Told): Promise<void>
  recalled(tx: Tx, told: Told): Promise<void>
  deleted(tx: Tx, told: Told): Promise<void>
  withdrawn(tx: Tx, told: Told): Promise<void>
  failed(tx: Tx, told: Told): Promise<void>
  expired(tx: Tx, told: Told): Promise<void>
  reminder(tx: Tx, told: Told): Promise<void>
}

export interface Came {
  readonly now: Temporal.Instant
  readonly origin: Origin
}

export function approvableFor(
  { approvables }: Pick<ApprovalsNeeds, 'approvables'>,
  business: ApprovableBusiness,
): Approvable {
  const found = approvables().find((one) => one.business === business)
  if (found === undefined) throw new Error(`no kind of order is ${business}`)
  return found
}
