/** One record of the operation history, as the other capabilities write it. */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Operation } from '#kit/operations.ts'
import type { Origin } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'

export interface OperationRecord {
  readonly at: Temporal.Instant
  /** null: nobody we know, e.g. a login with an unknown ID. */
  readonly companyId: CompanyId | null
  readonly userId: UserId | null
  readonly operation: Operation
  readonly result: 'done' | 'refused'
  /** Why it was refused (a refusal's name), for the log's voice. */
  readonly reason?: string
  /** Facts by name, e.g. which account and period. Never a secret, never a password. */
  readonly facts?: Readonly<Record<string, string>>
  readonly origin: Origin
}

export interface OperationHistory {
  /** Appends to the company's chain within the caller's transaction. */
  record(tx: Tx, entry: OperationRecord): Promise<void>
  /** The user's latest operations, newest first (トップ: 最近の操作). */
  latest(
    tx: Tx,
    of: { companyId: CompanyId; userId: UserId },
    count: number,
  ): Promise<readonly PastOperation[]>
}

export interface PastOperation {
  readonly at: Temporal.Instant
  readonly operation: Operation
  readonly result: 'done' | 'refused'
  readonly facts: Readonly<Record<string, string>>
}
