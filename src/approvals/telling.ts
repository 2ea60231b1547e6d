/** 承認のお知らせ — what the mails and the operation history are told of a move. */
import type { Operation } from '#kit/operations.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { StoredApproval } from './approvals-store.ts'
import type { ApprovalsNeeds, Came, Told } from './needs.ts'
import { progress } from './route.ts'

/** Whose approval is missing, step by step; in turn: the first open step only. */
export function missingOf({
  standing,
}: Pick<StoredApproval, 'standing'>): readonly { need: number; from: readonly UserId[] }[] {
  if (standing.state !== 'awaiting') return []
  const approved = standing.marks.map(({ userId }) => userId)
  return progress(standing.route, approved)
    .filter(({ need, done }) => done.length < need)
    .map(({ need, done, candidates }) => ({
      need: need - done.length,
      from: candidates.filter((user) => !approved.includes(user)),
    }))
}

/** Those who are asked now. */
export function askedNow(approval: Pick<StoredApproval, 'standing'>): readonly UserId[] {
  const missing = missingOf(approval)
  const { turn } = approval.standing.route
  const steps = turn === 'in-turn' ? missing.slice(0, 1) : missing
  return [...new Set(steps.flatMap(({ from }) => from))]
}

export function toldOf(
  approval: StoredApproval,
  { by, at, comment }: { by: UserId | null; at: Temporal.Instant; comment: string },
): Told {
  const { companyId, id, orderId, business, summary, requester, deadline } = approval
  const { name, paymentDay } = summary
  const order = { companyId, approvalId: id, orderId, business, name, paymentDay }
  return { ...order, requester, by, approvers: askedNow(approval), deadline, at, comment }
}

type Noted = Extract<Operation, 'approval' | `approval-${string}`>

export async function note(
  { history }: Pick<ApprovalsNeeds, 'history'>,
  tx: Tx,
  { now: at, origin }: Came,
  about: {
    readonly companyId: CompanyId
    readonly userId: UserId | null
    readonly operation: Noted
    readonly refusal?: string
    readonly facts?: Readonly<Record<string, string>>
  },
): Promise<void> {
  const { refusal, facts = {}, ...who } = about
  const common = { at, origin, facts, ...who }
  await history.record(
    tx,
    refusal === undefined
      ? { ...common, result: 'done' }
      : { ...common, result: 'refused', reason: refusal },
  )
}

/** In a transaction of its own: what was refused has changed nothing. */
export function noteRefusal(
  needs: Pick<ApprovalsNeeds, 'history' | 'database'>,
  came: Came,
  about: Parameters<typeof note>[3] & { readonly refusal: string },
): Promise<void> {
  return needs.database.asCompany(about.companyId, (tx) => note(needs, tx, came, about))
}
