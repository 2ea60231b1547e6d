/** 実行: money leaves once, whole or not at all, wherever a worker dies. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliver, takeAnswers } from './deliveries.ts'
import { carryOut } from './execution.ts'
import { createTransfers } from './index.ts'
import {
  main,
  openingBalance,
  otherPayee,
  ownPayee,
  transferWorld,
  type DraftChanges,
  type TransferWorld,
} from './transfers.fixture.ts'
import type { TransferId } from './transfer.ts'

let world: TransferWorld
beforeAll(async () => {
  world = await transferWorld()
})
afterAll(() => world.close())

async function until(id: TransferId): Promise<string> {
  await carryOut(world.needs, id)
  await deliver(world.needs)
  world.passes({ seconds: 5 })
  await takeAnswers(world.needs)
  return (await world.transfer(id)).state
}
const nothing = () => ({ main: 0n, settlement: 0n })
/** What moved by `work`: out of the account, and into the settlement account. */
async function moved<T>(work: () => Promise<T>) {
  const before = [await world.balance(main), await world.settlement()] as const
  const value = await work()
  const after = [await world.balance(main), await world.settlement()] as const
  return { value, main: after[0] - before[0], settlement: after[1] - before[1] }
}
const own = { account: { ...ownPayee, bankCode: '9999' }, payeeName: 'ｶ)ﾐﾁｼﾙﾍﾞ' } as const

describe('当日扱い', () => {
  test('leaves the account with its fee and is credited at the other bank', async () => {
    const id = await world.order()
    const { value, ...figures } = await moved(() => until(id))
    expect(value).toBe('completed')
    expect(figures).toEqual({ main: -50_605n, settlement: 50_000n })
    const { items, ordered } = await world.transfer(id)
    expect(ordered).toMatchObject({ amount: 50_000n, bankFee: 605n, debit: 50_605n })
    expect(items[0]!.ordered).toMatchObject({ outcome: 'credited' })
    expect(ordered!.receiptNumber).toMatch(/^20261124-\d{8}$/)
  })

  test('to our own payee is credited at once', async () => {
    const id = await world.order({ items: [own] })
    const before = await world.balance(ownPayee)
    const { value, ...figures } = await moved(() => until(id))
    expect(value).toBe('completed')
    expect(figures.settlement).toBe(0n)
    expect((await world.balance(ownPayee)) - before).toBe(50_000n)
  })

  test('先方負担: the payee bears the fee', async () => {
    const id = await world.order({ items: [{ bearer: 'payee-table' }] })
    const { main: out, settlement } = await moved(() => until(id))
    expect({ out, settlement }).toEqual({ out: -50_000n, settlement: 49_395n })
  })

  test('振替 moves between two accounts of the contract, free of charge', async () => {
    const account = {
      bankCode: '9999',
      branchCode: '101',
      kind: 'current',
      number: '7654321',
    } as const
    const items = [{ source: 'own', account, payeeName: '' }] as const
    const id = await world.order({ kind: 'own-transfer', items })
    const { value, main: out } = await moved(() => until(id))
    expect([value, out]).toEqual(['completed', -50_000n])
  })

  test('ten payees leave in one go, or none of them', async () => {
    const items = Array.from({ length: 10 }, (_, at) => ({ payable: String(1_000 + at) }))
    const { main: out } = await moved(async () => until(await world.order({ items })))
    expect(out).toBe(-(10_045n + 10n * 440n))
  })
})

describe('money that cannot be credited', () => {
  test('comes back, and the fee has been earned', async () => {
    const id = await world.order({ items: [{ payable: '49901' }] }) // a sentinel of the simulator
    const { value, ...figures } = await moved(() => until(id))
    expect(value).toBe('returned')
    expect(figures).toEqual({ main: -605n, settlement: 0n })
    expect(world.told).toContain('returned no-such-account')
  })

  test('of some payees makes 一部入金不能', async () => {
    const id = await world.order({ items: [{ payable: '49902' }, { payable: '1000' }] })
    expect(await until(id)).toBe('partly-returned')
  })

  test('comes back from our own unknown account', async () => {
    const account = { ...own.account, number: '9999999' }
    const id = await world.order({ items: [{ account, payeeName: 'ﾀﾞﾚｶ' }] })
    const { value, settlement } = await moved(() => until(id))
    expect([value, settlement]).toEqual(['returned', 0n])
  })
})

test('残高不足: nothing moves, it is said why, and the limits are free again', async () => {
  const id = await world.order({ paymentDay: '2026-11-25', items: [{ payable: '4000000' }] })
  world.passes({ hours: 24 })
  const { value, main: out } = await moved(() => until(id))
  expect([value, out]).toEqual(['not-executed', 0n])
  expect(world.told).toContain('not-executed insufficient-funds')
  const { rows } = await world.db.owner.query(
    'select 1 from administration.limit_reservation where order_id = $1',
    [id],
  )
  expect(rows).toEqual([])
  expect(await world.available()).toBe(await world.balance(main))
})

test('予約扱い waits for the morning of its day', async () => {
  const id = await world.order({ paymentDay: '2026-11-27' })
  await createTransfers(world.needs).carryOutDue()
  expect((await world.transfer(id)).state).toBe('accepted')
  const morning = Temporal.Instant.from('2026-11-26T23:29:59Z') // 08:29:59 in Japan
  world.passes(world.now().until(morning))
  await createTransfers(world.needs).carryOutDue()
  expect((await world.transfer(id)).state).toBe('accepted')
  world.passes({ seconds: 1 })
  await createTransfers(world.needs).carryOutDue()
  expect((await world.transfer(id)).state).toBe('sent')
  expect(world.told).toContain('carried-out')
})

test('what was changed behind our back is not carried out', async () => {
  const id = await world.order({ paymentDay: '2026-11-27' })
  await world.db.owner.query(
    "update transfers.item set payee_name = 'ﾀﾞﾚｶ' where transfer_id = $1",
    [id],
  )
  world.passes({ hours: 1 })
  await world.db.owner.query('update transfers.transfer set due_at = now() where id = $1', [id])
  const { value, ...figures } = await moved(async () => {
    await world.db.owner.query(
      "update transfers.transfer set due_at = '2026-11-24' where id = $1",
      [id],
    )
    return until(id)
  })
  expect(value).toBe('not-executed')
  expect(figures).toEqual(nothing())
  expect((await world.transfer(id)).failure?.reason).toBe('content-changed')
})

test('five workers at once carry it out once', async () => {
  const id = await world.order({ paymentDay: world.now().toString().slice(0, 10) })
  const { main: out } = await moved(() =>
    Promise.all(Array.from({ length: 5 }, () => carryOut(world.needs, id))),
  )
  expect(out).toBe(-50_605n)
  await Promise.all(Array.from({ length: 5 }, () => deliver(world.needs)))
  world.passes({ seconds: 5 })
  await Promise.all(Array.from({ length: 5 }, () => takeAnswers(world.needs)))
  expect((await world.transfer(id)).state).toBe('completed')
})

/** The process dies: nothing after this line happens. */
class Killed extends Error {}

const points = [
  ...['before-begin', 'begun', 'held', 'settled', 'released', 'debited'],
  ...['delivery-claimed', 'message-sent', 'own-payee-posted', 'refunded'],
  ...['answer-noted', 'answer-acknowledged'],
]
const orders: readonly DraftChanges[] = [
  {},
  { items: [own] },
  { items: [{ payable: '39901' }] },
  { items: [own, { payable: '1000' }, { payable: '29903' }] },
]

describe('a worker that dies is followed by another one, and nothing is lost or twice', () => {
  test(
    '200 runs, killed at every step of the way and at several',
    { timeout: 120_000 },
    async () => {
      const dying = await transferWorld()
      let deaths = 0
      const seen = new Set<string>()
      for (let run = 0; run < 200; run += 1) {
        if (dying.now().toZonedDateTimeISO('Asia/Tokyo').hour >= 22) dying.passes({ hours: 10 })
        const id = await dying.order({
          ...orders[run % orders.length],
          paymentDay: dying.now().toZonedDateTimeISO('Asia/Tokyo').toPlainDate().toString(),
          memo: `run ${run}`,
        })
        // Each of the points in turn; later runs die at three of them, one after the other.
        const graves = [points[run % points.length]!]
        if (run >= 100) graves.push(points[(run * 5 + 1) % points.length]!, points[(run * 7) % 12]!)
        const needs = {
          ...dying.needs,
          at: (point: string) => {
            const grave = graves.indexOf(point)
            if (grave < 0) return
            graves.splice(grave, 1)
            seen.add(point)
            deaths += 1
            throw new Killed(point)
          },
        }
        const worker = createTransfers(needs)
        for (let lives = 0; lives < 8; lives += 1) {
          await carryOut(needs, id).catch(ignoreKilled)
          await worker.carryOutDue().catch(ignoreKilled)
          dying.passes({ seconds: 61 }) // its lease ends
        }
        const { state, items } = await dying.transfer(id)
        expect(['completed', 'returned', 'partly-returned']).toContain(state)
        expect(items.some(({ ordered }) => ordered!.outcome === 'waiting')).toBe(false)
        if (run % 10 === 9) await refill(dying)
      }
      expect(deaths).toBeGreaterThan(150)
      expect([...seen].toSorted()).toEqual(
        points.filter((point) => point !== 'released').toSorted(),
      )
      await provesItsBooks(dying)
      await dying.close()
    },
  )
})

function ignoreKilled(fault: unknown): void {
  if (!(fault instanceof Killed)) throw fault
}

async function refill(dying: TransferWorld): Promise<void> {
  await dying.core.post([
    {
      ...{ id: crypto.randomUUID() as never, kind: 'other', amount: 1_000_000n as never },
      ...{ debit: { branchCode: '900', kind: 'current', number: '0000001' }, credit: main },
      bookedOn: dying.now().toZonedDateTimeISO('Asia/Tokyo').toPlainDate(),
      valueOn: dying.now().toZonedDateTimeISO('Asia/Tokyo').toPlainDate(),
      ...{ debitParticulars: { description: '' }, creditParticulars: { description: '' } },
    },
  ])
}

/** Every yen that left is a credited amount or an earned fee; the other banks have what we owe. */
async function provesItsBooks(dying: TransferWorld): Promise<void> {
  const { rows } = await dying.db.owner.query<{ credited: bigint; own: bigint; fees: bigint }>(`
    select coalesce(sum(amount) filter (where outcome = 'credited'), 0)::bigint as credited,
      coalesce(sum(amount) filter (where outcome = 'credited' and account like '9999%'), 0)::bigint
        as own,
      sum(bank_fee)::bigint as fees from transfers.item`)
  const {
    credited,
    own: ours,
    fees,
  } = Object.fromEntries(
    Object.entries(rows[0]!).map(([name, value]) => [name, BigInt(value)]),
  ) as { credited: bigint; own: bigint; fees: bigint }
  const paidIn = openingBalance + 20n * 1_000_000n
  expect(paidIn - (await dying.balance(main))).toBe(credited + fees)
  expect(await dying.settlement()).toBe(credited - ours)
  expect(await dying.balance(ownPayee)).toBe(ours)
  expect(await dying.available()).toBe(await dying.balance(main)) // no hold is left
  expect(await dying.core.books.mistakes()).toEqual([])
  const received = await dying.db.owner.query<{ sum: string }>(
    `select coalesce(sum(balance), 0)::text as sum from zengin_net.account
      where bank_code = '${otherPayee.bankCode}'`,
  )
  expect(BigInt(received.rows[0]!.sum)).toBe(credited - ours)
}
