/**
 * Whatever is asked of the ledger, and in whatever order, it answers as the model does and its
 * books stay right: sums, floors, running balances, line numbers.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ModelBooks } from './books.model.ts'
import {
  freshId,
  resultOf,
  testLedger,
  today,
  transfer,
  type TestLedger,
} from './ledger.fixture.ts'
import type { Group, Transfer } from './transfer.ts'

let books: TestLedger
beforeAll(async () => {
  books = await testLedger()
})
afterAll(() => books.close())

/** Places: 0 an internal account, 1 with an overdraft, 2 and 3 ordinary, 4 closed, 5 nobody's. */
const floors = [null, -500n, 0n, 0n, 0n]
const closedPlace = 4

interface Wish {
  readonly debit: number
  readonly credit: number
  readonly amount: number
  readonly day: number
  readonly repeats: number | null // which earlier transfer is asked for again
  readonly settles: number | null // which hold it names
}
type Step =
  | { readonly act: 'post'; readonly groups: readonly (readonly Wish[])[] }
  | {
      readonly act: 'hold'
      readonly account: number
      readonly amount: number
      readonly repeats: number | null
    }
  | { readonly act: 'release'; readonly hold: number }

const rarely = (max: number) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(max) })
const place = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4, max: 5 }) },
)
const wish: fc.Arbitrary<Wish> = fc.record({
  debit: place,
  credit: place,
  amount: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 400 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  day: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -1, max: 2 }) },
  ),
  repeats: rarely(30),
  settles: rarely(6),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('post' as const),
      groups: fc.array(fc.array(wish, { minLength: 0, maxLength: 4 }), {
        minLength: 1,
        maxLength: 8,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('hold' as const),
      account: place,
      amount: fc.integer({ min: 0, max: 300 }),
      repeats: rarely(6),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('release' as const), hold: fc.nat(7) }),
  },
)

let run = 0n

async function prepare() {
  const first = (run += 1n) * 1_000_000n
  const accounts = [...floors.map((_, index) => first + BigInt(index)), first + 5n]
  const model = new ModelBooks()
  for (const [index, floor] of floors.entries()) {
    const id = accounts[index]!
    // oxlint-disable-next-line no-await-in-loop -- five of them
    await books.ledger.openAccount({ id, currency: 'JPY', floor })
    model.open(id, floor)
  }
  await books.ledger.closeAccount(accounts[closedPlace]!)
  model.account(accounts[closedPlace]!).closed = true
  return { accounts, model }
}

test('any sequence of posts, groups, repeats, holds, settles and releases', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const { accounts, model } = await prepare()
      const past: Transfer[] = []
      const holds: string[] = []
      const holdAt = (index: number) => holds[index % (holds.length + 1)] ?? freshId()

      const transferOf = (wanted: Wish): Transfer => {
        const before =
          wanted.repeats === null ? undefined : past[wanted.repeats % (past.length + 1)]
        const made = transfer({
          debit: accounts[wanted.debit]!,
          credit: accounts[wanted.credit]!,
          amount: BigInt(wanted.amount),
          bookedOn: today.add({ days: wanted.day }),
          ...(wanted.settles === null ? {} : { settles: holdAt(wanted.settles) }),
        })
        // Half of the repeats are exact, half use the id for something else.
        const chosen =
          before === undefined ? made : wanted.amount % 2 ? before : { ...made, id: before.id }
        past.push(chosen)
        return chosen
      }

      for (const next of steps) {
        if (next.act === 'post') {
          const groups: Group[] = next.groups.map((wishes) => wishes.map(transferOf))
          const outcomes = await books.ledger.postAll(groups)
          expect(outcomes.map(resultOf)).toEqual(groups.map((group) => model.post(group)))
        } else if (next.act === 'hold') {
          const id = next.repeats === null ? freshId() : holdAt(next.repeats)
          holds.push(id)
          const account = accounts[next.account]!
          const hold = { id, account, amount: BigInt(next.amount), expiresAt: null }
          expect(resultOf(await books.ledger.hold(hold))).toBe(model.hold(hold))
        } else {
          const id = holdAt(next.hold)
          expect(releaseResult(await books.ledger.release(id))).toBe(released(model.release(id)))
        }
      }

      const states = await books.ledger.accounts(accounts.slice(0, 5), today)
      let sum = 0n
      for (const [index, state] of states.entries()) {
        const { balance, held } = model.account(accounts[index]!)
        expect(state).toMatchObject({ balance, held })
        sum += balance
      }
      expect(sum).toBe(0n)
    }),
    { numRuns: 60 },
  )
  expect(await books.ledger.mistakes()).toEqual([])
}, 60_000)

test('callers at once: singles, groups, batches, holds, days closing, two processes, no deadlock', async () => {
  const { openLedger } = await import('./ledger.ts')
  const { systemClock } = await import('#outside/clock/system.ts')
  const other = openLedger({ address: books.db.address, clock: systemClock })
  const accounts: bigint[] = []
  for (let index = 0; index < 12; index++) accounts.push(await books.account(10_000n))
  const before = await total(accounts)
  const random = (max: number) => Math.floor(Math.random() * max)
  const any = () => {
    const debit = random(accounts.length)
    const credit = (debit + 1 + random(accounts.length - 1)) % accounts.length
    const amount = BigInt(1 + random(2_000))
    return transfer({ debit: accounts[debit]!, credit: accounts[credit]!, amount })
  }

  const caller = async (turns: number) => {
    for (let turn = 0; turn < turns; turn++) {
      const ledger = turn % 2 ? books.ledger : other
      const kind = random(5)
      if (kind === 0) await ledger.post([any(), any(), any()])
      else if (kind === 1) await ledger.postAll(Array.from({ length: 200 }, () => [any()]))
      else if (kind === 2) {
        const payment = any()
        await Promise.all([books.ledger.post([payment]), other.post([payment])])
      } else if (kind === 3) {
        const payment = { ...any(), settles: freshId() }
        const { settles: id, debit: account, amount } = payment
        await ledger.hold({ id, account, amount, expiresAt: null })
        await (random(2) ? ledger.post([payment]) : ledger.release(id))
      } else await ledger.post([any()])
    }
  }
  const closer = async () => {
    for (let days = 30; days > 20; days--) {
      await other.closeDay(today.subtract({ days }))
      await books.ledger.expireHolds()
    }
  }
  await Promise.all([closer(), ...Array.from({ length: 24 }, () => caller(20))])

  await other.close()
  const { rows } = await books.db.owner.query<{ deadlocks: bigint }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  expect(rows).toEqual([{ deadlocks: 0n }])
  expect(await total(accounts)).toBe(before)
  expect(await books.ledger.mistakes()).toEqual([])
}, 60_000)

async function total(accounts: readonly bigint[]): Promise<bigint> {
  const states = await books.ledger.accounts(accounts, today)
  return states.reduce((sum, state) => sum + state!.balance, 0n)
}

const releaseResult = (outcome: Awaited<ReturnType<TestLedger['ledger']['release']>>) =>
  outcome.granted ? 'released' : outcome.reason
const released = (result: string) =>
  result === 'posted' || result === 'repeated' ? 'released' : result
