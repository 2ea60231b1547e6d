/** 承認期限 — what the clock does: reminds once before the deadline, and ends what was left over. */
import { approvalById, awaitingDue, markReminded } from './approvals-store.ts'
import { bankOrigin } from './bank-origin.ts'
import { locked } from './locking.ts'
import { end } from './moves.ts'
import type { ApprovalsDesk } from './needs.ts'
import { toldOf } from './telling.ts'

/**
 * 有効期限切れ: `leftoverDays` after the deadline. Until then an order past its deadline shows
 * 期限切れ: nobody can approve it, and its requester can take it back (internet-banking.md §6.3).
 * @returns how many ended
 */
export async function expireOverdue(needs: ApprovalsDesk, now: Temporal.Instant): Promise<number> {
  const before = now.subtract({ hours: 24 * needs.parameters.leftoverDays })
  const due = await needs.database.asBank((tx) => awaitingDue(tx, { before, notReminded: false }))
  let count = 0
  for (const one of due) {
    count += await needs.database.asCompany(one.companyId, async (tx) => {
      const held = await locked(needs, tx, one)
      if (held?.approval.standing.state !== 'awaiting') return 0
      const came = { now, origin: bankOrigin() }
      await end(needs, tx, { held, made: { move: 'expire', at: now }, came })
      return 1
    })
  }
  return count
}

/** Once for each 確定, in the last `remindHours` before its deadline. @returns how many */
export async function remind(needs: ApprovalsDesk, now: Temporal.Instant): Promise<number> {
  const before = now.add({ hours: needs.parameters.remindHours })
  const due = await needs.database.asBank((tx) => awaitingDue(tx, { before, notReminded: true }))
  let count = 0
  for (const one of due) {
    count += await needs.database.asCompany(one.companyId, async (tx) => {
      if (!(await markReminded(tx, one, now))) return 0
      const approval = await approvalById(tx, one)
      if (approval === null) return 0
      // Too late for it: the clock stood still over the deadline.
      if (Temporal.Instant.compare(now, approval.deadline) >= 0) return 0
      await needs.tell.reminder(tx, toldOf(approval, { by: null, at: now, comment: '' }))
      return 1
    })
  }
  return count
}
