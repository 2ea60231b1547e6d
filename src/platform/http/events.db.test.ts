/** Streams: they tell, they beat, they end with their session, and they take no more than their place. */
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { endpoint } from '#kit/endpoint.ts'
import { routes, type ServerEvent } from '#platform/http/routes.ts'
import type { Sessions } from '#platform/http/sessions.ts'
import {
  cookieOf,
  fromOurselves,
  sessions,
  testCounter,
  visitor,
  type TestCounter,
} from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'

const contract = {
  streamOrders: endpoint({
    method: 'GET',
    path: '/api/orders/stream',
    summary: 'Tells of orders',
    who: { right: 'balance-inquiry' },
    repeat: 'safe',
    pace: 'read',
    out: 'events',
    refusals: {},
  }),
} as const

let db: TestDatabase
let counter: TestCounter
let tell: (event: ServerEvent) => void
let opened: (string | null)[] = []
let left = 0
const leaving: (() => void)[] = []
let silentAsks: boolean[] = []
let found: Awaited<ReturnType<Sessions['visitorFor']>> | null = null
beforeAll(async () => {
  db = await testDatabase()
  counter = await aCounter()
})
afterAll(async () => {
  await counter.close()
  await db.close()
})
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave()
  await soon(() => expect(left).toBe(opened.length))
  ;[opened, left, silentAsks, found] = [[], 0, [], null]
})

async function aCounter() {
  const orders = routes(contract, {
    streamOrders: async () => ({
      async open(given, lastEventId) {
        tell = given
        opened.push(lastEventId)
        return () => void (left += 1)
      },
    }),
  })
  const watched: Sessions = {
    visitorFor: async (token, origin, now, how) => {
      silentAsks.push(how?.silent ?? false)
      return found ?? sessions.visitorFor(token, origin, now)
    },
  }
  const streamLimits = { beatSeconds: 0.05, perUser: 2, perProcess: 3 }
  const made = await testCounter(db.database, { routes: [orders], sessions: watched, streamLimits })
  await made.app.listen({ host: '127.0.0.1', port: 0 })
  return made
}

/** Through a real socket: a browser that leaves is seen as the bank will see it. */
async function listen(name: string, headers: Record<string, string> = {}, at = counter) {
  const { port } = at.app.server.address() as { port: number }
  const asked = request({
    ...{ host: '127.0.0.1', port, path: contract.streamOrders.path, agent: false },
    headers: { ...fromOurselves, cookie: cookieOf(name), ...headers },
  })
  asked.on('error', () => {}).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  answer.on('error', () => {})
  answer.on('data', (piece: Buffer) => (text += piece.toString()))
  const ended = new Promise<void>((resolve) => void answer.once('close', resolve))
  const pause = () => answer.pause()
  leaving.push(() => asked.destroy())
  return { answer, text: () => text, ended, pause, leave: () => asked.destroy() }
}
const soon = (check: () => void) => expect.poll(() => (check(), true)).toBe(true)

test('what happens is told as it happens, in the form of the standard', async () => {
  const { answer, text, leave } = await listen('with-right')
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  tell({ id: '7', event: 'message', data: { says: 'a\nb' } })
  await soon(() => expect(text()).toContain('event: message\nid: 7\ndata: {"says":"a\\nb"}\n\n'))
  expect(text()).toMatch(/^retry: \d+\n\n/)
  await soon(() => expect(text()).toContain(': beat\n\n'))
  leave()
  await soon(() => expect(left).toBe(1))
})

test('what was heard last is handed on, and the session is only looked at', async () => {
  const { leave } = await listen('with-right', { 'last-event-id': '41' })
  expect(opened).toEqual(['41'])
  await soon(() => expect(silentAsks.length).toBeGreaterThan(2))
  expect(silentAsks).not.toContain(false)
  leave()
})

type Found = Awaited<ReturnType<Sessions['visitorFor']>>
const ends: readonly (readonly [code: string, found: Found])[] = [
  ...(['idle', 'absolute', 'replaced', 'stopped', 'unknown'] as const).map(
    (end) => [`session-${end}`, { ended: end }] as const,
  ),
  ['right-missing', { visitor: visitor({ name: 'suzuki' }) }],
]
test.for(ends)('a stream ends where its caller would be refused: %s', async ([code, after]) => {
  const { text, ended } = await listen('with-right')
  found = after
  await ended
  expect(text()).toContain(`event: ended\ndata: {"code":"${code}"}\n\n`)
  expect(left).toBe(1)
})

test('nobody, and who has not the right, gets no stream', async () => {
  expect((await listen('signed-in')).answer.statusCode).toBe(403)
  expect((await listen('idle')).answer.statusCode).toBe(401)
  expect(opened).toEqual([])
})

test('a user has two streams, and gets a place back when one is left', async () => {
  const [first, second] = [await listen('with-right'), await listen('with-right')]
  const { answer } = await listen('with-right')
  expect(answer.statusCode).toBe(429)
  expect(answer.headers['retry-after']).toBe('30')
  first.leave()
  await soon(() => expect(left).toBe(1))
  const third = await listen('with-right')
  expect(third.answer.statusCode).toBe(200)
  second.leave()
  third.leave()
})

test('the process has three', async () => {
  const open = []
  for (const name of ['tanaka', 'suzuki', 'sato']) {
    found = { visitor: { ...visitor({ name, rights: ['balance-inquiry'] }) } }
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    open.push(await listen('with-right'))
  }
  found = { visitor: visitor({ name: 'mori', rights: ['balance-inquiry'] }) }
  expect((await listen('with-right')).answer.statusCode).toBe(429)
  for (const { leave } of open) leave()
})

test('a reader that takes nothing is let go', async () => {
  const { pause, leave } = await listen('with-right')
  pause()
  const before = left
  // More than the sockets between hold for it.
  for (let at = 0; at < 200; at += 1) {
    tell({ event: 'message', data: { text: 'x'.repeat(60_000) } })
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await new Promise((resolve) => setImmediate(resolve))
  }
  await soon(() => expect(left).toBe(before + 1))
  leave()
})

test('the end of the listener ends its streams', async () => {
  const other = await aCounter()
  const { ended } = await listen('with-right', {}, other)
  const start = performance.now()
  await other.close()
  await ended
  expect(performance.now() - start).toBeLessThan(3_000)
})
