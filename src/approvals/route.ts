/**
 * 承認経路 — whose approvals an order needs, fixed at 確定: what is missing, whose turn, done.
 *
 * Each step needs some of its candidates; one person counts once. Which approval counts for which
 * step is a matching, so that whoever approves first never makes the rest impossible.
 */
import type { UserId } from '#kit/ids.ts'

export type RouteStep =
  | { readonly of: 'named'; readonly user: UserId }
  | {
      readonly of: 'group'
      readonly group: string
      readonly need: number
      readonly members: readonly UserId[] // as they were at 確定
    }

export interface Route {
  readonly turn: 'in-turn' | 'any-order'
  readonly otherUser: boolean
  readonly otherToken: boolean
  readonly requester: UserId
  readonly steps: readonly RouteStep[]
}

/** Where a user stands on a route: may act, later, or is no approver of it. */
export type Place = 'now' | 'later' | 'not-named'

export interface StepProgress {
  readonly step: RouteStep
  readonly need: number
  readonly done: readonly UserId[]
  readonly candidates: readonly UserId[]
}

export function needOf(step: RouteStep): number {
  return step.of === 'named' ? 1 : step.need
}

/** Who may give this step; the requester only where 別ユーザ承認 is not asked for. */
export function candidatesOf(route: Route, step: RouteStep): readonly UserId[] {
  const all = step.of === 'named' ? [step.user] : step.members
  return route.otherUser ? all.filter((user) => user !== route.requester) : all
}

/** @param approved those who have approved, in the order of their approvals */
export function progress(route: Route, approved: readonly UserId[]): readonly StepProgress[] {
  const counted = count(route, approved)
  return route.steps.map((step, at) => ({
    step,
    need: needOf(step),
    done: counted[at]!,
    candidates: candidatesOf(route, step),
  }))
}

export function isDone(route: Route, approved: readonly UserId[]): boolean {
  return progress(route, approved).every(({ need, done }) => done.length >= need)
}

export function placeOf(route: Route, approved: readonly UserId[], user: UserId): Place {
  const steps = progress(route, approved)
  const mine = steps.filter(({ candidates }) => candidates.includes(user))
  if (mine.length === 0) return 'not-named'
  const open = steps.filter(({ need, done }) => done.length < need)
  if (open.length === 0 || approved.includes(user)) return 'later'
  if (route.turn === 'any-order') {
    // One more counts exactly when more of the steps are filled with it.
    const filled = (list: readonly UserId[]) => count(route, list).flat().length
    return filled([...approved, user]) > filled(approved) ? 'now' : 'later'
  }
  if (!open[0]!.candidates.includes(user)) return 'later'
  return canBeDone(route, [...approved, user]) ? 'now' : 'later'
}

/** Whether everybody who is left could finish it. @param able who may approve; all when left out */
export function canBeDone(
  route: Route,
  approved: readonly UserId[],
  able: (user: UserId) => boolean = () => true,
): boolean {
  const steps = progress(route, approved)
  const everybody = new Set(steps.flatMap(({ candidates }) => candidates))
  const left = [...everybody].filter((user) => !approved.includes(user) && able(user))
  if (route.turn === 'any-order') {
    return isDone(route, [...approved, ...left])
  }
  const open = steps.map(({ step, need, done }) => ({ step, need: need - done.length }))
  const slots = open.flatMap(({ step, need }, at) =>
    Array.from({ length: Math.max(need, 0) }, () => ({ at, may: candidatesOf(route, step) })),
  )
  return match(slots, left).size === slots.length
}

function count(route: Route, approved: readonly UserId[]): readonly (readonly UserId[])[] {
  const slots = route.steps.flatMap((step, at) =>
    Array.from({ length: needOf(step) }, () => ({ at, may: candidatesOf(route, step) })),
  )
  if (route.turn === 'any-order') {
    const matched = match(slots, approved)
    return route.steps.map((_, at) =>
      approved.filter((user) => matched.get(user) !== undefined && matched.get(user) === at),
    )
  }
  // In turn: each approval fills the first step that is still open.
  const filled: UserId[][] = route.steps.map(() => [])
  for (const user of approved) {
    const at = route.steps.findIndex((step, index) => filled[index]!.length < needOf(step))
    if (at >= 0 && candidatesOf(route, route.steps[at]!).includes(user)) filled[at]!.push(user)
  }
  return filled
}

interface Slot {
  readonly at: number
  readonly may: readonly UserId[]
}

/** Largest matching by augmenting paths. @returns for each matched user the step */
function match(slots: readonly Slot[], users: readonly UserId[]): ReadonlyMap<UserId, number> {
  const holder = new Map<number, UserId>()
  const place = (user: UserId, seen: Set<number>): boolean => {
    for (const [index, { may }] of slots.entries()) {
      if (seen.has(index) || !may.includes(user)) continue
      seen.add(index)
      const other = holder.get(index)
      if (other === undefined || place(other, seen)) {
        holder.set(index, user)
        return true
      }
    }
    return false
  }
  for (const user of new Set(users)) place(user, new Set())
  return new Map([...holder].map(([index, user]) => [user, slots[index]!.at]))
}
