/** 振込振替 — the door of `transfers`. */
import type { Approvable } from '#approvals/index.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Routes } from '#platform/http/routes.ts'
import { createApprovable } from './approvable.ts'
import { limitAsked } from './confirming.ts'
import { deliver, takeAnswers } from './deliveries.ts'
import { carryOut } from './execution.ts'
import { dueTransfers } from './execution-store.ts'
import { draftsBlock, type DraftsBlock } from './drafts-block.ts'
import { forgetAnswers } from './names-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { expireDrafts } from './stale.ts'
import { transferRoutes } from './routes.ts'
import * as store from './transfers-store.ts'
import type { TransferId } from './transfer.ts'

export type { TransfersNeeds, BankAccounts } from './needs.ts'
export type { TransferParameters } from './parameters.ts'
export type { TransferNews, TransferTeller, TransferTold } from './teller.ts'

export interface Transfers {
  readonly routes: Routes
  /** For `approvals`. */
  readonly approvable: Approvable
  /** Carries out what is due, empties the outbox and takes answers. By the clock, by any worker. */
  carryOutDue(): Promise<void>
  /** 有効期限切れ of drafts that nobody has touched for long. */
  expireDrafts(): Promise<void>
  /** The limits that an order counts against (限度額表示). */
  limitsOf(
    tx: Tx,
    order: { readonly companyId: Visitor['companyId']; readonly orderId: TransferId },
  ): Promise<{
    readonly day: Temporal.PlainDate
    readonly lines: Awaited<ReturnType<TransfersNeeds['limits']['lines']>>
  } | null>
  /** 作成中, for the top page. */
  unapproved(visitor: Visitor, now: Temporal.Instant, count: number): Promise<DraftsBlock>
  /** Forgets what other banks said long ago. Runs as the bank. */
  purge(tx: Tx, now: Temporal.Instant): Promise<void>
  /** Waits for what was begun at once. */
  settled(): Promise<void>
}

const dueAtOnce = 200

export function createTransfers(needs: TransfersNeeds): Transfers {
  const begun = new Set<Promise<void>>()
  /** 当日扱い begins at once; whatever is left undone is found by the clock. */
  const kick = (id: TransferId) => {
    const work = carryOutNow(needs, id).catch((fault: unknown) => {
      needs.log('an order could not be carried out at once and is tried again', { id, err: fault })
    })
    begun.add(work)
    void work.finally(() => begun.delete(work))
  }
  return {
    routes: transferRoutes(needs, kick),
    approvable: createApprovable(needs, ({ orderId }) => kick(orderId)),
    carryOutDue: () => carryOutDue(needs),
    expireDrafts: () => expireDrafts(needs),
    limitsOf: async (tx, { companyId, orderId: id }) => {
      const transfer = await store.transferById(tx, { companyId, id })
      if (transfer === null) return null
      return { day: transfer.paymentDay, lines: await needs.limits.lines(tx, limitAsked(transfer)) }
    },
    unapproved: (visitor, _now, count) => draftsBlock(needs, visitor, count),
    purge: forgetAnswers,
    settled: async () => void (await Promise.all(begun)),
  }
}

async function carryOutNow(needs: TransfersNeeds, id: TransferId): Promise<void> {
  await carryOut(needs, id)
  await deliver(needs, id)
  // Who waits at the screen need not wait for the clock's next minute.
  for (const pause of needs.parameters.followUpMilliseconds) {
    const transfer = await needs.database.asBank((tx) => store.transferAsBank(tx, id))
    if (transfer?.state !== 'sent') return
    await new Promise<void>((then) => void setTimeout(then, pause).unref())
    await takeAnswers(needs)
  }
}

/** One order that cannot be carried out holds up no other. */
async function carryOutDue(needs: TransfersNeeds): Promise<void> {
  const now = needs.clock.now()
  const due = await needs.database.asBank((tx) => dueTransfers(tx, now, dueAtOnce))
  for (const { id } of due) {
    await carryOut(needs, id).catch((err: unknown) => {
      needs.log('an order could not be carried out and is tried again', { id, err })
    })
  }
  await deliver(needs)
  await takeAnswers(needs)
}
