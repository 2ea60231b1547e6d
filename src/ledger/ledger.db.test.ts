/** What the ledger does with what it accepts: groups, holds, repeats, days, and who may write. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#outside/clock/system.ts'
import { openLedger } from './ledger.ts'
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

let books: TestLedger
beforeAll(async () => {
  books = await testLedger()
})
afterAll(async () => {
  expect(await books.ledger.mistakes()).toEqual([])
  await books.close()
})

describe('a group', () => {
  test('is posted whole, and its lines know that they belong together', async () => {
    const [a, b] = [await books.account(100n), await books.account()]
    const group = [
      transfer({ debit: a, credit: b, amount: 60n }),
      transfer({ debit: b, credit: treasury, amount: 50n }),
    ]
    expect(resultOf(await books.ledger.post(group))).toBe('posted')
    expect((await books.state(b)).balance).toBe(10n)
    const { rows } = await books.db.owner.query(
      'select distinct group_id from ledger.transfer where debit_account in ($1, $2)',
      [a, b],
    )
    expect(rows).toEqual([{ group_id: group[0]!.id }])
  })

  test('leaves nothing behind when its last transfer is refused, and its neighbours alone', async () => {
    const [a, b] = [await books.account(100n), await books.account()]
    const good = () => [transfer({ debit: a, credit: b, amount: 10n })]
    const bad = [
      transfer({ debit: a, credit: b, amount: 50n }),
      transfer({ debit: b, credit: treasury, amount: 9_999n }),
    ]
    const outcomes = await books.ledger.postAll([good(), bad, good()])
    expect(outcomes.map(resultOf)).toEqual(['posted', 'insufficient-funds', 'posted'])
    expect(await books.state(a)).toMatchObject({ balance: 80n })
    expect(await books.state(b)).toMatchObject({ balance: 20n })
  })

  test('repeats as a whole; with one new member it is something else', async () => {
    const a = await books.account(100n)
    const group = [
      transfer({ debit: a, credit: treasury, amount: 1n }),
      transfer({ debit: a, credit: treasury, amount: 2n }),
    ]
    const answers = []
    for (const again of [group, group, group.slice(0, 1), [...group, transfer({ credit: a })]]) {
      answers.push(resultOf(await books.ledger.post(again)))
    }
    expect(answers).toEqual(['posted', 'repeated', 'repeated', 'id-used-for-something-else'])
    expect((await books.state(a)).balance).toBe(97n)
  })

  test('that names one id twice is refused', async () => {
    const twice = transfer({ credit: await books.account() })
    expect(resultOf(await books.ledger.post([twice, twice]))).toBe('id-used-for-something-else')
  })
})

describe('the same transfer twice in one batch', () => {
  test('moves the money once', async () => {
    const a = await books.account(100n)
    const payment = transfer({ debit: a, credit: treasury, amount: 70n })
    const outcomes = await books.ledger.postAll([
      [payment],
      [payment],
      [{ ...payment, amount: 1n }],
    ])
    expect(outcomes.map(resultOf)).toEqual(['posted', 'repeated', 'id-used-for-something-else'])
    expect((await books.state(a)).balance).toBe(30n)
  })

  test('gets another chance when the first was refused', async () => {
    const a = await books.account()
    const payment = transfer({ debit: a, credit: treasury, amount: 70n })
    const funding = transfer({ credit: a, amount: 70n })
    const outcomes = await books.ledger.postAll([[payment], [funding], [payment]])
    expect(outcomes.map(resultOf)).toEqual(['insufficient-funds', 'posted', 'posted'])
  })
})

describe('a hold', () => {
  test('lowers what is available; settling books it and gives the rest back', async () => {
    const account = await books.account(1_000n)
    const id = freshId()
    const hold = { id, account, amount: 600n, expiresAt: null }
    expect(resultOf(await books.ledger.hold(hold))).toBe('posted')
    expect(resultOf(await books.ledger.hold(hold))).toBe('repeated')
    expect(await books.state(account)).toMatchObject({ balance: 1_000n, held: 600n })

    const payment = transfer({ debit: account, credit: treasury, amount: 550n, settles: id })
    expect(resultOf(await books.ledger.post([payment]))).toBe('posted')
    expect(resultOf(await books.ledger.post([payment]))).toBe('repeated')
    expect(await books.state(account)).toMatchObject({ balance: 450n, held: 0n })
    expect(await books.ledger.release(id)).toEqual({
      granted: false,
      reason: 'hold-already-settled',
    })
  })

  test('is settled once, also by two transfers of one group or batch', async () => {
    const account = await books.account(1_000n)
    const id = freshId()
    await books.ledger.hold({ id, account, amount: 600n, expiresAt: null })
    const settle = () => transfer({ debit: account, credit: treasury, amount: 1n, settles: id })
    expect(resultOf(await books.ledger.post([settle(), settle()]))).toBe('hold-already-settled')
    expect(await books.state(account)).toMatchObject({ balance: 1_000n, held: 600n })
    const outcomes = await books.ledger.postAll([[settle()], [settle()]])
    expect(outcomes.map(resultOf)).toEqual(['posted', 'hold-already-settled'])
  })

  test('is as it was when its group fails, also for the next group of the batch', async () => {
    const account = await books.account(1_000n)
    const id = freshId()
    await books.ledger.hold({ id, account, amount: 600n, expiresAt: null })
    const settle = () => transfer({ debit: account, credit: treasury, amount: 600n, settles: id })
    const tooMuch = transfer({ debit: account, credit: treasury, amount: 401n })
    const outcomes = await books.ledger.postAll([[settle(), tooMuch], [tooMuch], [settle()]])
    expect(outcomes.map(resultOf)).toEqual(['insufficient-funds', 'insufficient-funds', 'posted'])
    expect(await books.state(account)).toMatchObject({ balance: 400n, held: 0n })
  })

  test('leaves its remainder to its own group, whoever else pays at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const account = await books.account(1_000n)
      const id = freshId()
      await books.ledger.hold({ id, account, amount: 1_000n, expiresAt: null })
      const payment = transfer({ debit: account, credit: treasury, amount: 670n, settles: id })
      const fee = transfer({ debit: account, credit: treasury, amount: 330n })
      const greedy = () => transfer({ debit: account, credit: treasury, amount: 330n })
      const others = () => Array.from({ length: 5 }, () => books.ledger.post([greedy()]))
      const [settled, ...refusals] = await Promise.all([
        books.ledger.post([payment, fee]),
        ...others(),
        ...others(),
      ])
      expect(resultOf(settled)).toBe('posted')
      expect(new Set(refusals.map(resultOf))).toEqual(new Set(['insufficient-funds']))
      expect(await books.state(account)).toMatchObject({ balance: 0n, held: 0n })
      expect(resultOf(await books.ledger.post([payment, fee]))).toBe('repeated')
    }
  })

  test('leaves its remainder to its own group, before another process too', async () => {
    const other = openLedger({ address: books.db.address, clock: systemClock })
    for (let round = 0; round < 20; round++) {
      const account = await books.account(1_000n)
      const id = freshId()
      await books.ledger.hold({ id, account, amount: 1_000n, expiresAt: null })
      const payment = transfer({ debit: account, credit: treasury, amount: 1n, settles: id })
      const rest = transfer({ debit: account, credit: treasury, amount: 999n })
      const greedy = Array.from({ length: 4 }, () =>
        other.post([transfer({ debit: account, credit: treasury, amount: 1n })]),
      )
      const [settled, ...refusals] = await Promise.all([
        books.ledger.post([payment, rest]),
        ...greedy,
      ])
      expect(resultOf(settled)).toBe('posted')
      expect(new Set(refusals.map(resultOf))).toEqual(new Set(['insufficient-funds']))
    }
    await other.close()
  })

  test('that was released is released, however often one asks', async () => {
    const account = await books.account(10n)
    const id = freshId()
    await books.ledger.hold({ id, account, amount: 10n, expiresAt: null })
    expect(await books.ledger.release(id)).toMatchObject({ granted: true })
    expect(await books.ledger.release(id)).toMatchObject({ granted: true })
    expect(await books.state(account)).toMatchObject({ balance: 10n, held: 0n })
    expect(await books.ledger.release(freshId())).toMatchObject({ reason: 'unknown-hold' })
  })

  test('beyond its time is given back, and no other', async () => {
    const account = await books.account(100n)
    const now = Temporal.Now.instant()
    for (const [seconds, amount] of [
      [-1, 30n],
      [-60, 20n],
      [3600, 5n],
    ] as const) {
      const expiresAt = now.add({ seconds })
      await books.ledger.hold({ id: freshId(), account, amount, expiresAt })
    }
    expect(await books.ledger.expireHolds()).toBe(2)
    expect(await books.state(account)).toMatchObject({ held: 5n })
  })
})

describe('one faulty parcel', () => {
  test('does not harm those it travels with', async () => {
    const a = await books.account(100n)
    const faulty = books.ledger.post([transfer({ credit: a, creditMemo: 'NUL \u0000' })])
    const sound = books.ledger.post([transfer({ debit: a, credit: treasury })])
    await expect(faulty).rejects.toMatchObject({ code: '22021' })
    expect(resultOf(await sound)).toBe('posted')
  })
})

describe('the books', () => {
  const asBank = (statement: string) =>
    books.db.database.asBank(async (tx) => {
      const { sql } = await import('kysely')
      await sql.raw(statement).execute(tx)
    })

  test.for([
    'update ledger.transfer set amount = 1',
    'delete from ledger.transfer',
    'truncate ledger.transfer',
    'delete from ledger.account',
    'truncate ledger.account',
    "update ledger.hold set state = 'pending', ended_at = null where state <> 'pending'",
    'update ledger.hold set amount = amount + 1',
    'delete from ledger.hold',
    'truncate ledger.hold',
    'delete from ledger.books',
  ])('refuse even their owner: %s', async (statement) => {
    await expect(books.db.owner.query(statement)).rejects.toMatchObject({ code: '23000' })
  })

  test.for([
    'update ledger.account set balance = 0',
    'update ledger.account set floor = null',
    'insert into ledger.account (id, opened_at) values (7, now())',
    'insert into ledger.transfer select * from ledger.transfer',
    'update ledger.hold set amount = 1',
    'update ledger.books set closed_through = null',
    'delete from ledger.day_close',
    "select ledger.lock_accounts('{1}')",
    'select ledger.write_lines(null, null, now())',
  ])('refuse the bank role: %s', async (statement) => {
    await expect(asBank(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test.for([
    'select * from ledger.transfer',
    'select * from ledger.account',
    "select ledger.release_hold('00000000-0000-7000-8000-000000000000', now())",
    'select * from core_banking.deposit_account',
  ])('are closed to a company: %s', async (statement) => {
    const { sql } = await import('kysely')
    const { newId } = await import('#kit/ids.ts')
    const asked = books.db.database.asCompany(newId<'company'>(1), (tx) =>
      sql.raw(statement).execute(tx),
    )
    await expect(asked).rejects.toMatchObject({ code: '42501' })
  })

  test('are closed to the application until it takes a role', async () => {
    const { default: pg } = await import('pg')
    const { appConnection } = await import('#platform/database/address.ts')
    const app = new pg.Client(appConnection(books.db.address))
    await app.connect()
    for (const statement of [
      'select * from ledger.transfer',
      'update ledger.account set balance = 0',
      "select ledger.release_hold('00000000-0000-7000-8000-000000000000', now())",
    ]) {
      await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' })
    }
    await app.end()
  })

  test('find a balance that was tampered with', async () => {
    const account = await books.account(100n)
    await books.db.owner.query('update ledger.account set balance = 101 where id = $1', [account])
    expect(await books.ledger.mistakes()).toMatchObject([
      { account, mistake: 'balance is not the sum of the transfers' },
    ])
    await books.db.owner.query('update ledger.account set balance = 100 where id = $1', [account])
  })

  // Last: afterwards nothing can be booked on these days.
  test('keep a closed day closed, and remember how it ended', async () => {
    const account = await books.account(100n, 0n, yesterday)
    await books.post({ debit: account, credit: treasury, amount: 30n, bookedOn: today })
    await books.ledger.closeDay(yesterday)
    // Two accounts without a line: only the closed day stands against it.
    const [payer, payee] = [await books.account(0n, null), await books.account()]
    const between = { debit: payer, credit: payee }
    const late = await books.post({ ...between, bookedOn: yesterday })
    expect(late).toBe('booked-before-last-line')
    expect(await books.post({ ...between, bookedOn: today })).toBe('posted')
    const { rows } = await books.db.owner.query(
      'select day, last_seq, balance from ledger.day_close where account = $1',
      [account],
    )
    expect(rows).toEqual([{ day: '2026-11-21', last_seq: 1n, balance: 100n }])
    await expect(books.db.owner.query('delete from ledger.day_close')).rejects.toMatchObject({
      code: '23000',
    })
  })
})
