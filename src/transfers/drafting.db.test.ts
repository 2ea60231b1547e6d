/** 作成: stored, changed, deleted and copied by its owner; unseen by other companies; not for ever. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import type { Right } from '#kit/rights.ts'
import type { Visitor } from '#kit/visitor.ts'
import { yen } from '#kit/yen.ts'
import { changeDraft, copyTransfer, deleteDraft, saveDraft } from './drafting.ts'
import { countEditable, listed } from './lists-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { saved, somebodyElse } from './ordering.fixture.ts'
import { expireDrafts } from './stale.ts'
import {
  origin,
  otherPayee,
  transferWorld,
  type DraftChanges,
  type TransferWorld,
} from './transfers.fixture.ts'
import { transferById } from './transfers-store.ts'
import type { TransferId } from './transfer.ts'

const payeeId = newId<'payee'>(1)
let world: TransferWorld
let colleague: Visitor
let stranger: Visitor
let registered = true
beforeAll(async () => {
  world = await transferWorld({
    payees: {
      byIds: async () => (registered ? [payee] : []),
      transferMade: async () => {},
    } as unknown as TransfersNeeds['payees'],
  })
  colleague = await somebodyElse(world, 'same-company')
  stranger = await somebodyElse(world, 'another-company')
})
afterAll(() => world?.close())

const payee = { id: payeeId, account: otherPayee, nameKana: 'ｶ)ﾐﾅﾄ', label: '港', number: null }
const ofPayee = { source: 'payee', payeeId } as const
const came = () => ({ now: world.now(), origin })
const only = (visitor: Visitor, ...rights: readonly Right[]) => ({
  ...visitor,
  rights: new Set(rights),
})
async function changed(id: TransferId, changes: DraftChanges, visitor = world.visitor) {
  const draft = world.draft(changes)
  const outcome = await changeDraft(world.needs, visitor, { id, draft, came: came() })
  return outcome.granted ? 'granted' : outcome.reason
}
async function deleted(id: TransferId, visitor = world.visitor) {
  const outcome = await deleteDraft(world.needs, visitor, { id, came: came() })
  return outcome.granted ? 'granted' : outcome.reason
}
const steps = async (id: TransferId) =>
  (
    await world.db.owner.query<{ step: string }>(
      'select step from transfers.step where transfer_id = $1 order by sequence',
      [id],
    )
  ).rows.map(({ step }) => step)

describe('a draft', () => {
  test('is stored as it was read, named after its day, changed and deleted', async () => {
    const id = await saved(world, { items: [{ payeeName: 'カ）ミナト' }, { payable: '7' }] })
    expect(await world.transfer(id)).toMatchObject({
      ...{ state: 'draft', name: '11月24日作成分', payable: 50_007n, ordered: null },
      items: [{ payeeName: 'ｶ)ﾐﾅﾄ', bankName: 'となり銀行' }, { payable: 7n }],
    })
    expect(await changed(id, { name: '家賃', items: [{ payable: '9' }] })).toBe('granted')
    expect(await world.transfer(id)).toMatchObject({
      ...{ name: '家賃', payable: 9n },
      items: [{ payable: 9n }],
    })
    expect(await deleted(id)).toBe('granted')
    expect((await world.transfer(id)).state).toBe('deleted')
    expect(await steps(id)).toEqual(['entered', 'changed', 'deleted'])
    expect([await changed(id, {}), await deleted(id)]).toEqual(['state-changed', 'state-changed'])
  })

  test('is refused whole: what was stored stays', async () => {
    const id = await saved(world)
    expect(await changed(id, { items: [{ payable: '0' }] })).toBe('draft-refused')
    expect((await world.transfer(id)).payable).toBe(50_000n)
    const draft = world.draft({ items: [{}, { payeeName: '港' }] })
    const asked = { draft, came: came() }
    expect(await saveDraft(world.needs, world.visitor, asked, async () => {})).toEqual({
      ...{ granted: false, reason: 'draft-refused' },
      faults: [{ path: 'items.1.payeeName', code: 'name-not-permitted' }],
    })
  })

  test('needs the right of its payees', async () => {
    const filedOnly = only(world.visitor, 'transfers-request-registered')
    const asked = { draft: world.draft(), came: came() }
    const outcome = await saveDraft(world.needs, filedOnly, asked, async () => {})
    expect(outcome).toEqual({ granted: false, reason: 'request-right-missing' })
  })

  test('is its owner’s: unknown to others, refused to colleagues', async () => {
    const id = await saved(world)
    expect(await changed(id, {}, colleague)).toBe('not-your-order')
    expect(await deleted(id, colleague)).toBe('not-your-order')
    expect(await deleted(id, stranger)).toBe('transfer-unknown')
    expect(await deleted(newId<'order'>(1))).toBe('transfer-unknown')
  })

  test('of an answer that fails is not kept', async () => {
    const count = () =>
      world.needs.database.asCompany(world.companyId, (tx) => countEditable(tx, world.visitor))
    const before = await count()
    const asked = { draft: world.draft(), came: came() }
    const fails = saveDraft(world.needs, world.visitor, asked, () =>
      Promise.reject(new Error('no')),
    )
    await expect(fails).rejects.toThrow('no')
    expect(await count()).toBe(before)
  })
})

test('another company sees nothing of it, whatever it asks', async () => {
  const id = await world.order({ paymentDay: '2026-11-25' })
  const { companyId } = world
  await world.needs.database.asCompany(stranger.companyId, async (tx) => {
    expect(await transferById(tx, { companyId, id })).toBe(null)
    const everything = { of: null, states: null, from: null, to: null, accountKey: null }
    const asked = { companyId, show: 'all', text: null, after: null, limit: 9 } as const
    expect(await listed(tx, { ...everything, ...asked })).toEqual([])
    expect(await countEditable(tx, world.visitor)).toBe(0)
  })
  const { rows } = await world.db.owner.query<{ relname: string }>(
    `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where nspname = 'transfers' and relkind = 'r' and not relrowsecurity`,
  )
  expect(rows).toEqual([])
})

describe('a copy', () => {
  const day = Temporal.PlainDate.from('2026-11-26')
  async function copied(source: TransferId, visitor = world.visitor) {
    const asked = { source: await world.transfer(source), day, came: came() }
    return copyTransfer(world.needs, visitor, asked, async () => {})
  }

  test('has the same payees and amounts, on the day asked', async () => {
    const source = await world.order({ items: [{ payable: '11' }, { ...ofPayee, payable: '12' }] })
    const copy = await copied(source)
    if (!copy.granted) throw new Error(copy.reason)
    expect(copy.value.leftOut).toBe(0)
    const { items, state, paymentDay } = await world.transfer(copy.value.id)
    expect(state).toBe('draft')
    expect(paymentDay.toString()).toBe('2026-11-26')
    expect(items.map(({ payable, ordered }) => [payable, ordered])).toEqual([
      [yen(11), null],
      [yen(12), null],
    ])
  })

  test('leaves out and counts who is no longer registered; of nobody there is none', async () => {
    const source = await world.order({ items: [{ payable: '11' }, { ...ofPayee, payable: '12' }] })
    const alone = await world.order({ items: [{ ...ofPayee, payable: '13' }] })
    registered = false
    const copy = await copied(source)
    if (!copy.granted) throw new Error(copy.reason)
    expect(copy.value.leftOut).toBe(1)
    expect((await world.transfer(copy.value.id)).payable).toBe(11n)
    expect(await copied(alone)).toEqual({ granted: false, reason: 'nothing-to-copy' })
    registered = true
    const filedOnly = only(world.visitor, 'transfers-request-registered')
    expect(await copied(source, filedOnly)).toEqual({
      granted: false,
      reason: 'request-right-missing',
    })
  })
})

test('有効期限切れ: after seventy days untouched, and not a moment before', async () => {
  const id = await saved(world, { paymentDay: '2026-11-30' })
  const ordered = await world.order({ paymentDay: '2026-11-30' })
  const untouched = (await world.transfer(id)).changedAt
  const needs = (at: Temporal.Instant) => ({ ...world.needs, clock: { now: () => at } })
  const limit = untouched.add({ hours: 24 * 70 })
  await expireDrafts(needs(limit))
  expect((await world.transfer(id)).state).toBe('draft')
  await expireDrafts(needs(limit.add({ milliseconds: 1 })))
  expect(await world.transfer(id)).toMatchObject({ state: 'expired', ordered: null })
  expect(await steps(id)).toEqual(['entered', 'expired'])
  expect((await world.transfer(ordered)).state).toBe('accepted')
})
