/** 結果 — what 実行 and 確定 answer; the same for every repeat of the call. */
import type { Visitor } from '#kit/visitor.ts'
import type { Out } from '#kit/endpoint.ts'
import type { Tx } from '#platform/database/database.ts'
import type { contract } from './contract.ts'
import { lineOf, namesFor, sheetFor } from './following.ts'
import type { TransfersNeeds } from './needs.ts'
import type { Transfer } from './transfer.ts'

export async function doneOf(
  needs: TransfersNeeds,
  tx: Tx,
  { transfer, visitor, now }: { transfer: Transfer; visitor: Visitor; now: Temporal.Instant },
): Promise<Out<(typeof contract)['submitTransfer']>> {
  const names = await namesFor(needs, tx, visitor)
  const { stateSays, waitsFor } = await lineOf(needs, tx, { transfer, visitor, names, now })
  const { id, state, ordered } = transfer
  return {
    ...{ id, state, stateSays, waitsFor, receiptNumber: ordered!.receiptNumber },
    at: ordered!.submittedAt.toString(),
    sheet: await sheetFor(transfer, names),
  }
}
