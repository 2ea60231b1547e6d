/** トランザクション認証 of the requester, where nobody else approves the order. */
import type { Challenge, ChallengeRefusal } from '#kit/challenge.ts'
import { refused } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import { planUnderLock } from './confirming.ts'
import { contentOf } from './device-content.ts'
import type { OwnRefusal } from './drafting.ts'
import type { TransfersNeeds } from './needs.ts'
import { airOf } from './confirming.ts'
import type { TransferId } from './transfer.ts'

export const signingPurpose = 'transfer-submission'

/** The 2D code for an order that nobody else approves. */
export async function beginSubmission(
  needs: TransfersNeeds,
  visitor: Visitor,
  {
    id,
    digest,
    now,
  }: { readonly id: TransferId; readonly digest: string; readonly now: Temporal.Instant },
): Promise<
  | { readonly granted: true; readonly value: Challenge }
  | { readonly granted: false; readonly reason: OwnRefusal | ChallengeRefusal | 'digest-differs' }
> {
  const { companyId, userId } = visitor
  const air = await airOf(needs, visitor, id, now)
  if (!air.granted) return air
  return needs.database.asCompany(companyId, async (tx) => {
    const planned = await planUnderLock(needs, tx, { visitor, id, air: air.value })
    if (!planned.granted) {
      const { reason } = planned
      // What was shown could be ordered; whatever it is now, it is no longer that.
      return refused(
        reason === 'draft-refused' || reason === 'request-right-missing'
          ? 'digest-differs'
          : reason,
      )
    }
    const plan = planned.value
    if (plan.digest !== digest) return refused('digest-differs')
    const shown = {
      transfer: plan.transfer,
      newPayees: plan.items.filter(({ isNew }) => isNew).length,
      fee: plan.totals.bankFee,
      digest: plan.digest,
    }
    const content = await contentOf(needs.directory, tx, shown, 'transfer')
    const signer = { companyId, userId }
    const asked = { signer, purpose: signingPurpose, subjectId: id, content }
    return needs.signing.issue(tx, { ...asked, canonical: plan.canonical }, now)
  })
}
