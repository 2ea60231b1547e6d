/** 確定 — fixes the route and asks the approvers, in the transaction that submits the order. */
import { createHash } from 'node:crypto'
import { newId } from '#kit/ids.ts'
import { granted } from '#kit/outcome.ts'
import type { Tx } from '#platform/database/database.ts'
import type { ApprovableBusiness, ApprovalId, Submission } from './approvable.ts'
import type { ApprovalPolicy, Approvals } from './approvals.ts'
import { approvalById, insertApproval, insertMove } from './approvals-store.ts'
import { approvableFor, type ApprovalsDesk, type Came } from './needs.ts'
import { mayBeNamed, type AskedOf } from './people.ts'
import { storedPolicy } from './policies-store.ts'
import { bandFor, defaultPolicy, routeOf } from './policy.ts'
import { canBeDone, progress, type Route } from './route.ts'
import { toldOf } from './telling.ts'

export function digestOf(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex')
}

export async function policyOf(
  tx: Tx,
  of: { readonly companyId: Submission['companyId']; readonly business: ApprovableBusiness },
): Promise<ApprovalPolicy> {
  return (await storedPolicy(tx, of)) ?? defaultPolicy
}

export async function submit(
  needs: ApprovalsDesk,
  tx: Tx,
  submission: Submission,
  { now }: Came,
): ReturnType<Approvals['submit']> {
  const { companyId, requester, summary, chosen } = submission
  const policy = await policyOf(tx, submission)
  const routed = routeOf(policy, bandFor(policy, summary), { requester, chosen })
  if (!routed.granted) return routed
  const route = routed.value
  const requesterToken = await needs.signing.deviceOf(tx, { companyId, userId: requester })
  const refused = await whoIsMissing(needs, tx, { submission, route, requesterToken })
  if (refused !== null) return { granted: false, ...refused }
  if (route.steps.length === 0) return granted({ state: 'approved' })

  const id: ApprovalId = newId<'approval'>(now.epochMilliseconds)
  const { orderId, business, deadline, comment } = submission
  const made = { id, companyId, orderId, business, requester, requesterToken, summary, comment }
  const digest = digestOf(submission.canonical)
  await insertApproval(tx, { ...made, digest, submittedAt: now, deadline, route })
  await insertMove(tx, made, { move: 'submit', by: requester, at: now, comment })
  const approval = await approvalById(tx, made)
  if (approval === null) throw new Error(`approval ${id} was inserted and cannot be read`)
  await needs.tell.submitted(tx, toldOf(approval, { by: requester, at: now, comment }))
  return granted({ state: 'awaiting', approvalId: id })
}

async function whoIsMissing(
  needs: ApprovalsDesk,
  tx: Tx,
  about: {
    readonly submission: Submission
    readonly route: Route
    readonly requesterToken: string | null
  },
) {
  const { submission, route, requesterToken } = about
  const { companyId, business, requester, chosen, summary } = submission
  const users = await needs.administration.usersOf(tx, companyId)
  const kind = approvableFor(needs, business)
  const { accountKey, amount } = summary
  const { otherUser, otherToken } = route
  const rules = { otherUser, otherToken, signed: [], requesterToken }
  const asked: AskedOf = { companyId, kind, requester, accountKey, amount, ...rules }
  for (const userId of chosen) {
    const user = users.find(({ id }) => id === userId)
    const why = user === undefined ? 'not-named' : await mayBeNamed(needs, tx, user, asked)
    if (why === null) continue
    const facts = { approver: user?.name ?? '', why }
    return { reason: 'approver-not-eligible' as const, facts }
  }
  const concerned = new Set(progress(route, []).flatMap(({ candidates }) => candidates))
  const able = new Set<string>()
  for (const user of users) {
    if (!concerned.has(user.id)) continue
    if ((await mayBeNamed(needs, tx, user, asked)) === null) able.add(user.id)
  }
  if (canBeDone(route, [], (user) => able.has(user))) return null
  return { reason: 'no-approver-available' as const, facts: {} }
}
