/** 振込振替 — the facts that people are told of an order. */
import type { Tx } from '#platform/database/database.ts'
import type { TransfersNeeds } from './needs.ts'
import type { Transfer } from './transfer.ts'

export async function tellAccepted(
  { tell }: Pick<TransfersNeeds, 'tell'>,
  tx: Tx,
  transfer: Transfer,
  at: Temporal.Instant,
): Promise<void> {
  await tell.tell(tx, 'accepted', { ...toldOf(transfer, at), approvers: [], why: null })
}

export function toldOf(transfer: Transfer, at: Temporal.Instant) {
  const { companyId, requester, id: transferId, name, paymentDay, ordered } = transfer
  const receiptNumber = ordered?.receiptNumber ?? ''
  return { companyId, requester, transferId, name, paymentDay, receiptNumber, at }
}
