/**
 * トークンの管理 — who may reset, detach and release (internet-banking.md §1.6), in the published
 * order. Pure: the desk brings the people and the holdings.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { UserId } from '#kit/ids.ts'
import type { Role } from '#kit/rights.ts'
import type { Holding } from './holdings-store.ts'

export const tokenActions = ['reset', 'detach', 'release'] as const // 初期化・失効・利用停止解除
export type TokenAction = (typeof tokenActions)[number]

export type ManagingRefusal =
  | 'administrator-required'
  | 'token-unknown'
  | 'token-in-use' // 初期化: it has signed an order; 失効 is the way
  | 'own-token' // nobody ends the 利用停止 of a token that he uses: not by 利用停止解除, nor by starting anew
  | 'token-not-suspended'

export interface Managed {
  readonly actor: { readonly userId: UserId; readonly role: Role }
  readonly target: UserId
  readonly holdings: readonly Holding[] // of the whole company
}

export function judgeAction(
  action: TokenAction,
  { actor, target, holdings }: Managed,
): Outcome<Holding, ManagingRefusal> {
  if (actor.role === 'general') return refused('administrator-required')
  const held = holdings.find(({ userId }) => userId === target)
  if (held === undefined) return refused('token-unknown')
  if (action === 'reset' && held.state === 'in-use') return refused('token-in-use')
  const own = holdings.find(({ userId }) => userId === actor.userId)
  const isOwn = own?.instanceId === held.instanceId
  // Taken away and registered anew, a suspended token would be good again.
  if (isOwn && (action === 'release' || held.suspended)) return refused('own-token')
  if (action === 'release' && !held.suspended) return refused('token-not-suspended')
  return granted(held)
}
