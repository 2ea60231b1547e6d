/** 承認の説明 — who must approve, in which order, who may not and why, in both languages. Pure. */
import type { UserId } from '#kit/ids.ts'
import type { InBothLanguages } from '#kit/order-sheet.ts'
import type { EligibilityRefusal, Explanation, shownStates } from './contract.ts'
import type { Standing } from './machine.ts'
import { en } from './messages.en.ts'
import { ja, type Sentences } from './messages.ja.ts'
import { placeOf, progress, type RouteStep, type Route } from './route.ts'

/** Before 確定 a named step has no name yet: `user` is null. */
export type OpenStep =
  | Exclude<RouteStep, { readonly of: 'named' }>
  | { readonly of: 'named'; readonly user: UserId | null }

export function both(say: (words: Sentences) => string): InBothLanguages {
  return { ja: say(ja), en: say(en) }
}

export function methodOf(
  steps: readonly OpenStep[],
  turn: Route['turn'],
): keyof Sentences['methods'] {
  if (steps.length === 0) return 'none'
  if (steps.some(({ of }) => of === 'group')) return 'group'
  if (steps.length === 1) return 'single'
  return turn === 'in-turn' ? 'double-in-turn' : 'double-any-order'
}

/** 取引状態 as a list shows it. */
export function shownState({ state, route, marks }: Standing): (typeof shownStates)[number] {
  if (state !== 'awaiting') return state
  if (route.steps.some(({ of }) => of === 'group')) return 'awaiting-more'
  if (route.steps.length < 2) return 'awaiting-approval'
  return marks.length < route.steps.length - 1 ? 'awaiting-first' : 'awaiting-final'
}

export function stateSays(standing: Standing): InBothLanguages {
  const state = shownState(standing)
  if (state !== 'awaiting-more') return both(({ states }) => states[state])
  return both(({ awaitingMore }) => awaitingMore({ count: leftOf(standing) }))
}

function leftOf({ route, marks }: Standing): number {
  const approved = marks.map(({ userId }) => userId)
  const steps = progress(route, approved)
  return steps.reduce((sum, { need, done }) => sum + need - done.length, 0)
}

export interface Names {
  nameOf(user: UserId): string
}

/** One sentence: whose approval is missing. Empty where none is. */
export function waitsFor(
  standing: Standing,
  { nameOf }: Names,
  reader: UserId | null = null,
): InBothLanguages {
  if (standing.state !== 'awaiting') return stateSays(standing)
  const { route, marks } = standing
  const approved = marks.map(({ userId }) => userId)
  if (reader !== null && placeOf(route, approved, reader) === 'now') {
    return both((words) => words.waitsForYou)
  }
  const open = progress(route, approved).filter(({ need, done }) => done.length < need)
  const asked = route.turn === 'in-turn' ? open.slice(0, 1) : open
  const from = asked.flatMap(({ candidates }) => candidates)
  const names = [...new Set(from)].filter((user) => !approved.includes(user)).map(nameOf)
  const need = asked.reduce((sum, step) => sum + step.need - step.done.length, 0)
  return both((words) => words.waitsFor({ names, need }))
}

export function stepSays(step: OpenStep, { nameOf }: Names): InBothLanguages {
  if (step.of === 'named') {
    const name = step.user === null ? null : nameOf(step.user)
    return both((words) => words.stepNamed({ name }))
  }
  const { group, members, need } = step
  return both((words) => words.stepGroup({ group, size: members.length, need }))
}

export interface MayNot {
  readonly userId: UserId
  readonly why: EligibilityRefusal
}

/** Of an order that was submitted. @param facts.you null: the reader may, or it does not wait */
export function explainStanding(
  standing: Standing,
  facts: Names & {
    readonly mayNot: readonly MayNot[]
    readonly reader: UserId
    readonly you: EligibilityRefusal | null
  },
): Explanation {
  const { route, marks } = standing
  const approved = marks.map(({ userId }) => userId)
  const steps = progress(route, approved)
  const firstOpen = steps.findIndex(({ need, done }) => done.length < need)
  const person = personOf(facts)
  return {
    method: both(({ methods }) => methods[methodOf(route.steps, route.turn)]),
    turn: route.turn,
    steps: steps.map(({ step, need, done, candidates }, at) => ({
      says: stepSays(step, facts),
      need,
      done: done.map((userId) => {
        const mark = marks.find((one) => one.userId === userId)!
        return { ...person(userId), at: mark.at.toString() }
      }),
      candidates: candidates.map(person),
      named: step.of === 'named',
      mayActNow:
        standing.state === 'awaiting' &&
        done.length < need &&
        (route.turn === 'any-order' || at === firstOpen),
    })),
    mayNot: facts.mayNot.map(({ userId, why }) => ({ ...person(userId), ...reason(why) })),
    says: waitsFor(standing, facts, facts.you === null ? facts.reader : null),
    you: facts.you === null ? null : reason(facts.you),
  }
}

/** Of an order that is being made. */
export function explainHypothetical(
  steps: readonly OpenStep[],
  facts: Names & {
    readonly turn: Route['turn']
    readonly able: readonly UserId[] // who may be named
    readonly mayNot: readonly MayNot[]
    readonly you: EligibilityRefusal | null
  },
): Explanation {
  const { turn, able } = facts
  const person = personOf(facts)
  const said = steps.map((step) => stepSays(step, facts))
  const inTurn = turn === 'in-turn'
  return {
    method: both(({ methods }) => methods[methodOf(steps, turn)]),
    turn,
    steps: steps.map((step, at) => ({
      says: said[at]!,
      need: step.of === 'named' ? 1 : step.need,
      done: [],
      candidates: (step.of === 'named'
        ? able
        : step.members.filter((user) => able.includes(user))
      ).map(person),
      named: step.of === 'named',
      mayActNow: !inTurn || at === 0,
    })),
    mayNot: facts.mayNot.map(({ userId, why }) => ({ ...person(userId), ...reason(why) })),
    says:
      steps.length === 0
        ? both((words) => words.noApproval)
        : {
            ja: ja.willNeed({ steps: said.map((one) => one.ja), inTurn }),
            en: en.willNeed({ steps: said.map((one) => one.en), inTurn }),
          },
    you: facts.you === null ? null : reason(facts.you),
  }
}

export function reason(why: EligibilityRefusal) {
  return { why, says: both((words) => words.why[why]) }
}

function personOf({ nameOf }: Names) {
  return (userId: UserId) => ({ userId, name: nameOf(userId) })
}
