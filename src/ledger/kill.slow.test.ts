/**
 * The database is killed under load, twenty times. Afterwards every transfer that was acknowledged
 * is there exactly once, nothing else is, and every balance is the sum of its transfers.
 */
import pg from 'pg'
import { expect, test } from 'vitest'
import { ownPostgres } from '../../test/own-postgres.ts'
import { systemClock } from '#outside/clock/system.ts'
import { ownerConnection } from '#platform/database/address.ts'
import { resultOf, transfer } from './ledger.fixture.ts'
import { openLedger } from './ledger.ts'

const kills = 20
const accounts = Array.from({ length: 20 }, (_, index) => BigInt(index + 1)) // the first is internal

test('a database killed twenty times under load loses nothing and makes nothing twice', async () => {
  const server = await ownPostgres({
    max_wal_size: '64MB', // recovery reads little
    shared_buffers: '64MB',
    max_connections: '30',
  })
  try {
    await server.start()
    const address = await server.newDatabase('books')
    let sentAgain = 0
    const ledger = openLedger({ address, clock: systemClock, log: () => (sentAgain += 1) })
    for (const id of accounts) {
      await ledger.openAccount({ id, currency: 'JPY', floor: id === 1n ? null : 0n })
    }

    const end = new AbortController()
    let foundAgain = 0 // committed, but the answer was lost
    const acknowledged = new Map<string, bigint>()
    const balances = new Map(accounts.map((id) => [id, 0n]))
    const caller = async (number: number) => {
      for (let turn = number; !end.signal.aborted; turn++) {
        const debit = turn % 3 === 0 ? 1n : accounts[(turn * 7) % 20]!
        const credit = accounts[(turn * 11 + number) % 20]!
        const payment = transfer({ debit, credit, amount: BigInt(1 + (turn % 50)) })
        const result = resultOf(await ledger.post([payment]))
        if (result === 'repeated') foundAgain += 1
        else if (result !== 'posted') continue
        acknowledged.set(payment.id, payment.amount)
        balances.set(debit, balances.get(debit)! - payment.amount)
        balances.set(credit, balances.get(credit)! + payment.amount)
      }
    }
    const callers = Array.from({ length: 64 }, (_, number) => caller(number))
    for (let kill = 0; kill < kills; kill++) {
      await new Promise((soon) => setTimeout(soon, 300 + Math.random() * 500))
      await server.kill()
      await server.start()
    }
    end.abort()
    await Promise.all(callers)

    const owner = new pg.Client(ownerConnection(address))
    await owner.connect()
    const { rows } = await owner.query<{ id: string; amount: bigint }>(
      'select id, amount from ledger.transfer',
    )
    await owner.end()
    expect(new Map(rows.map(({ id, amount }) => [id, amount]))).toEqual(acknowledged)
    expect(rows.length).toBeGreaterThan(kills)
    expect(sentAgain).toBeGreaterThanOrEqual(kills)
    const states = await ledger.accounts(accounts, Temporal.PlainDate.from('2026-11-22'))
    expect(states.map((state) => state!.balance)).toEqual([...balances.values()])
    expect(await ledger.mistakes()).toEqual([])
    console.info(
      `${rows.length} transfers, ${kills} kills, ${sentAgain} batches sent again, ` +
        `${foundAgain} transfers found already made`,
    )
    await ledger.close()
  } finally {
    await server.remove()
  }
}, 180_000)
