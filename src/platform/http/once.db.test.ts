/** Idempotency-Key: answered once, whatever happens in between. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cookieOf, fromOurselves, testCounter, type TestCounter } from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'

let db: TestDatabase
let counter: TestCounter
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  await counter?.close()
  counter = await testCounter(db.database)
  await db.owner.query('truncate platform.idempotent_answer, platform.pace_level')
  return () => counter.close()
})

const tea = { dish: 'green', amount: '500' }
const order = (key: string | undefined, body: object = tea, { app } = counter) =>
  app.inject({
    method: 'POST',
    url: '/api/orders',
    headers: {
      ...fromOurselves,
      cookie: cookieOf('signed-in'),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    payload: body,
  })

test('a repeat gets the first answer, word for word, and nothing is done again', async () => {
  const key = randomUUID()
  const first = await order(key)
  const repeat = await order(key.toUpperCase(), { amount: '500', dish: 'green' })
  expect(first.statusCode).toBe(200)
  expect(repeat.body).toBe(first.body)
  expect(repeat.headers['idempotency-replayed']).toBe('true')
  expect(first.headers).not.toHaveProperty('idempotency-replayed')
  expect(counter.kitchen.orders).toBe(1)
})

test('another key is another order', async () => {
  const [one, other] = [await order(randomUUID()), await order(randomUUID())]
  expect(one.body).not.toBe(other.body)
  expect(counter.kitchen.orders).toBe(2)
})

test('twenty at once: one does the work, the others wait or get its answer', async () => {
  const key = randomUUID()
  counter.kitchen.beforeAnswer = () => new Promise((resolve) => setTimeout(resolve, 50))
  const answers = await Promise.all(Array.from({ length: 20 }, () => order(key)))
  expect(counter.kitchen.orders).toBe(1)
  const good = answers.filter(({ statusCode }) => statusCode === 200)
  const rest = answers.filter(({ statusCode }) => statusCode !== 200)
  expect(good.length).toBeGreaterThan(0)
  expect(new Set(good.map(({ body }) => body)).size).toBe(1)
  expect(rest.every((answer) => answer.json().code === 'repeat-in-flight')).toBe(true)
  expect((await order(key)).body).toBe(good[0]!.body)
})

test('the same key for another request is refused', async () => {
  const key = randomUUID()
  await order(key)
  const other = await order(key, { ...tea, amount: '501' })
  expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused'])
})

test.for([undefined, '', 'a', '123', '../../etc', 'x'.repeat(4000)])(
  'a key that is no UUID is refused: %s',
  async (key) => {
    const response = await order(key)
    expect([response.statusCode, response.json().code]).toEqual([400, 'idempotency-key-malformed'])
  },
)

test('a refusal is an answer too', async () => {
  const key = randomUUID()
  const first = await order(key, { ...tea, dish: 'soup' })
  const repeat = await order(key, { ...tea, dish: 'soup' })
  expect(first.statusCode).toBe(404)
  expect(repeat.body).toBe(first.body)
  expect(repeat.headers['content-type']).toContain('application/problem+json')
})

test('after a fault of ours the work is tried again', async () => {
  const key = randomUUID()
  const dropped = { ...tea, dish: 'cup dropped' }
  expect((await order(key, dropped)).statusCode).toBe(500)
  expect((await order(key, dropped)).statusCode).toBe(500)
  const { rows } = await db.owner.query('select status from platform.idempotent_answer')
  expect(rows).toEqual([{ status: null }])
})

test('a process that dies within its transaction: a repeat waits a minute, then does it', async () => {
  const key = randomUUID()
  const gate = Promise.withResolvers<void>()
  counter.kitchen.beforeAnswer = () => gate.promise
  const lost = order(key)
  await expect.poll(() => counter.kitchen.orders).toBe(1)
  await db.owner.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and state = 'idle in transaction'`)

  const survivor = await testCounter(db.database)
  expect((await order(key, tea, survivor)).json().code).toBe('repeat-in-flight')
  survivor.clock.passes(61)
  const answer = await order(key, tea, survivor)
  expect(answer.statusCode).toBe(200)
  expect(survivor.kitchen.orders).toBe(1)
  const { rows } = await db.owner.query('select answer from platform.idempotent_answer')
  expect(rows).toEqual([{ answer: answer.body }])

  gate.resolve()
  expect((await lost).statusCode).toBeGreaterThanOrEqual(500)
  expect((await order(key, tea, survivor)).body).toBe(answer.body)
  await survivor.close()
})

test('a process that dies after its transaction has left its answer', async () => {
  const key = randomUUID()
  const first = await order(key)
  const survivor = await testCounter(db.database)
  const repeat = await order(key, tea, survivor)
  expect(repeat.body).toBe(first.body)
  expect(survivor.kitchen.orders).toBe(0)
  await survivor.close()
})

test('a slow process that lost its claim cannot change anything any more', async () => {
  const key = randomUUID()
  const gate = Promise.withResolvers<void>()
  counter.kitchen.beforeOrder = () => gate.promise
  const late = order(key)
  await expect
    .poll(async () => (await db.owner.query('select from platform.idempotent_answer')).rowCount)
    .toBe(1)
  const fast = await testCounter(db.database)
  fast.clock.passes(61)
  const answer = await order(key, tea, fast)
  expect(answer.statusCode).toBe(200)

  gate.resolve()
  expect((await late).json().code).toBe('repeat-in-flight')
  expect((await order(key)).body).toBe(answer.body)
  await fast.close()
})

test('while one process commits, another that takes over waits and finds its answer', async () => {
  const key = randomUUID()
  const gate = Promise.withResolvers<void>()
  counter.kitchen.beforeAnswer = () => gate.promise
  const first = order(key)
  await expect.poll(() => counter.kitchen.orders).toBe(1)
  const fast = await testCounter(db.database)
  fast.clock.passes(61)
  const second = order(key, tea, fast)
  gate.resolve()
  const [one, two] = await Promise.all([first, second])
  expect([one.statusCode, two.statusCode]).toEqual([200, 200])
  expect(two.body).toBe(one.body)
  expect(fast.kitchen.orders).toBe(0)
  await fast.close()
})

test('the table keeps neither the key nor anything to find a password by', async () => {
  const key = randomUUID()
  await order(key)
  const { rows } = await db.owner.query<{ text: string }>(
    'select kept::text as text from platform.idempotent_answer as kept',
  )
  expect(rows[0]!.text).not.toContain(key)
})
