/**
 * The database commits, and the answer never arrives: the connection breaks in between. A proxy
 * on the socket makes that happen every time, which killing servers does only by luck.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#outside/clock/system.ts'
import { resultOf, testLedger, transfer, treasury, type TestLedger } from './ledger.fixture.ts'
import { openLedger, type Ledger } from './ledger.ts'

let books: TestLedger
let unlucky: Ledger
let answersToLose = 0
let stop: () => Promise<void>

beforeAll(async () => {
  books = await testLedger()
  const address = books.db.address as {
    socketFolder: string
    port: number
  } & typeof books.db.address
  const folder = await mkdtemp(join(tmpdir(), 'mdg-proxy-'))
  const name = `.s.PGSQL.${address.port}`
  const open = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(join(address.socketFolder, name))
    for (const side of [client, server]) {
      open.add(side)
      side.on('error', () => {})
      side.on('close', () => {
        open.delete(side)
        client.destroy()
        server.destroy()
      })
    }
    let posting = false
    client.on('data', (chunk) => {
      posting ||= chunk.includes('ledger.post_batch')
      server.write(chunk)
    })
    // The server speaks only after its commit; what it says is thrown away.
    server.on('data', (chunk) => {
      if (!posting || answersToLose === 0) return client.write(chunk)
      answersToLose -= 1
      return client.destroy()
    })
  })
  await new Promise<void>((listening) => proxy.listen(join(folder, name), listening))
  unlucky = openLedger({ address: { ...address, socketFolder: folder }, clock: systemClock })
  stop = async () => {
    for (const side of open) side.destroy()
    await new Promise((closed) => proxy.close(closed))
    await rm(folder, { recursive: true, force: true })
  }
})
afterAll(async () => {
  await unlucky.close()
  await stop()
  await books.close()
})

test.for([1, 2, 5])('after %i lost answers every payment is made once', async (losses) => {
  const account = await books.account(1_000n)
  answersToLose = losses
  const payments = Array.from({ length: 40 }, () =>
    transfer({ debit: account, credit: treasury, amount: 10n }),
  )
  const outcomes = await Promise.all(payments.map((payment) => unlucky.post([payment])))
  expect(new Set(outcomes.map(resultOf))).toEqual(new Set(['repeated']))
  expect(answersToLose).toBe(0)
  expect(await books.state(account)).toMatchObject({ balance: 600n })
  expect(await books.ledger.mistakes()).toEqual([])
})
