/** 承認の説明 — gathers the facts for explanation.ts: of an order, and of one that is being made. */
import type { User } from '#administration/index.ts'
import type { UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Hypothetical } from './approvals.ts'
import type { EligibilityRefusal, Explanation } from './contract.ts'
import {
  explainHypothetical,
  explainStanding,
  type MayNot,
  type Names,
  type OpenStep,
} from './explanation.ts'
import type { Found } from './locking.ts'
import { approvableFor, type ApprovalsDesk } from './needs.ts'
import { mayApprove, mayBeNamed, type AskedOf } from './people.ts'
import { bandFor } from './policy.ts'
import { candidatesOf } from './route.ts'
import { policyOf } from './submit.ts'

export function namesOf(users: readonly User[]): Names {
  const names = new Map(users.map(({ id, name }) => [id, name]))
  return { nameOf: (user: UserId) => names.get(user) ?? '' }
}

/** Of an order that was submitted, for one reader. */
export async function explainApproval(
  needs: ApprovalsDesk,
  tx: Tx,
  seen: Found,
  { reader, users }: { readonly reader: UserId; readonly users: readonly User[] },
): Promise<Explanation> {
  const { standing } = seen.approval
  const waits = standing.state === 'awaiting'
  const named = new Set(standing.route.steps.flatMap((step) => candidatesOf(standing.route, step)))
  const asked = waits
    ? users.filter(({ id, rights }) => named.has(id) || rights.has(seen.kind.rights.approve))
    : []
  const mayNot: MayNot[] = []
  for (const { id } of asked) {
    const why = await mayApprove(needs, tx, id, seen)
    if (why !== null) mayNot.push({ userId: id, why })
  }
  const you = waits ? await mayApprove(needs, tx, reader, seen) : null
  return explainStanding(standing, { ...namesOf(users), mayNot, reader, you })
}

/** Of an order that is being made. `able` of a step are those who could approve it as it is. */
export async function explain(
  needs: ApprovalsDesk,
  tx: Tx,
  asked: Hypothetical,
): Promise<Explanation> {
  const { companyId, business, requester, summary, reader } = asked
  const policy = await policyOf(tx, asked)
  const { steps: wanted, turn } = bandFor(policy, summary)
  const kind = approvableFor(needs, business)
  const users = await needs.administration.usersOf(tx, companyId)
  const { otherUser, otherToken } = policy
  const { accountKey, amount } = summary
  const rules = { otherUser, otherToken, signed: [], requesterToken: null }
  const of: AskedOf = { companyId, kind, requester, accountKey, amount, ...rules }

  const steps: OpenStep[] = wanted.map((step) => {
    if (step.of === 'named') return { of: 'named', user: null }
    const group = policy.groups.find(({ name }) => name === step.group)
    return { ...step, members: [...new Set(group?.members)] }
  })
  const anybody = steps.some(({ of: whose }) => whose === 'named')
  const members = new Set(steps.flatMap((step) => (step.of === 'group' ? step.members : [])))
  const able: UserId[] = []
  const mayNot: MayNot[] = []
  let you: EligibilityRefusal | null = null
  for (const user of users) {
    const concerned = members.has(user.id) || (anybody && user.rights.has(kind.rights.approve))
    if (!concerned && user.id !== reader) continue
    const why = await mayBeNamed(needs, tx, user, of)
    if (why === null && concerned) able.push(user.id)
    if (why !== null && concerned) mayNot.push({ userId: user.id, why })
    if (user.id === reader && steps.length > 0) you = why ?? (concerned ? null : 'not-named')
  }
  return explainHypothetical(steps, { ...namesOf(users), turn, able, mayNot, you })
}
