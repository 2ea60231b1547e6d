/**
 * 承認実行 — eligible, deadline, digest, 確認用パスワード, code; and under the locks all of it again.
 *
 * A check of the kind that fails makes the order エラー, and the transaction keeps that: the code is
 * then used up. Every other refusal undoes the transaction; the order stays as it was.
 */
import type { Challenge, ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import type { ConfirmationRefusal } from '#identity/index.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { insertMark, insertMove, saveStanding, type StoredApproval } from './approvals-store.ts'
import { locked, found, MoveLost, type Found } from './locking.ts'
import { move, type Standing } from './machine.ts'
import type { ApprovalsDesk, Came } from './needs.ts'
import { mayApprove } from './people.ts'
import { digestOf } from './submit.ts'
import { note, noteRefusal, toldOf } from './telling.ts'

/** The purpose of the code; its subject is the approval's id. */
export const signingPurpose = 'approval'

/** In the order in which they are checked. */
export type ApproveRefusal =
  | 'approval-unknown'
  | 'state-changed'
  | 'not-eligible' // facts: why
  | 'deadline-passed'
  | 'digest-differs'
  | ConfirmationRefusal
  | CodeRefusal

export interface Refusal<Reason extends string> {
  readonly refuse: Reason
  readonly facts: Readonly<Record<string, string>>
}

export interface ApproveForm {
  readonly id: string
  readonly digest: string
  readonly comment: string
  readonly confirmationPassword: string
  readonly challengeId: string
  readonly transactionCode: string
}

/** Within the transaction of the move, after everything else. */
export type Settle = (tx: Tx, approval: StoredApproval) => Promise<void>

/** The 2D code. The deadline is told at the approval, and so is a wrong digest here. */
export async function beginApproval(
  needs: ApprovalsDesk,
  visitor: Visitor,
  { id, digest }: { readonly id: string; readonly digest: string },
  { now }: Came,
): Promise<
  | { readonly challenge: Challenge }
  | Refusal<
      'approval-unknown' | 'state-changed' | 'not-eligible' | 'digest-differs' | ChallengeRefusal
    >
> {
  const { companyId } = visitor
  return needs.database.asCompany(companyId, async (tx) => {
    const seen = await found(needs, tx, { companyId, id })
    if (seen === null) return no('approval-unknown')
    const { approval, kind } = seen
    if (approval.standing.state !== 'awaiting') return no('state-changed')
    const why = await mayApprove(needs, tx, visitor.userId, seen)
    if (why !== null) return no('not-eligible', { why })
    const canonical = await kind.canonical(tx, approval)
    if (!isSame(approval, { digest, canonical })) return no('digest-differs')
    const content = await kind.content(tx, approval)
    const subject = { purpose: signingPurpose, subjectId: approval.id, signer: visitor }
    const issued = await needs.signing.issue(tx, { ...subject, content, canonical }, now)
    return issued.granted ? { challenge: issued.value } : no(issued.reason)
  })
}

export async function approve(
  needs: ApprovalsDesk,
  visitor: Visitor,
  form: ApproveForm,
  came: Came & { readonly settle?: Settle },
): Promise<{ readonly approval: StoredApproval } | Refusal<ApproveRefusal>> {
  const outcome = await attempt(needs, visitor, form, came)
  if ('refuse' in outcome) {
    const { companyId, userId } = visitor
    const facts = { approval: form.id.slice(0, 36), ...outcome.facts }
    const said = { companyId, userId, operation: 'approval', refusal: outcome.refuse } as const
    await noteRefusal(needs, came, { ...said, facts })
    return outcome
  }
  const { approval, kind } = outcome
  if (approval.standing.state === 'approved') kind.kick(approval)
  return { approval }
}

async function attempt(
  needs: ApprovalsDesk,
  visitor: Visitor,
  form: ApproveForm,
  came: Came & { readonly settle?: Settle },
): Promise<Found | Refusal<ApproveRefusal>> {
  const { companyId } = visitor
  const { id } = form
  const first = await needs.database.asCompany(companyId, async (tx) => {
    const seen = await found(needs, tx, { companyId, id })
    if (seen === null) return no('approval-unknown')
    const lost = await lostBy(needs, tx, { seen, visitor, now: came.now })
    if (lost !== null) return no(lost.reason, lost.facts)
    const canonical = await seen.kind.canonical(tx, seen.approval)
    return isSame(seen.approval, { digest: form.digest, canonical }) ? null : no('digest-differs')
  })
  if (first !== null) return first

  const secret = form.confirmationPassword
  const confirmed = await needs.identity.confirmationPassword.check(visitor, secret, came)
  if (!confirmed.granted) return { refuse: confirmed.reason, facts: confirmed.facts }
  try {
    const redeemed = await redeem(needs, visitor, form, came)
    return redeemed.granted ? redeemed.value : no(redeemed.reason, redeemed.facts)
  } catch (fault) {
    if (fault instanceof MoveLost) return no(fault.reason, fault.facts)
    throw fault
  }
}

function redeem(
  needs: ApprovalsDesk,
  visitor: Visitor,
  form: ApproveForm,
  came: Came & { readonly settle?: Settle },
) {
  const { companyId } = visitor
  const { id, challengeId, transactionCode: code } = form
  let held: Found | null = null
  const subject = { purpose: signingPurpose, subjectId: id, signer: visitor }
  return needs.signing.redeem({ ...subject, challengeId, code }, came, {
    canonical: async (tx) => {
      held = await locked(needs, tx, { companyId, id })
      if (held === null) throw new MoveLost('approval-unknown')
      const lost = await lostBy(needs, tx, { seen: held, visitor, now: came.now })
      if (lost !== null) throw lost
      const canonical = await held.kind.canonical(tx, held.approval)
      return isSame(held.approval, { digest: form.digest, canonical }) ? canonical : null
    },
    change: async (tx, signed) => {
      if (held === null) throw new Error('a code was redeemed before the locks were taken')
      return carryOut(needs, tx, { held, visitor, form, came, ...signed })
    },
  })
}

async function lostBy(
  needs: ApprovalsDesk,
  tx: Tx,
  { seen, visitor, now }: { seen: Found; visitor: Visitor; now: Temporal.Instant },
): Promise<MoveLost | null> {
  const { standing, deadline } = seen.approval
  if (standing.state !== 'awaiting') return new MoveLost('state-changed')
  const why = await mayApprove(needs, tx, visitor.userId, seen)
  if (why !== null) return new MoveLost('not-eligible', { why })
  if (Temporal.Instant.compare(now, deadline) >= 0) return new MoveLost('deadline-passed')
  return null
}

async function carryOut(
  needs: ApprovalsDesk,
  tx: Tx,
  about: {
    readonly held: Found
    readonly visitor: Visitor
    readonly form: ApproveForm
    readonly came: Came & { readonly settle?: Settle }
    readonly challengeId: string
  },
): Promise<Found> {
  const { held, visitor, form, came, challengeId } = about
  const { kind, approval } = held
  const { now: at } = came
  const { companyId, userId: by } = visitor
  const facts = { approval: approval.id, order: approval.orderId }
  const checked = await kind.recheck(tx, approval, at)
  let after: StoredApproval
  if (checked.granted) {
    const tokenSerial = await needs.signing.deviceOf(tx, visitor)
    if (tokenSerial === null) throw new Error(`${by} signed without a token`)
    const mark = { userId: by, at, challengeId, tokenSerial }
    after = withStanding(approval, move(approval.standing, { move: 'approve', mark }))
    await insertMark(tx, approval, mark)
    await insertMove(tx, approval, { move: 'approve', by, at, comment: form.comment })
    await saveStanding(tx, approval, after.standing)
    const told = toldOf(after, { by, at, comment: form.comment })
    if (after.standing.state === 'approved') {
      const signed = after.standing.marks.map((one) => ({
        userId: one.userId,
        challengeId: one.challengeId,
      }))
      await kind.approved(tx, approval, { at, signed })
      await needs.tell.approved(tx, told)
    } else {
      await needs.tell.firstApproved(tx, told)
    }
  } else {
    const { reason } = checked
    const why = ('facts' in checked ? checked.facts : undefined) ?? {}
    const made = { move: 'fail', by, at, reason, facts: why } as const
    after = withStanding(approval, move(approval.standing, made))
    await insertMove(tx, approval, { move: 'fail', by, at, comment: reason })
    await saveStanding(tx, approval, after.standing)
    await kind.returned(tx, approval, { as: 'failed', by, at, reason })
    await needs.tell.failed(tx, toldOf(after, { by, at, comment: reason }))
  }
  await came.settle?.(tx, after)
  const failed = after.standing.state === 'failed'
  const operation = failed ? 'approval-failure' : 'approval'
  const reason = checked.granted ? {} : { reason: checked.reason }
  await note(needs, tx, came, { companyId, userId: by, operation, facts: { ...facts, ...reason } })
  return { kind, approval: after }
}

function withStanding(
  approval: StoredApproval,
  moved: ReturnType<typeof move>,
): StoredApproval & { readonly standing: Standing } {
  if (!moved.granted) throw new MoveLost(moved.reason)
  return { ...approval, standing: moved.value }
}

/** What was shown, what was submitted and what is stored now are one and the same. */
function isSame(
  approval: StoredApproval,
  { digest, canonical }: { readonly digest: string; readonly canonical: string },
): boolean {
  return digest === approval.digest && digestOf(canonical) === approval.digest
}

function no<const Reason extends string>(
  refuse: Reason,
  facts: Readonly<Record<string, string>> = {},
): Refusal<Reason> {
  return { refuse, facts }
}
