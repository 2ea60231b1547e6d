/** 操作履歴 — what is written about orders, done and refused. Never an amount's secret, never a code. */
import type { Operation } from '#kit/operations.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Came } from './drafting.ts'
import type { TransfersNeeds } from './needs.ts'

export interface Recorded {
  readonly visitor: Pick<Visitor, 'companyId' | 'userId'>
  readonly came: Came
  readonly operation: Extract<Operation, `transfer-${string}` | 'transfers-inquiry'>
  /** A refusal's name; absent: done. */
  readonly refusal?: string
  readonly facts?: Readonly<Record<string, string>>
}

export function record(
  { history }: Pick<TransfersNeeds, 'history'>,
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
  needs: Pick<TransfersNeeds, 'history' | 'database'>,
  recorded: Recorded & { readonly refusal: string },
): Promise<void> {
  return needs.database.asCompany(recorded.visitor.companyId, (tx) => record(needs, tx, recorded))
}
