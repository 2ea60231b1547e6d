/** 予約取消: until 00:00 of the day, by its requester, and never beside an execution. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { cancelTransfer } from './cancelling.ts'
import { carryOut } from './execution.ts'
import { reservedFor, saved, somebodyElse, unexplainedCounters } from './ordering.fixture.ts'
import {
  main,
  openingBalance,
  origin,
  transferWorld,
  type TransferWorld,
} from './transfers.fixture.ts'
import type { TransferId } from './transfer.ts'

let world: TransferWorld
beforeAll(async () => {
  world = await transferWorld()
})
afterAll(() => world?.close())

const booked = { paymentDay: '2026-11-25' } as const
const midnight = Temporal.Instant.from('2026-11-25T00:00:00+09:00')
async function cancelled(id: TransferId, now = world.now(), visitor = world.visitor) {
  const outcome = await cancelTransfer(
    world.needs,
    visitor,
    { id, came: { now, origin } },
    async () => {},
  )
  return outcome.granted ? 'granted' : outcome.reason
}

test('until the last moment before the day, and not from its first on', async () => {
  const [early, late] = [await world.order(booked), await world.order(booked)]
  expect(await cancelled(early, midnight.subtract({ milliseconds: 1 }))).toBe('granted')
  expect(await cancelled(late, midnight)).toBe('day-has-begun')
  expect((await world.transfer(early)).state).toBe('cancelled')
  expect((await world.transfer(late)).state).toBe('accepted')
  expect(await reservedFor(world, early)).toEqual([])
  expect(await reservedFor(world, late)).toHaveLength(6)
  expect(world.told).toContain('cancelled')
})

test('refused in order: unknown, somebody else’s, the wrong state', async () => {
  const colleague = await somebodyElse(world, 'same-company')
  const stranger = await somebodyElse(world, 'another-company')
  const id = await world.order(booked)
  expect(await cancelled(newId<'order'>(1))).toBe('transfer-unknown')
  expect(await cancelled(id, world.now(), stranger)).toBe('transfer-unknown')
  expect(await cancelled(id, midnight, colleague)).toBe('not-your-order')
  expect(await cancelled(await saved(world, booked))).toBe('state-changed')
  expect(await cancelled(await world.order())).toBe('state-changed') // 当日扱い
  expect(await cancelled(id)).toBe('granted')
  expect(await cancelled(id)).toBe('state-changed')
})

test('against the execution: one of the two wins, sixty times', { timeout: 60_000 }, async () => {
  const wins = { cancelled: 0, executed: 0 }
  const before = await world.balance(main)
  for (let round = 0; round < 60; round += 1) {
    const id = await world.order({ ...booked, items: [{ payable: '1000' }] })
    await world.db.owner.query(
      "update transfers.transfer set due_at = '2026-11-24' where id = $1",
      [id],
    )
    const pause = (milliseconds: number) =>
      new Promise((then) => setTimeout(then, round < 20 ? 0 : milliseconds))
    const [answer] = await Promise.all([
      pause(round % 3).then(() => cancelled(id)),
      pause((round >> 1) % 3).then(() => carryOut(world.needs, id)),
    ])
    const { state } = await world.transfer(id)
    expect([answer, state]).toEqual(
      answer === 'granted' ? ['granted', 'cancelled'] : ['state-changed', 'sent'],
    )
    wins[answer === 'granted' ? 'cancelled' : 'executed'] += 1
  }
  expect(wins.cancelled + wins.executed).toBe(60)
  expect(before - (await world.balance(main))).toBe(BigInt(wins.executed) * 1_440n)
  expect(await world.available()).toBe(await world.balance(main))
  expect(await world.balance(main)).toBeLessThanOrEqual(openingBalance)
  expect(await world.core.books.mistakes()).toEqual([])
  expect(await unexplainedCounters(world)).toEqual([])
})

test('a worker that comes back after its lease does not end what another one has paid', async () => {
  const id = await world.order({ items: [{ payable: '2000' }] })
  const poor = {
    ...world.needs,
    core: {
      ...world.needs.core,
      // It is told that there is no money, sleeps, and meanwhile the order is carried out.
      hold: async () => {
        world.passes({ seconds: 61 })
        await carryOut({ ...world.needs, at: dieAfterSettling }, id).catch(() => {})
        return { granted: false, reason: 'insufficient-funds' } as const
      },
    },
  }
  const before = await world.balance(main)
  await carryOut(poor, id)
  expect((await world.transfer(id)).state).toBe('executing')
  world.passes({ seconds: 61 })
  await carryOut(world.needs, id)
  expect((await world.transfer(id)).state).toBe('sent')
  expect(before - (await world.balance(main))).toBe(2_440n)
})

function dieAfterSettling(point: string): void {
  if (point === 'settled') throw new Error('dies')
}
