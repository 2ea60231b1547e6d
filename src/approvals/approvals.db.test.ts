import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { User } from '#administration/index.ts'
import { newId } from '#kit/ids.ts'
import {
  approvalsWorld,
  came,
  now,
  type ApprovalsWorld,
  type Submitted,
} from '../../test/approvals.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { approve, type ApproveForm } from './approving.ts'
import { explain } from './explaining.ts'
import { bringBack, withdraw } from './moves.ts'
import { defaultApprovalParameters, type ApprovalsDesk } from './needs.ts'
import { listsFor } from './lists.ts'

let db: TestDatabase
let world: ApprovalsWorld
let desk: ApprovalsDesk
let requester: User, first: User, second: User, third: User
beforeAll(async () => {
  db = await testDatabase()
  world = await approvalsWorld(db)
  desk = { ...world.needs, parameters: defaultApprovalParameters }
  requester = await world.user('鈴木 次郎', { rights: ['transfers-request-any'] })
  first = await world.user('高橋 三郎')
  second = await world.user('伊藤 四郎')
  third = await world.user('田中 五郎')
})
afterAll(() => db.close())
const single = [
  {
    ...{ amountFrom: 0n, newPayee: null, turn: 'any-order' as const },
    steps: [{ of: 'named' as const }],
  },
]
const double = (turn: 'in-turn' | 'any-order') => [
  { ...single[0]!, turn, steps: [{ of: 'named' as const }, { of: 'named' as const }] },
]
beforeEach(async () => {
  world.kind.refuses = null
  world.kind.begun = false
  await world.setPolicy({ bands: single, groups: [], otherUser: true, otherToken: true })
})

async function approving(
  by: User,
  order: Submitted,
  more: Partial<ApproveForm> & { at?: Temporal.Instant } = {},
) {
  const { at = now, ...form } = more
  const outcome = await approve(
    desk,
    world.visitor(by),
    {
      ...{ id: order.id, digest: order.digest, comment: '', confirmationPassword: 'right' },
      ...{ challengeId: newId(now.epochMilliseconds), transactionCode: '12345678', ...form },
    },
    { ...came, now: at },
  )
  if ('approval' in outcome) return outcome.approval.standing.state
  return outcome.facts['why'] ?? outcome.refuse
}
async function back(by: User, order: Submitted, move: 'recall' | 'send-back' | 'delete') {
  const asked = { id: order.id, move, comment: 'もう一度' }
  const outcome = await bringBack(desk, world.visitor(by), asked, came)
  if ('approval' in outcome) return outcome.approval.standing.state
  return outcome.facts['why'] ?? outcome.refuse
}

describe('承認', () => {
  test('one approval approves; the kind is told once, and begins', async () => {
    const order = await world.submitted(requester, [first])
    expect(await approving(first, order)).toBe('approved')
    expect(await world.order(order.orderId)).toEqual({ state: 'approved', approvals: 1 })
    expect(world.kicked).toContain(order.orderId)
    expect((await world.history()).at(-1)).toBe('approval done')
    expect(world.told.slice(-2)).toEqual(['submitted 1', 'approved 0'])
    expect(await approving(first, order)).toBe('state-changed')
    expect((await world.history()).at(-1)).toBe('approval refused state-changed')
  })

  test('the refusals come in their order', async () => {
    const order = await world.submitted(requester, [first])
    const late = { at: now.add({ hours: 48 }) }
    const wrong = { digest: '0'.repeat(64), confirmationPassword: 'wrong' }
    expect(await approving(first, { ...order, id: newId(0) }, late)).toBe('approval-unknown')
    expect(await approving(second, order, { ...late, ...wrong })).toBe('not-named')
    expect(await approving(first, order, { ...late, ...wrong })).toBe('deadline-passed')
    expect(await approving(first, order, wrong)).toBe('digest-differs')
    expect(await approving(first, order, { confirmationPassword: 'wrong' })).toBe(
      'confirmation-wrong',
    )
    expect(await approving(first, order, { at: now.add({ hours: 47 }) })).toBe('approved')
  })

  test('joint signer alone: with two in turn, neither the second nor one alone is enough', async () => {
    await world.setPolicy({ bands: double('in-turn') })
    const order = await world.submitted(requester, [first, second])
    expect(await approving(second, order)).toBe('not-your-turn')
    expect(await approving(first, order)).toBe('awaiting')
    expect(await approving(first, order)).toBe('already-approved')
    expect(await world.order(order.orderId)).toEqual({ state: 'awaiting', approvals: 0 })
    expect(await approving(second, order)).toBe('approved')
  })

  test('checker without entry right: approving is a right of its own', async () => {
    expect([...first.rights]).toEqual(['transfers-approve'])
    const order = await world.submitted(requester, [first])
    expect(await approving(first, order)).toBe('approved')
  })

  test('pending flag on the record: the round, its moves and who is missing', async () => {
    await world.setPolicy({ bands: double('any-order') })
    const order = await world.submitted(requester, [first, second])
    await approving(second, order)
    const of = { companyId: world.companyId, orderId: order.orderId }
    const steps = () =>
      db.database.asCompany(world.companyId, (tx) => world.approvals.stepsOf(tx, of))
    expect(await steps()).toMatchObject([
      {
        state: 'awaiting',
        moves: [{ move: 'submit' }, { move: 'approve', by: second.id }],
        missing: [{ need: 1, from: [first.id] }],
      },
    ])
    await back(requester, order, 'recall')
    expect(await steps()).toMatchObject([{ state: 'recalled', missing: [] }])
  })

  test('payload changed after approval: one changed byte is never approved', async () => {
    const order = await world.submitted(requester, [first])
    await db.owner.query(
      `update public.fake_order set canonical = canonical || ' ' where id = $1`,
      [order.orderId],
    )
    expect(await approving(first, order)).toBe('digest-differs')
  })

  test('a failed check of the kind makes it エラー and keeps the reason with its facts', async () => {
    const order = await world.submitted(requester, [first])
    world.kind.refuses = 'over-limit'
    expect(await approving(first, order)).toBe('failed')
    expect(await world.order(order.orderId)).toEqual({ state: 'failed', approvals: 0 })
    const { rows } = await db.owner.query(
      'select reason, reason_facts, ended_by from approvals.approval where id = $1',
      [order.id],
    )
    expect(rows).toEqual([
      { reason: 'over-limit', reason_facts: { level: 'company' }, ended_by: first.id },
    ])
    expect((await world.history()).at(-1)).toBe('approval-failure done')
  })

  test.each([
    ['user-stopped', `update administration.app_user set state = 'stopped-by-administrator'`],
    ['right-missing', 'delete from administration.user_right'],
    ['account-not-allowed', 'delete from administration.user_account'],
    ['over-approver-limit', 'update administration.user_limit set per_order = 999'],
  ])('between 確定 and 承認: %s is refused, and the order still waits', async (why, change) => {
    const approver = await world.user('山田 太郎')
    const order = await world.submitted(requester, [approver])
    const id = change.includes('app_user') ? 'id' : 'user_id'
    await db.owner.query(`${change} where ${id} = $1`, [approver.id])
    expect(await approving(approver, order)).toBe(why)
    expect((await world.order(order.orderId)).state).toBe('awaiting')
    expect(await back(requester, order, 'recall')).toBe('recalled')
  })

  test('one device for two people is no second approval', async () => {
    const shares = await world.user('中村 六郎')
    const order = await world.submitted(requester, [shares])
    world.devices.set(shares.id, world.devices.get(requester.id)!)
    expect(await approving(shares, order)).toBe('token-shared')
    await world.setPolicy({ otherToken: false })
    // The order in flight keeps its route.
    expect(await approving(shares, order)).toBe('token-shared')
    const later = await world.submitted(requester, [shares])
    expect(await approving(shares, later)).toBe('approved')
  })
})

describe('確定', () => {
  const asks = (chosen: readonly User[]) =>
    world.submitted(requester, chosen).then(
      () => 'granted',
      (fault: { outcome: object }) => fault.outcome,
    )

  test('is refused with the name of whom it concerns', async () => {
    expect(await asks([])).toMatchObject({ reason: 'approvers-missing' })
    expect(await asks([first, second])).toMatchObject({ reason: 'approvers-too-many' })
    expect(await asks([requester])).toMatchObject({
      reason: 'approver-not-eligible',
      facts: { approver: '鈴木 次郎', why: 'right-missing' },
    })
    await world.setPolicy({ bands: double('in-turn') })
    expect(await asks([first, first])).toMatchObject({ reason: 'approver-named-twice' })
  })

  test('a group with too few who may is told at once', async () => {
    const groups = [{ name: '部長', members: [first.id, requester.id] }]
    const steps = [{ of: 'group' as const, group: '部長', need: 2 }]
    await world.setPolicy({ groups, bands: [{ ...single[0]!, steps }] })
    expect(await asks([])).toMatchObject({ reason: 'no-approver-available' })
  })

  test('explains itself before, with who may not and why', async () => {
    const summary = { amount: 1000n as never, newPayees: 0, accountKey: '101-ordinary-1234567' }
    const asked = {
      ...{ companyId: world.companyId, business: 'transfers', requester: first.id },
      ...{ summary: { ...summary, paymentDay: Temporal.PlainDate.from('2026-11-30') } },
      reader: first.id,
    } as const
    const said = await db.database.asCompany(world.companyId, (tx) =>
      explain(desk, tx, asked as never),
    )
    expect(said).toMatchObject({
      method: { ja: 'シングル承認' },
      says: { ja: '依頼者が指定する承認者1名の承認が必要です。' },
      you: { why: 'requester-himself' },
    })
    expect(said.steps[0]!.candidates.map(({ name }) => name)).toContain('伊藤 四郎')
  })
})

test('another company sees no row, and may write none', async () => {
  await world.submitted(requester, [first])
  const stranger = newId<'company'>(now.epochMilliseconds)
  for (const table of ['policy', 'approval', 'mark', 'move']) {
    const seen = await db.database.asCompany(stranger, (tx) =>
      sql`select 1 from approvals.${sql.ref(table)}`.execute(tx),
    )
    expect([table, seen.rows]).toEqual([table, []])
  }
  const { companyId } = world
  const writes = db.database.asCompany(stranger, (tx) =>
    sql`insert into approvals.move (company_id, approval_id, move, by_user, at, comment)
      select ${companyId}, ${newId(0)}, 'submit', ${first.id}, now(), ''`.execute(tx),
  )
  await expect(writes).rejects.toThrow(/row-level security/)
  const erases = db.database.asCompany(companyId, (tx) =>
    sql`delete from approvals.move`.execute(tx),
  )
  await expect(erases).rejects.toThrow(/permission denied/)
})

describe('the other moves', () => {
  test('引戻し is the requester’s, 差戻し and 削除 the approvers’; each ends it', async () => {
    for (const [by, move, as] of [
      [requester, 'recall', 'recalled'],
      [first, 'send-back', 'sent-back'],
      [first, 'delete', 'deleted'],
    ] as const) {
      const order = await world.submitted(requester, [first])
      expect(await back(third, order, move)).toBe(
        move === 'recall' ? 'not-your-order' : 'not-named',
      )
      expect(await back(by, order, move)).toBe(as)
      expect((await world.order(order.orderId)).state).toBe(as)
      expect(await back(by, order, move)).toBe('state-changed')
      expect(await approving(first, order)).toBe('state-changed')
    }
  })

  test('a comment is required for 差戻し', async () => {
    const order = await world.submitted(requester, [first])
    const asked = { id: order.id, move: 'send-back', comment: '　 ' } as const
    const outcome = await bringBack(desk, world.visitor(first), asked, came)
    expect(outcome).toMatchObject({ refuse: 'comment-missing' })
  })

  test('承認取消 by who approved, with his password, until the bank begins', async () => {
    const order = await world.submitted(requester, [first])
    const asks = (by: User, confirmationPassword = 'right') =>
      withdraw(desk, world.visitor(by), { id: order.id, comment: '', confirmationPassword }, came)
    expect(await asks(first)).toMatchObject({ refuse: 'state-changed' })
    await approving(first, order)
    expect(await asks(second)).toMatchObject({ refuse: 'not-eligible' })
    world.kind.begun = true
    expect(await asks(first, 'wrong')).toMatchObject({ refuse: 'already-begun' })
    world.kind.begun = false
    expect(await asks(first, 'wrong')).toMatchObject({ refuse: 'confirmation-wrong' })
    expect(await asks(first)).toMatchObject({ approval: { standing: { state: 'withdrawn' } } })
    expect((await world.order(order.orderId)).state).toBe('withdrawn')
  })

  test('the clock reminds once and ends what was left over', async () => {
    const order = await world.submitted(requester, [first])
    const { remind, expireOverdue } = world.approvals
    const before = world.told.filter((one) => one.startsWith('reminder')).length
    await remind(now.add({ hours: 23 }))
    const reminders = () => world.told.filter((one) => one.startsWith('reminder')).length - before
    expect(reminders()).toBe(0)
    const count = await remind(now.add({ hours: 24 }))
    expect([count, reminders()]).toEqual([count, count])
    expect(await remind(now.add({ hours: 25 }))).toBe(0)
    await expireOverdue(now.add({ hours: 48 + 24 * 70 }).subtract({ seconds: 1 }))
    expect((await world.order(order.orderId)).state).toBe('awaiting')
    await expireOverdue(now.add({ hours: 48 + 24 * 70 }))
    expect((await world.order(order.orderId)).state).toBe('expired')
  })

  test('lists show what waits for whom', async () => {
    const order = await world.submitted(requester, [third])
    const lists = (user: User) =>
      db.database.asCompany(world.companyId, (tx) =>
        listsFor(desk, tx, { visitor: world.visitor(user), now }),
      )
    expect((await lists(third)).awaitingYou).toMatchObject([
      { id: order.id, waitsFor: { ja: 'あなたの承認を待っています。' }, deadlineNear: false },
    ])
    expect((await lists(first)).awaitingYou.map(({ id }) => id)).not.toContain(order.id)
    expect((await lists(first)).underWay).toEqual([])
    expect((await lists(requester)).underWay.map(({ id }) => id)).toContain(order.id)
    expect(await world.approvals.unapproved(world.visitor(third), now, 10)).toMatchObject({
      total: 1,
      orders: [{ id: order.id, path: `/approvals/${order.id}` }],
    })
  })
})
