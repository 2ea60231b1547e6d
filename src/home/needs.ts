/** トップ — what the top page needs of the others' doors. */
import type { CompanyAccount } from '#administration/index.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Notices } from '#notices/index.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { Balances } from '#outside/core-banking/port.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import type { ReportFault } from './blocks.ts'
import type { UnapprovedOrders } from './unapproved.ts'

export interface HomeNeeds {
  readonly database: Pick<Database, 'asCompany'>
  readonly operationHistory: Pick<OperationHistory, 'latest'>
  readonly notices: Pick<Notices, 'unreadFor'>
  /** `identity` */
  readonly logins: {
    lastLogins(
      tx: Tx,
      user: { readonly companyId: CompanyId; readonly userId: UserId },
      count: number,
    ): Promise<readonly Temporal.Instant[]>
  }
  /** One per kind of order; none while there are no orders at this counter. */
  readonly unapprovedOrders: readonly UnapprovedOrders[]
  /** `balance-inquiry` */
  readonly balances: {
    balancesFor(
      visitor: Visitor,
    ): Promise<readonly { readonly account: CompanyAccount; readonly balances: Balances | null }[]>
  }
  /** `certificates`; left out where this bank issues none. */
  readonly certificates?: {
    ownCertificate(
      tx: Tx,
      user: { readonly companyId: CompanyId; readonly userId: UserId },
      now: Temporal.Instant,
    ): Promise<OwnCertificate | null>
  }
  readonly reportFault: ReportFault
  /** How long the page waits for the core system; 5,000 when left out. */
  readonly balancesWithinMilliseconds?: number
}

/** 電子証明書有効期限 */
export interface OwnCertificate {
  readonly validUntil: Temporal.Instant
  readonly renewable: boolean
  readonly daysLeft: number
}
