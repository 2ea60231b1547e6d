/** 承認者 — the company's users as the rules of eligibility want them. */
import type { User } from '#administration/index.ts'
import type { AccountKey } from '#kit/account-number.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Approvable } from './approvable.ts'
import type { StoredApproval } from './approvals-store.ts'
import type { EligibilityRefusal } from './contract.ts'
import { ableRefusal, eligibilityRefusal, type EligibilityFacts } from './eligibility.ts'
import type { ApprovalsNeeds } from './needs.ts'
import { placeOf } from './route.ts'

export interface AskedOf {
  readonly companyId: CompanyId
  readonly kind: Approvable
  readonly requester: UserId
  readonly otherUser: boolean
  readonly otherToken: boolean
  readonly accountKey: AccountKey
  readonly amount: Yen
  /** Devices that have signed already, by whom. */
  readonly signed: readonly { readonly userId: UserId; readonly serial: string }[]
  /** Serial at 確定; null while the order is hypothetical. */
  readonly requesterToken: string | null
}

type AbleFacts = Omit<EligibilityFacts, 'approved' | 'place'>
type Needs = Pick<ApprovalsNeeds, 'administration' | 'signing'>

export function askedOf(
  kind: Approvable,
  { companyId, requester, requesterToken, summary, standing }: StoredApproval,
): AskedOf {
  const { otherUser, otherToken } = standing.route
  const { accountKey, amount } = summary
  const signed = standing.marks.map(({ userId, tokenSerial }) => ({ userId, serial: tokenSerial }))
  const route = { otherUser, otherToken, accountKey, amount, signed }
  return { companyId, kind, requester, requesterToken, ...route }
}

async function factsOf(needs: Needs, tx: Tx, user: User, asked: AskedOf): Promise<AbleFacts> {
  const { companyId, requester } = asked
  const signer = { companyId, userId: user.id }
  const accounts = await needs.administration.accountsFor(tx, { ...signer, role: user.role })
  const limits = await needs.administration.userLimits(tx, signer)
  const limit = limits.find(({ limited }) => limited === asked.kind.business)
  const requesters = [
    asked.requesterToken,
    await needs.signing.deviceOf(tx, { companyId, userId: requester }),
  ].flatMap((serial) => (serial === null || user.id === requester ? [] : [serial]))
  const others = asked.signed.filter(({ userId }) => userId !== user.id)
  return {
    active: user.state === 'active',
    hasRight: user.rights.has(asked.kind.rights.approve),
    holdsAccount: accounts.some(({ key }) => key === asked.accountKey),
    user: user.id,
    requester,
    otherUser: asked.otherUser,
    otherToken: asked.otherToken,
    token: await needs.signing.deviceOf(tx, signer),
    otherTokens: [...requesters, ...others.map(({ serial }) => serial)],
    perOrder: limit?.perOrder ?? null,
    amount: asked.amount,
  }
}

/** Whether this user could approve such an order at all, whatever the route says. */
export async function mayBeNamed(
  needs: Needs,
  tx: Tx,
  user: User,
  asked: AskedOf,
): Promise<EligibilityRefusal | null> {
  return ableRefusal(await factsOf(needs, tx, user, asked))
}

/** Whether this user may approve it now. A user of another company is not named. */
export async function mayApprove(
  needs: Needs,
  tx: Tx,
  userId: UserId,
  { kind, approval }: { readonly kind: Approvable; readonly approval: StoredApproval },
): Promise<EligibilityRefusal | null> {
  const user = await needs.administration.userById(tx, userId)
  if (user === null || user.companyId !== approval.companyId) return 'not-named'
  const { route, marks } = approval.standing
  const approved = marks.map((mark) => mark.userId)
  return eligibilityRefusal({
    ...(await factsOf(needs, tx, user, askedOf(kind, approval))),
    approved: approved.includes(userId),
    place: placeOf(route, approved, userId),
  })
}

/**
 * Whether this user may send it back or delete it: an approver of the route, with the right and the
 * account. Neither limit, token nor turn hinders him, for nothing is paid by it.
 */
export async function mayReturn(
  needs: Needs,
  tx: Tx,
  userId: UserId,
  { kind, approval }: { readonly kind: Approvable; readonly approval: StoredApproval },
): Promise<EligibilityRefusal | null> {
  const user = await needs.administration.userById(tx, userId)
  if (user === null || user.companyId !== approval.companyId) return 'not-named'
  const facts = await factsOf(needs, tx, user, askedOf(kind, approval))
  if (!facts.active) return 'user-stopped'
  if (!facts.hasRight) return 'right-missing'
  if (!facts.holdsAccount) return 'account-not-allowed'
  const { route } = approval.standing
  if (route.otherUser && userId === route.requester) return 'requester-himself'
  return placeOf(route, [], userId) === 'not-named' ? 'not-named' : null
}
