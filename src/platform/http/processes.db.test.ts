/** Two web processes on one database, and one that is killed in the middle. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf, fromOurselves, testCounter } from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'

let db: TestDatabase
const children: ChildProcess[] = []
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await db.close()
})

/** @returns the child, its port, and what waits for a word that it prints */
async function start(...words: string[]) {
  const program = new URL('../../../test/counter-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, JSON.stringify(db.address), ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  let said = ''
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString()
  })
  const says = async (form: RegExp) => {
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(form)
    return form.exec(said)![1]!
  }
  return { child, says, base: `http://127.0.0.1:${await says(/port (\d+)/)}` }
}

const post = (base: string, path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(base + path, {
    method: 'POST',
    headers: { ...fromOurselves, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

test('an address has thirty tries over both processes, not thirty in each', async () => {
  const [one, two] = await Promise.all([start(), start()])
  const wrong = { loginId: 'tanaka', loginPassword: 'wrong' }
  const tries = Array.from({ length: 44 }, (_, at) =>
    post(at % 2 ? one.base : two.base, '/api/entry', wrong),
  )
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(30)
  expect(statuses.filter((status) => status === 429)).toHaveLength(14)
})

test('killed within its transaction, a process leaves nothing, and the repeat does it once', async () => {
  const order = { dish: 'green', amount: '500' }
  const headers = { cookie: cookieOf('signed-in'), 'idempotency-key': randomUUID() }
  const { child, says, base } = await start('hang')
  const lost = post(base, '/api/orders', order, headers).catch(() => 'lost')
  await says(/(within)/)
  child.kill('SIGKILL')
  expect(await lost).toBe('lost')

  const survivor = await testCounter(db.database)
  const repeat = () =>
    survivor.app.inject({
      method: 'POST',
      url: '/api/orders',
      headers: { ...fromOurselves, ...headers },
      payload: order,
    })
  expect((await repeat()).json().code).toBe('repeat-in-flight')
  survivor.clock.passes(61)
  const answer = await repeat()
  expect(answer.statusCode).toBe(200)
  expect((await repeat()).body).toBe(answer.body)
  expect(survivor.kitchen.orders).toBe(1)
  await survivor.close()
})
