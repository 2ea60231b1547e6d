/** 承認の排他 — order first, then approval: whoever comes second finds the state changed. */
import { isId, type CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Approvable } from './approvable.ts'
import { approvalById, type StoredApproval } from './approvals-store.ts'
import { approvableFor, type ApprovalsNeeds } from './needs.ts'

export interface Found {
  readonly kind: Approvable
  readonly approval: StoredApproval
}

/** null: no such approval of this company. */
export async function found(
  needs: Pick<ApprovalsNeeds, 'approvables'>,
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly id: string },
): Promise<Found | null> {
  if (!isId(of.id)) return null
  const approval = await approvalById(tx, of)
  return approval === null ? null : { kind: approvableFor(needs, approval.business), approval }
}

/** The same with both rows locked until the transaction ends. */
export async function locked(
  needs: Pick<ApprovalsNeeds, 'approvables'>,
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly id: string },
): Promise<Found | null> {
  const seen = await found(needs, tx, of)
  if (seen === null) return null
  if ((await seen.kind.lock(tx, seen.approval)) === null) return null
  const approval = await approvalById(tx, of, { lock: true })
  return approval === null ? null : { ...seen, approval }
}

/** Undoes the transaction of a move that the rules refuse under the lock. */
export class MoveLost extends Error {
  override readonly name = 'MoveLost'
  readonly reason: 'approval-unknown' | 'state-changed' | 'not-eligible' | 'deadline-passed'
  readonly facts: Readonly<Record<string, string>>

  constructor(reason: MoveLost['reason'], facts: MoveLost['facts'] = {}) {
    super(reason)
    this.reason = reason
    this.facts = facts
  }
}
