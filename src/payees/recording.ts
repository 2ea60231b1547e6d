/** 操作履歴 — what is written about payees, done and refused. */
import type { Operation } from '#kit/operations.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { PayeesDesk } from './needs.ts'

export interface Came {
  readonly now: Temporal.Instant
  readonly origin: Origin
}

export interface Recorded {
  readonly visitor: Pick<Visitor, 'companyId' | 'userId'>
  readonly came: Came
  readonly operation: Extract<Operation, `payee-${string}` | `payees-${string}`>
  /** A refusal's name; absent: done. */
  readonly refusal?: string
  readonly facts?: Readonly<Record<string, string>>
}

export function record(
  { history }: Pick<PayeesDesk, 'history'>,
  tx: Tx,
  { visitor: { companyId, userId }, came, operation, refusal, facts = {} }: Recorded,
): Promise<void> {
  const common = { at: came.now, origin: came.origin, companyId, userId, operation, facts }
  return history.record(
    tx,
    refusal === undefined
      ? { ...common, result: 'done' }
      : { ...common, result: 'refused', reason: refusal },
  )
}

/** In a transaction of its own: what was refused has changed nothing else. */
export function recordRefusal(
  needs: Pick<PayeesDesk, 'history' | 'database'>,
  recorded: Recorded & { readonly refusal: string },
): Promise<void> {
  return needs.database.asCompany(recorded.visitor.companyId, (tx) => record(needs, tx, recorded))
}
