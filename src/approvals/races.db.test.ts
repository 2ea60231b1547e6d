import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { User } from '#administration/index.ts'
import { newId } from '#kit/ids.ts'
import { approvalsWorld, came, type ApprovalsWorld, type Submitted } from '../../test/approvals.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { approve } from './approving.ts'
import { bringBack, withdraw } from './moves.ts'
import { defaultApprovalParameters, type ApprovalsDesk } from './needs.ts'

let db: TestDatabase
let world: ApprovalsWorld
let desk: ApprovalsDesk
let requester: User
const approvers: User[] = []
beforeAll(async () => {
  db = await testDatabase()
  world = await approvalsWorld(db)
  desk = { ...world.needs, parameters: defaultApprovalParameters }
  requester = await world.user('鈴木 次郎', { rights: ['transfers-request-any'] })
  for (let at = 0; at < 50; at += 1) approvers.push(await world.user(`承認者${at}`))
})
afterAll(() => db.close())

/** Any `need` of the first `size` approvers. */
async function anyOf(need: number, size: number): Promise<void> {
  const members = approvers.slice(0, size).map(({ id }) => id)
  const steps = [{ of: 'group' as const, group: '役員', need }]
  await world.setPolicy({
    groups: [{ name: '役員', members }],
    bands: [{ amountFrom: 0n, newPayee: null, turn: 'any-order', steps }],
  })
}

async function approving(by: User, { id, digest }: Submitted): Promise<string> {
  const form = { id, digest, comment: '', confirmationPassword: 'right' }
  const code = { challengeId: newId(came.now.epochMilliseconds), transactionCode: '12345678' }
  return said(await approve(desk, world.visitor(by), { ...form, ...code }, came))
}
async function back(by: User, { id }: Submitted, move: 'recall' | 'send-back' | 'delete') {
  return said(await bringBack(desk, world.visitor(by), { id, move, comment: 'x' }, came))
}
async function withdrawing(by: User, { id }: Submitted) {
  const form = { id, comment: '', confirmationPassword: 'right' }
  return said(await withdraw(desk, world.visitor(by), form, came))
}
function said(outcome: Awaited<ReturnType<typeof approve | typeof bringBack>>): string {
  if ('approval' in outcome) return outcome.approval.standing.state
  return outcome.facts['why'] ?? outcome.refuse
}
const tally = (all: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(all, (one) => one)].map(([name, list]) => [name, list.length]))

describe('races', () => {
  test('two approvers at once: one last approval, the order is released once', async () => {
    await anyOf(1, 2)
    for (let round = 0; round < 10; round += 1) {
      const order = await world.submitted(requester, [])
      const both = [approvers[0]!, approvers[1]!]
      const outcomes = await Promise.all(both.map((by) => approving(by, order)))
      expect(outcomes.toSorted()).toEqual(['approved', 'state-changed'])
      expect(await world.order(order.orderId)).toEqual({ state: 'approved', approvals: 1 })
    }
  })

  test('fifty at once where two are needed: one first, one last, the rest are told', async () => {
    await anyOf(2, 50)
    const order = await world.submitted(requester, [])
    const outcomes = await Promise.all(approvers.map((by) => approving(by, order)))
    expect(tally(outcomes)).toEqual({ awaiting: 1, approved: 1, 'state-changed': 48 })
    expect(await world.order(order.orderId)).toEqual({ state: 'approved', approvals: 1 })
    const { rows } = await db.owner.query(
      'select count(*)::int as marks from approvals.mark where approval_id = $1',
      [order.id],
    )
    expect(rows).toEqual([{ marks: 2 }])
  })

  test('one approver fifty times at once counts once', async () => {
    await anyOf(2, 2)
    const order = await world.submitted(requester, [])
    const same = Array.from({ length: 50 }, () => approving(approvers[0]!, order))
    expect(tally(await Promise.all(same))).toEqual({ awaiting: 1, 'already-approved': 49 })
  })

  test('承認, 引戻し and 差戻し at once: one wins, the others read state-changed', async () => {
    await anyOf(1, 2)
    for (let round = 0; round < 20; round += 1) {
      const order = await world.submitted(requester, [])
      const outcomes = await Promise.all([
        back(requester, order, 'recall'),
        approving(approvers[0]!, order),
        back(approvers[1]!, order, 'send-back'),
      ])
      const won = outcomes.filter((one) => one !== 'state-changed')
      expect(won).toHaveLength(1)
      const approvals = won[0] === 'approved' ? 1 : 0
      expect(await world.order(order.orderId)).toEqual({ state: won[0], approvals })
    }
  })
})

test('hundreds of walks over the database agree with a model', { timeout: 120_000 }, async () => {
  await anyOf(2, 3)
  const who = fc.nat(2)
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ move: fc.constant('approve' as const), who }) },
    fc.record({ move: fc.constantFrom('send-back' as const, 'delete' as const), who }),
    fc.record({ move: fc.constantFrom('recall' as const, 'withdraw' as const), who }),
    fc.record({ move: fc.constant('fail' as const), who }),
  )
  const ends = { recall: 'recalled', 'send-back': 'sent-back', delete: 'deleted' } as const
  const walk = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
    const order = await world.submitted(requester, [])
    const gave = new Set<number>()
    let state = 'awaiting'
    let released = 0
    for (const { move, who: index } of steps) {
      const by = approvers[index]!
      let expected: string
      if (move === 'withdraw') {
        expected =
          state !== 'approved' ? 'state-changed' : gave.has(index) ? 'withdrawn' : 'not-named'
      } else if (state !== 'awaiting') {
        expected = 'state-changed'
      } else if (move === 'approve' || move === 'fail') {
        if (gave.has(index)) expected = 'already-approved'
        else if (move === 'fail') expected = 'failed'
        else expected = gave.size === 1 ? 'approved' : 'awaiting'
      } else {
        expected = ends[move]
      }
      world.kind.refuses = move === 'fail' ? 'over-limit' : null
      const outcome =
        move === 'withdraw'
          ? await withdrawing(by, order)
          : move === 'approve' || move === 'fail'
            ? await approving(by, order)
            : await back(move === 'recall' ? requester : by, order, move)
      expect(outcome).toBe(expected)
      if (['approved', 'awaiting'].includes(expected)) gave.add(index)
      if (expected === 'approved') released += 1
      if (!['state-changed', 'already-approved', 'not-named'].includes(expected)) state = expected
      expect(await world.order(order.orderId)).toEqual({ state, approvals: released })
    }
  })
  await fc.assert(walk, { numRuns: 300 })
})
