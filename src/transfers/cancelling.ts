/** 予約取消 and 引戻し: by the requester, before money moves. */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Came, OwnRefusal } from './drafting.ts'
import { mayCancel } from './following.ts'
import type { TransfersNeeds } from './needs.ts'
import { record, recordRefusal } from './recording.ts'
import { toldOf } from './telling.ts'
import * as store from './transfers-store.ts'
import type { TransferId } from './transfer.ts'

interface Asked {
  readonly id: TransferId
  readonly came: Came
}

type CancelRefusal = OwnRefusal | 'day-has-begun'

export async function cancelTransfer(
  needs: TransfersNeeds,
  visitor: Visitor,
  { id, came }: Asked,
  once: (tx: Tx) => Promise<void>,
): Promise<Outcome<void, CancelRefusal>> {
  const { companyId, userId } = visitor
  const outcome = await needs.database.asCompany(companyId, async (tx) => {
    const transfer = await store.transferById(tx, { companyId, id }, { lock: true })
    if (transfer === null) return refused('transfer-unknown')
    if (transfer.requester !== userId) return refused('not-your-order')
    if (transfer.state !== 'accepted' || transfer.ordered?.handling !== 'booked') {
      return refused('state-changed')
    }
    if (!mayCancel(transfer, came.now)) return refused('day-has-begun')
    await store.end(tx, { companyId, id, from: 'accepted', to: 'cancelled' }, { at: came.now })
    await needs.limits.release(tx, { companyId, orderId: id })
    await store.addStep(tx, { companyId, id }, { step: 'cancelled', by: userId }, came.now)
    const told = { ...toldOf(transfer, came.now), approvers: [], why: null }
    await needs.tell.tell(tx, 'cancelled', told)
    const { receiptNumber } = transfer.ordered
    const facts = { receiptNumber }
    await record(needs, tx, { visitor, came, operation: 'transfer-cancelled', facts })
    await once(tx)
    return granted(undefined)
  })
  if (!outcome.granted) {
    const { reason: refusal } = outcome
    await recordRefusal(needs, { visitor, came, operation: 'transfer-cancelled', refusal })
  }
  return outcome
}

/** 引戻し: `approvals` moves it and gives it back to us. */
export async function recallTransfer(
  needs: TransfersNeeds,
  visitor: Visitor,
  { id, came }: Asked,
): Promise<Outcome<void, OwnRefusal>> {
  const { companyId } = visitor
  const outcome = await needs.approvals.recall(visitor, { companyId, orderId: id }, came)
  if (outcome.granted) return outcome
  return refused(outcome.reason === 'approval-unknown' ? 'transfer-unknown' : outcome.reason)
}
