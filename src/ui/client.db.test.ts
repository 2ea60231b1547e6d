/** The browser's client against a real listener. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open } from '#platform/http/lifetime.ts'
import {
  cookieOf,
  fromOurselves,
  teaContract,
  testCounter,
  type TestCounter,
} from '../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { ApiProblem, createClient, onSessionEnded, type Client } from './client.ts'

let db: TestDatabase
let counter: TestCounter
let base: string
beforeAll(async () => {
  db = await testDatabase()
  counter = await testCounter(db.database)
  base = `http://127.0.0.1:${await open(counter.app, { host: '127.0.0.1', port: 0 })}`
})
afterAll(async () => {
  await counter.close()
  await db.close()
})

/** Adds what a browser adds by itself. */
function clientOf(who: string, through: typeof fetch = fetch): Client<typeof teaContract> {
  return createClient(teaContract, {
    base,
    fetch: (url, init) =>
      through(url, {
        ...init,
        headers: { ...fromOurselves, cookie: cookieOf(who), ...(init?.headers as object) },
      }),
  })
}

test('what the contract declares is what the client takes and gives', async () => {
  const client = clientOf('signed-in')
  const { table, guest } = await client.showTable({ params: { table: '7' } })
  expect([table, guest]).toEqual(['7', 'tanaka'])
  expect(await client.showMenu({ query: { kinds: ['green', 'black'] } })).toHaveProperty('dishes')
  expect(await client.leave()).toBeUndefined()
  expect(await client.note({ body: { text: '髙﨑' } })).toEqual({ text: '髙﨑' })
})

test('a refusal is thrown as its problem', async () => {
  const call = clientOf('signed-in').showTable({ params: { table: '404' } })
  const thrown = await call.catch((problem: unknown) => problem)
  expect(thrown).toBeInstanceOf(ApiProblem)
  expect((thrown as ApiProblem).problem).toMatchObject({
    code: 'no-such-table',
    status: 404,
    facts: { table: '404' },
  })
})

test('the end of a session is told to whoever listens, once per call', async () => {
  const heard: string[] = []
  const stop = onSessionEnded(({ code }) => heard.push(code))
  await expect(clientOf('idle').showTill()).rejects.toThrow(ApiProblem)
  stop()
  await expect(clientOf('idle').showTill()).rejects.toThrow(ApiProblem)
  expect(heard).toEqual(['session-idle'])
})

test('an answer that was lost is asked for again, and the order is made once', async () => {
  let calls = 0
  const client = clientOf('signed-in', async (url, init) => {
    calls += 1
    const response = await fetch(url, init)
    if (calls > 1) return response
    await response.text()
    throw new TypeError('the network is gone')
  })
  const before = counter.kitchen.orders
  const { receiptNumber } = await client.order({ body: { dish: 'green', amount: '500' } })
  expect(receiptNumber).toMatch(/-\d+$/)
  expect([calls, counter.kitchen.orders]).toEqual([2, before + 1])
})

test('an answer of something in between is a problem too', async () => {
  const client = clientOf('signed-in', async () => new Response('<h1>502</h1>', { status: 502 }))
  await expect(client.showTill()).rejects.toMatchObject({
    problem: { code: 'unreadable-answer', status: 502 },
  })
})

test('a download has its name and shows its progress', async () => {
  const seen: number[] = []
  const { fileName, file, linesTotal } = await clientOf('signed-in').fetchList(
    { query: { lines: '5000' } },
    { onProgress: ({ lines }) => seen.push(lines) },
  )
  expect([fileName, file.size, linesTotal]).toEqual(['入出金明細 "2026/11".csv', 500_000, 5000])
  expect(seen.at(-1)).toBe(5000)
  expect(seen.length).toBeGreaterThan(1)
})
