/** 承認できるか — whether a user may approve an order: facts in, the first refusal out. */
import type { UserId } from '#kit/ids.ts'
import type { Yen } from '#kit/yen.ts'
import type { EligibilityRefusal } from './contract.ts'
import type { Place } from './route.ts'

export interface EligibilityFacts {
  readonly active: boolean
  readonly hasRight: boolean // 承認
  readonly holdsAccount: boolean // 支払口座 is one of his 利用可能口座
  readonly user: UserId
  readonly requester: UserId
  readonly otherUser: boolean // 別ユーザ承認必須
  readonly otherToken: boolean
  readonly token: string | null // serial of his device
  readonly otherTokens: readonly string[] // the requester's and the other approvers'
  readonly perOrder: Yen | null // 一回当たり; null: none was set
  readonly amount: Yen
  readonly approved: boolean
  readonly place: Place
}

/** In the published order; null: he may. */
export function eligibilityRefusal(facts: EligibilityFacts): EligibilityRefusal | null {
  if (facts.approved) return ableRefusal(facts) ?? 'already-approved'
  const unable = ableRefusal(facts)
  if (unable !== null) return unable
  if (facts.place === 'not-named') return 'not-named'
  if (facts.place === 'later') return 'not-your-turn'
  return null
}

/** The part that does not depend on the route: who may be named at all. */
export function ableRefusal(
  facts: Omit<EligibilityFacts, 'approved' | 'place'>,
): EligibilityRefusal | null {
  if (!facts.active) return 'user-stopped'
  if (!facts.hasRight) return 'right-missing'
  if (!facts.holdsAccount) return 'account-not-allowed'
  if (facts.otherUser && facts.user === facts.requester) return 'requester-himself'
  if (facts.token === null) return 'token-missing'
  if (facts.otherToken && facts.otherTokens.includes(facts.token)) return 'token-shared'
  if (facts.perOrder !== null && facts.amount > facts.perOrder) return 'over-approver-limit'
  return null
}
