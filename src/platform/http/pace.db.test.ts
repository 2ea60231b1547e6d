/** Rate limits over several web processes, which share only the database. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#platform/database/open.ts'
import { cookieOf, fromOurselves, testCounter, type TestCounter } from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { pacerOfAllProcesses } from './pace-store.ts'

let db: TestDatabase
let processes: readonly TestCounter[]
beforeAll(async () => {
  db = await testDatabase()
  const trusting = { config: { trustedProxies: ['127.0.0.0/8'] } }
  processes = [await testCounter(db.database, trusting), await testCounter(db.database, trusting)]
})
afterAll(async () => {
  await Promise.all(processes.map((one) => one.close()))
  await db.close()
})

const login = ({ app }: TestCounter, address: string) =>
  app.inject({
    method: 'POST',
    url: '/api/entry',
    headers: { ...fromOurselves, 'x-forwarded-for': address },
    payload: { loginId: 'tanaka', loginPassword: 'wrong' },
  })

test('an address may try 30 logins a minute over two processes together', async () => {
  const tries = Array.from({ length: 40 }, (_, at) => login(processes[at % 2]!, '203.0.113.1'))
  const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 401)).toHaveLength(30)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)

  const refused = await login(processes[0]!, '203.0.113.1')
  expect(refused.json().code).toBe('too-many-requests')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  const neighbour = await login(processes[0]!, '203.0.113.2')
  expect(neighbour.statusCode).toBe(401)
})

test('a network may try 200, however many addresses it has', async () => {
  const tries = Array.from({ length: 240 }, (_, at) =>
    login(processes[at % 2]!, `198.51.100.${at % 200}`),
  )
  const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 401)).toHaveLength(200)
})

test('there is room again after a while', async () => {
  for (const one of processes) one.clock.passes(60)
  expect((await login(processes[1]!, '203.0.113.1')).statusCode).toBe(401)
})

test('a header of a stranger who is no proxy of ours does not change his address', async () => {
  const strict = await testCounter(db.database)
  strict.clock.passes(300)
  const tries = Array.from({ length: 31 }, (_, at) => login(strict, `192.0.2.${at}`))
  const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  await strict.close()
})

test('reads are counted without the database', async () => {
  const { app } = processes[0]!
  const headers = { cookie: cookieOf('with-right') }
  const read = () => app.inject({ method: 'GET', url: '/api/till', headers })
  const answers = await Promise.all(Array.from({ length: 301 }, read))
  expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1)
  const { rows } = await db.owner.query("select 1 from platform.pace_level where bucket ~ '^read'")
  expect(rows).toHaveLength(0)
})

test('two connections count as one, also when their clocks differ', async () => {
  const other = await openDatabase({ address: db.address, migrate: false })
  const now = Temporal.Instant.from('2026-11-22T03:00:00Z')
  const bucket = { key: 'skewed', perMinute: 10 }
  const pacers = [pacerOfAllProcesses(db.database), pacerOfAllProcesses(other)]
  const waits = await Promise.all(
    Array.from({ length: 30 }, (_, at) =>
      pacers[at % 2]!.wait([bucket], at % 2 ? now : now.subtract({ seconds: 30 })),
    ),
  )
  const letThrough = waits.filter((wait) => wait === null).length
  expect(letThrough).toBeGreaterThanOrEqual(10)
  expect(letThrough).toBeLessThanOrEqual(15) // half a minute's leak at most
  await other.close()
})
