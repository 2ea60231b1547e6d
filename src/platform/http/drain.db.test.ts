import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf, testCounter, type TestCounter } from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { drain, open } from './lifetime.ts'

let db: TestDatabase
let counter: TestCounter
beforeAll(async () => {
  db = await testDatabase()
  counter = await testCounter(db.database)
})
afterAll(() => db.close())

test('a download that nobody reads is cut when the time to drain is over, and let go of', async () => {
  const port = await open(counter.app, { host: '127.0.0.1', port: 0 })
  const cut = Promise.withResolvers<void>()
  const call = request({
    ...{ host: '127.0.0.1', port, path: '/api/list?lines=1000000' },
    headers: { cookie: cookieOf('signed-in') },
  })
  call.on('error', () => cut.resolve())
  call.on('response', (response) => {
    response.pause()
    response.on('error', () => cut.resolve())
    response.on('close', () => cut.resolve())
  })
  call.end()
  await new Promise((answered) => call.once('response', answered))

  const began = performance.now()
  await drain(counter.app, { drainSeconds: 1, drainDelaySeconds: 0 })
  expect(performance.now() - began).toBeGreaterThan(900)
  expect(performance.now() - began).toBeLessThan(5_000)
  call.destroy()
  await cut.promise
  await expect.poll(() => counter.kitchen.listsLetGo).toBe(1)
})
