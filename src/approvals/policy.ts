/**
 * 承認方式 — what a company has set: whether it is sound, which band fits an order, and the route
 * that follows from it (internet-banking.md §6.1).
 */
import type { UserId } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { ApprovableBusiness } from './approvable.ts'
import type { ApprovalPolicy, Band, PolicyRefusal, SubmitRefusal } from './approvals.ts'
import type { Route } from './route.ts'

/** 承認なし exists for 振込振替 alone (§6.1). */
const withoutApproval: readonly ApprovableBusiness[] = ['transfers']

/** シングル承認 by another user: what holds where a company has set nothing. */
export const defaultPolicy: ApprovalPolicy = {
  otherUser: true,
  otherToken: true,
  groups: [],
  bands: [{ amountFrom: 0n, newPayee: null, turn: 'any-order', steps: [{ of: 'named' }] }],
}

/** @param known the company's users */
export function judgePolicy(
  policy: ApprovalPolicy,
  of: { readonly business: ApprovableBusiness; readonly known: ReadonlySet<UserId> },
): Outcome<void, PolicyRefusal> {
  const { bands, groups } = policy
  const last = bands.at(-1)
  if (last === undefined) return refused('bands-missing')
  if (last.amountFrom !== 0n || last.newPayee !== null) {
    return refused('last-band-does-not-fit-all')
  }
  const used = bands.flatMap(({ steps }) => steps.filter((step) => step.of === 'group'))
  const sizes = new Map(groups.map(({ name, members }) => [name, new Set(members).size]))
  if (sizes.size < groups.length || used.some(({ group }) => !sizes.has(group))) {
    return refused('group-unknown')
  }
  if (used.some(({ group, need }) => need < 1 || sizes.get(group)! < need)) {
    return refused('group-too-small')
  }
  if (groups.some(({ members }) => members.some((user) => !of.known.has(user)))) {
    return refused('member-unknown')
  }
  if (bands.some(({ steps }) => steps.length === 0) && !withoutApproval.includes(of.business)) {
    return refused('approval-required')
  }
  return granted(undefined)
}

/** The first that fits decides. @param order.amount whole yen */
export function bandFor(
  { bands }: ApprovalPolicy,
  order: { readonly amount: bigint; readonly newPayees: number },
): Band {
  const fits = ({ amountFrom, newPayee }: Band) =>
    order.amount >= amountFrom && (newPayee === null || newPayee === order.newPayees > 0)
  const found = bands.find(fits)
  if (found === undefined) throw new Error('the last band of a policy fits everything')
  return found
}

/** The route of a band with the approvers that the requester has named, in turn. */
export function routeOf(
  { groups, otherUser, otherToken }: ApprovalPolicy,
  { steps, turn }: Band,
  of: { readonly requester: UserId; readonly chosen: readonly UserId[] },
): Outcome<
  Route,
  Extract<SubmitRefusal, 'approvers-missing' | 'approvers-too-many' | 'approver-named-twice'>
> {
  const { requester, chosen } = of
  const wanted = steps.filter(({ of: whose }) => whose === 'named').length
  if (chosen.length < wanted) return refused('approvers-missing')
  if (chosen.length > wanted) return refused('approvers-too-many')
  if (new Set(chosen).size < chosen.length) return refused('approver-named-twice')
  const names = [...chosen]
  const fixed = steps.map((step) => {
    if (step.of === 'named') return { of: 'named', user: names.shift()! } as const
    const { members } = groups.find(({ name }) => name === step.group)!
    return { ...step, members: [...new Set(members)] }
  })
  return granted({ turn, otherUser, otherToken, requester, steps: fixed })
}
