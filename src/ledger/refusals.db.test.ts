/**
 * What the ledger refuses. In the table each row satisfies every earlier check and breaks every
 * later one that it can, so it fixes the published order as well.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  freshId,
  resultOf,
  testLedger,
  today,
  transfer,
  treasury,
  yesterday,
  type TestLedger,
} from './ledger.fixture.ts'
import type { Transfer } from './transfer.ts'

let books: TestLedger
let rich: bigint // has 1,000 and a line of today
let closed: bigint
let used: Transfer // an id that was used before
const holds = { settled: freshId(), released: freshId(), pending: freshId(), expired: freshId() }
const unknown = 999_999n

beforeAll(async () => {
  books = await testLedger()
  const { ledger } = books
  rich = await books.account(1_000n)
  used = transfer({ debit: rich, credit: treasury, amount: 1n })
  await ledger.post([used])
  closed = await books.account()
  await ledger.closeAccount(closed)
  for (const id of [holds.settled, holds.released, holds.pending]) {
    await ledger.hold({ id, account: rich, amount: 100n, expiresAt: null })
  }
  const past = Temporal.Instant.from('2026-11-21T00:00:00Z')
  await ledger.hold({ id: holds.expired, account: rich, amount: 1n, expiresAt: past })
  await ledger.post([
    transfer({ debit: rich, amount: 100n, credit: treasury, settles: holds.settled }),
  ])
  await ledger.release(holds.released)
})
afterAll(() => books.close())

describe('a transfer is refused as', () => {
  const cases: readonly [string, () => Partial<Transfer>][] = [
    [
      'same-account-on-both-sides',
      () => ({ id: used.id, debit: unknown, credit: unknown, amount: 0n, settles: freshId() }),
    ],
    [
      'amount-not-positive',
      () => ({ id: used.id, debit: unknown, amount: 0n, settles: freshId() }),
    ],
    ['amount-not-positive', () => ({ debit: rich, credit: treasury, amount: -1n })],
    [
      'id-used-for-something-else',
      () => ({ id: used.id, debit: unknown, credit: closed, settles: freshId() }),
    ],
    [
      'unknown-account',
      () => ({ debit: unknown, credit: closed, bookedOn: yesterday, settles: freshId() }),
    ],
    ['unknown-account', () => ({ debit: closed, credit: unknown, settles: freshId() })],
    ['account-closed', () => ({ debit: closed, credit: rich, bookedOn: yesterday })],
    ['account-closed', () => ({ debit: rich, credit: closed, bookedOn: yesterday })],
    [
      'booked-before-last-line',
      () => ({ debit: rich, credit: treasury, bookedOn: yesterday, settles: freshId() }),
    ],
    ['unknown-hold', () => ({ debit: rich, credit: treasury, amount: 9_999n, settles: freshId() })],
    // The hold is another account's: to this one it is unknown.
    ['unknown-hold', () => ({ debit: treasury, credit: rich, settles: holds.pending })],
    [
      'hold-already-settled',
      () => ({ debit: rich, credit: treasury, amount: 9_999n, settles: holds.settled }),
    ],
    [
      'hold-already-released',
      () => ({ debit: rich, credit: treasury, amount: 9_999n, settles: holds.released }),
    ],
    ['hold-already-released', () => ({ debit: rich, credit: treasury, settles: holds.expired })],
    [
      'over-held-amount',
      () => ({ debit: rich, credit: treasury, amount: 101n, settles: holds.pending }),
    ],
    ['insufficient-funds', () => ({ debit: rich, credit: treasury, amount: 9_999n })],
  ]
  test.for(cases)('%s', async ([reason, spoiled]) => {
    const before = await books.state(rich)
    expect(await books.post(spoiled())).toBe(reason)
    expect(await books.state(rich)).toEqual(before)
  })

  test('every content that differs from the first use of an id', async () => {
    const first = transfer({ debit: rich, credit: treasury, amount: 2n })
    await books.ledger.post([first])
    const changes: Partial<Transfer>[] = [
      { amount: 3n },
      { debit: treasury, credit: rich },
      { kind: 14 },
      { bookedOn: today.add({ days: 1 }) },
      { valueOn: today.add({ days: 1 }) },
      { debitMemo: '別' },
      { creditMemo: '別' },
      { settles: holds.pending },
    ]
    for (const change of changes) {
      expect(await books.post({ ...first, ...change })).toBe('id-used-for-something-else')
    }
    expect(await books.post(first)).toBe('repeated')
  })

  test('group-is-empty, when there is nothing in it', async () => {
    expect(resultOf(await books.ledger.post([]))).toBe('group-is-empty')
  })
})

describe('money', () => {
  test.for([
    ['may be spent to the last yen', 500n, 0n, 500n, 'posted'],
    ['may not go one yen below zero', 500n, 0n, 501n, 'insufficient-funds'],
    ['may go down to the overdraft limit', 500n, -300n, 800n, 'posted'],
    ['may not go one yen beyond the overdraft limit', 500n, -300n, 801n, 'insufficient-funds'],
    ['may go anywhere on an internal account', 0n, null, 99_999_999_999_999n, 'posted'],
  ] as const)('%s', async ([, money, floor, amount, result]) => {
    const account = await books.account(money, floor)
    expect(await books.post({ debit: account, credit: treasury, amount })).toBe(result)
  })

  test.for([
    ['is available beside a hold', 400n, 'posted'],
    ['is not available twice', 401n, 'insufficient-funds'],
  ] as const)('%s', async ([, amount, result]) => {
    const account = await books.account(500n)
    await books.ledger.hold({ id: freshId(), account, amount: 100n, expiresAt: null })
    expect(await books.post({ debit: account, credit: treasury, amount })).toBe(result)
  })
})

describe('a 勘定日', () => {
  test('may repeat and go forward, and never back, on either side', async () => {
    const account = await books.account(100n, 0n, yesterday)
    const other = await books.account(100n, 0n, yesterday)
    const post = (bookedOn: Temporal.PlainDate) =>
      books.post({ debit: account, credit: other, bookedOn })
    expect(await post(yesterday)).toBe('posted')
    expect(await post(yesterday.subtract({ days: 1 }))).toBe('booked-before-last-line')
    expect(await post(today)).toBe('posted')
    expect(await post(yesterday)).toBe('booked-before-last-line')
  })
})

describe('a hold is refused as', () => {
  test.for([
    ['amount-not-positive', () => ({ id: holds.pending, account: unknown, amount: 0n })],
    ['id-used-for-something-else', () => ({ id: holds.pending, account: unknown, amount: 100n })],
    ['unknown-account', () => ({ account: unknown, amount: 9_999n })],
    ['account-closed', () => ({ account: closed, amount: 9_999n })],
    ['insufficient-funds', () => ({ account: rich, amount: 9_999n })],
  ] as const)('%s', async ([reason, spoiled]) => {
    const outcome = await books.ledger.hold({ id: freshId(), expiresAt: null, ...spoiled() })
    expect(resultOf(outcome)).toBe(reason)
  })

  test.for([
    ['up to the last yen it is made', 500n, 'posted'],
    ['one yen more is too much', 501n, 'insufficient-funds'],
  ] as const)('%s', async ([, amount, result]) => {
    const account = await books.account(500n)
    const hold = { id: freshId(), account, amount, expiresAt: null }
    expect(resultOf(await books.ledger.hold(hold))).toBe(result)
  })
})
