import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { UserId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import type { ApprovalPolicy, Band } from './approvals.ts'
import { eligibilityRefusals } from './contract.ts'
import { eligibilityRefusal, type EligibilityFacts } from './eligibility.ts'
import { move, type Move, type Standing } from './machine.ts'
import { bandFor, defaultPolicy, judgePolicy, routeOf } from './policy.ts'
import { canBeDone, isDone, placeOf, progress, type Route, type RouteStep } from './route.ts'

const [a, b, c, d, requester] = ['a', 'b', 'c', 'd', 'r'] as unknown as UserId[] as [
  UserId,
  UserId,
  UserId,
  UserId,
  UserId,
]
const at = Temporal.Instant.from('2026-11-24T01:00:00Z')
const named = (user: UserId): RouteStep => ({ of: 'named', user })
const group = (need: number, ...members: UserId[]): RouteStep => ({
  of: 'group',
  group: '部長',
  need,
  members,
})
const route = (turn: Route['turn'], ...steps: RouteStep[]): Route => ({
  turn,
  otherUser: true,
  otherToken: true,
  requester,
  steps,
})

describe('a policy', () => {
  const of = { business: 'supplier-payments', known: new Set([a, b]) } as const
  const last: Band = { amountFrom: 0n, newPayee: null, turn: 'in-turn', steps: [{ of: 'named' }] }
  const groupBand = (name: string, need: number): Band => ({
    ...last,
    steps: [{ of: 'group', group: name, need }],
  })
  const policy = (bands: readonly Band[], members: readonly UserId[] = [a, b]): ApprovalPolicy => ({
    ...defaultPolicy,
    groups: [{ name: '部長', members }],
    bands,
  })
  const none = { ...last, steps: [] }

  test.each([
    ['bands-missing', policy([])],
    ['last-band-does-not-fit-all', policy([{ ...last, amountFrom: 1n }])],
    ['last-band-does-not-fit-all', policy([{ ...last, newPayee: true }])],
    ['group-unknown', policy([groupBand('課長', 1)])],
    ['group-too-small', policy([groupBand('部長', 3)])],
    ['group-too-small', policy([groupBand('部長', 0)])],
    ['group-too-small', policy([groupBand('部長', 2)], [a, a])],
    ['member-unknown', policy([last], [a, c])],
    ['approval-required', policy([none])],
    ['last-band-does-not-fit-all', policy([{ ...groupBand('課長', 9), amountFrom: 1n }], [c])],
    ['group-unknown', policy([groupBand('課長', 9), none], [c])],
    ['group-too-small', policy([groupBand('部長', 9), none], [c])],
    ['member-unknown', policy([none], [c])],
  ])('is refused: %s', (reason, asked) => {
    expect(judgePolicy(asked, of)).toEqual({ granted: false, reason })
  })

  test('is granted with need as many as members, and 承認なし for transfers alone', () => {
    expect(judgePolicy(policy([groupBand('部長', 2), last]), of).granted).toBe(true)
    expect(judgePolicy(policy([none]), { ...of, business: 'transfers' }).granted).toBe(true)
  })

  test('the first band that fits decides, both sides of its edge', () => {
    const bands = [
      { ...last, amountFrom: 1_000_000n },
      { ...last, newPayee: true, turn: 'any-order' as const },
      last,
    ]
    const fit = (amount: bigint, newPayees: number) =>
      bands.indexOf(bandFor(policy(bands), { amount, newPayees }) as never)
    expect([fit(1_000_000n, 0), fit(999_999n, 0), fit(999_999n, 1), fit(0n, 0)]).toEqual([
      0, 2, 1, 2,
    ])
  })

  test('a route wants as many named as the band, each once', () => {
    const band = { ...last, steps: [{ of: 'named' }, { of: 'named' }] as const }
    const chosen = (...users: UserId[]) =>
      routeOf(defaultPolicy, band, { requester, chosen: users })
    expect(chosen(a)).toMatchObject({ reason: 'approvers-missing' })
    expect(chosen(a, a, a)).toMatchObject({ reason: 'approvers-too-many' })
    expect(chosen(a, a)).toMatchObject({ reason: 'approver-named-twice' })
    expect(chosen(b, a)).toMatchObject({ value: { steps: [named(b), named(a)] } })
  })
})

describe('a route', () => {
  test('in turn, the second waits for the first', () => {
    const both = route('in-turn', named(a), named(b))
    expect([placeOf(both, [], a), placeOf(both, [], b)]).toEqual(['now', 'later'])
    expect(placeOf(both, [a], b)).toBe('now')
    expect(placeOf(both, [], c)).toBe('not-named')
    expect([isDone(both, [a]), isDone(both, [a, b])]).toEqual([false, true])
  })

  test('a member of a group who is also named counts where the rest stays possible', () => {
    const any = route('any-order', group(1, a, b), named(a))
    expect(placeOf(any, [], a)).toBe('now')
    expect(placeOf(any, [a], b)).toBe('now')
    expect(isDone(any, [a, b])).toBe(true)
    const inTurn = route('in-turn', group(1, a, b), named(a))
    expect([placeOf(inTurn, [], a), placeOf(inTurn, [], b)]).toEqual(['later', 'now'])
  })

  test('a group is done with N of M and no more are asked', () => {
    const two = route('any-order', group(2, a, b, c))
    expect(isDone(two, [a])).toBe(false)
    expect(isDone(two, [a, c])).toBe(true)
  })

  test('the requester is no candidate where another user is asked for', () => {
    const two = route('any-order', group(2, a, requester))
    expect(canBeDone(two, [])).toBe(false)
    expect(canBeDone({ ...two, otherUser: false }, [])).toBe(true)
  })

  test('whoever may act now never makes the rest impossible', () => {
    const people = [a, b, c, d]
    const step = fc.oneof(
      fc.constantFrom(...people).map(named),
      fc
        .tuple(fc.subarray(people, { minLength: 1 }), fc.nat(2))
        .map(([members, more]) => group(Math.min(members.length, 1 + more), ...members)),
    )
    const steps = fc.array(step, { minLength: 1, maxLength: 3 })
    const turns = fc.constantFrom('in-turn' as const, 'any-order' as const)
    const choice = fc.infiniteStream(fc.nat(100))
    const walk = fc.property(steps, turns, choice, (list, turn, choices) => {
      const one = route(turn, ...list)
      fc.pre(canBeDone(one, []))
      const approved: UserId[] = []
      while (!isDone(one, approved)) {
        const able = people.filter(
          (user) => !approved.includes(user) && placeOf(one, approved, user) === 'now',
        )
        expect(able).not.toEqual([])
        approved.push(able[choices.next().value! % able.length]!)
      }
      const counted = progress(one, approved).flatMap(({ done }) => done)
      expect(new Set(counted).size).toBe(counted.length)
      expect(counted.toSorted()).toEqual(approved.toSorted())
    })
    fc.assert(walk, { numRuns: 2000 })
  })
})

describe('who may approve', () => {
  const fine: EligibilityFacts = {
    ...{ active: true, hasRight: true, holdsAccount: true, user: a, requester },
    ...{ otherUser: true, otherToken: true, token: '1', otherTokens: ['2'] },
    ...{ perOrder: yen(100), amount: yen(100), approved: false, place: 'now' },
  }
  const breaks: Record<string, Partial<EligibilityFacts>> = {
    'user-stopped': { active: false },
    'right-missing': { hasRight: false },
    'account-not-allowed': { holdsAccount: false },
    'requester-himself': { user: requester },
    'token-missing': { token: null },
    'token-shared': { otherTokens: ['1'] },
    'over-approver-limit': { amount: yen(101) },
    'already-approved': { approved: true },
    'not-named': { place: 'not-named' },
    'not-your-turn': { place: 'later' },
  }

  test.each(eligibilityRefusals.map((name) => [name]))('%s', (name) => {
    expect(eligibilityRefusal({ ...fine, ...breaks[name] })).toBe(name)
  })

  test('up to the limit, without one, and with himself and his token where that is allowed', () => {
    expect(eligibilityRefusal(fine)).toBeNull()
    expect(eligibilityRefusal({ ...fine, perOrder: null, amount: yen(10n ** 13n) })).toBeNull()
    expect(eligibilityRefusal({ ...fine, user: requester, otherUser: false })).toBeNull()
    expect(eligibilityRefusal({ ...fine, otherTokens: ['1'], otherToken: false })).toBeNull()
  })

  test('the refusals come in the published order', () => {
    for (const [index, first] of eligibilityRefusals.entries()) {
      for (const second of eligibilityRefusals.slice(index + 1)) {
        // One place, one token: the later fact would undo the earlier one.
        if (first === 'not-named' || (first === 'token-missing' && second === 'token-shared')) {
          continue
        }
        const facts = { ...fine, ...breaks[second], ...breaks[first] }
        expect([first, second, eligibilityRefusal(facts)]).toEqual([first, second, first])
      }
    }
  })
})

describe('the state machine', () => {
  const two = route('any-order', named(a), named(b))
  const mark = (userId: UserId) => ({ userId, at, challengeId: 'x', tokenSerial: userId })
  const moveOf = fc.oneof(
    fc.constantFrom(a, b).map((by): Move => ({ move: 'approve', mark: mark(by) })),
    fc
      .constantFrom('recall' as const, 'send-back' as const, 'delete' as const, 'withdraw' as const)
      .map((name): Move => ({ move: name, by: a, at, comment: 'x' })),
    fc.constant<Move>({ move: 'fail', by: a, at, reason: 'over-limit', facts: {} }),
    fc.constant<Move>({ move: 'expire', at }),
  )

  test('thousands of walks agree with a model: approvals until two, one end, withdrawal after', () => {
    const ends: Record<string, string> = {
      ...{ recall: 'recalled', 'send-back': 'sent-back', delete: 'deleted' },
      ...{ fail: 'failed', expire: 'expired' },
    }
    const walk = fc.property(fc.array(moveOf, { maxLength: 12 }), (moves) => {
      let standing: Standing = { state: 'awaiting', route: two, marks: [] }
      const model = { state: 'awaiting', approved: new Set<UserId>() }
      for (const made of moves) {
        const outcome = move(standing, made)
        let fits = false
        if (made.move === 'withdraw') {
          fits = model.state === 'approved'
          if (fits) model.state = 'withdrawn'
        } else if (model.state === 'awaiting') {
          if (made.move === 'approve') {
            fits = !model.approved.has(made.mark.userId)
            model.approved.add(made.mark.userId)
            if (model.approved.size === 2) model.state = 'approved'
          } else {
            fits = true
            model.state = ends[made.move]!
          }
        }
        expect(outcome.granted).toBe(fits)
        if (outcome.granted) standing = outcome.value
        expect(standing.state).toBe(model.state)
        expect(standing.marks).toHaveLength(model.approved.size)
      }
    })
    fc.assert(walk, { numRuns: 5000 })
  })
})
