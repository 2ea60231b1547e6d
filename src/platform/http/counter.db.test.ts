/** The counter from outside: who may call, from where, and what every answer carries. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#kit/problem.ts'
import { cookieOf, fromOurselves, testCounter, type TestCounter } from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'

let db: TestDatabase
let counter: TestCounter
beforeAll(async () => {
  db = await testDatabase()
  counter = await testCounter(db.database)
})
afterAll(async () => {
  await counter.close()
  await db.close()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  counter.app.inject({ method: 'GET', url, headers })
const as = (who: string) => ({ cookie: cookieOf(who) })
const code = (response: { body: string }) => Problem.parse(JSON.parse(response.body)).code

describe('every answer carries the security headers', () => {
  test.for([
    ['an answer', '/api/menu', 200],
    ['a refusal', '/api/till', 401],
    ['input that is not acceptable', '/api/menu?kinds=coffee', 422],
    ['an address that is not there', '/api/nothing', 404],
    ['an address that cannot be read', '/api/tables/%E0%A4%A', 400],
    ['an address that is too long', `/api/tables/${'9'.repeat(301)}`, 414],
    ['a fault', '/api/stumble?how=fault', 500],
    ['health', '/healthz', 200],
    ['the document', '/openapi.json', 200],
    ['the page of it', '/api-reference', 200],
  ] as const)('%s', async ([, url, status]) => {
    const response = await get(url)
    expect(response.statusCode).toBe(status)
    expect(response.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(response.headers).not.toHaveProperty('strict-transport-security')
    if (status >= 400) {
      const problem = Problem.parse(JSON.parse(response.body))
      expect(response.headers['content-type']).toContain('application/problem+json')
      expect(problem.status).toBe(status)
      expect(problem.inquiryNumber).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    }
  })

  test('HSTS is sent when the bank is reached over https', async () => {
    const secure = await testCounter(db.database, {
      config: { publicOrigin: 'https://ib.example' },
    })
    const response = await secure.app.inject('/healthz')
    expect(response.headers['strict-transport-security']).toMatch(/^max-age=63072000/)
    await secure.close()
  })
})

describe('who may call', () => {
  const callers = [
    ['nobody', {}],
    ['a session that is unknown', as('unknown')],
    ['a session that was idle', as('idle')],
    ['signing in', as('signing-in')],
    ['signed in', as('signed-in')],
    ['with the right', as('with-right')],
    ['with another right', as('with-other-right')],
  ] as const
  const matrix = {
    '/api/menu': ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
    '/api/tables/1': [
      'session-missing',
      'session-unknown',
      'session-idle',
      'login-unfinished',
      'ok',
      'ok',
      'ok',
    ],
    '/api/till': [
      'session-missing',
      'session-unknown',
      'session-idle',
      'login-unfinished',
      'right-missing',
      'ok',
      'right-missing',
    ],
    '/api/books': [
      'session-missing',
      'session-unknown',
      'session-idle',
      'login-unfinished',
      'right-missing',
      'ok',
      'ok',
    ],
  } as const
  const rows = Object.entries(matrix).flatMap(([url, answers]) =>
    callers.map(([caller, headers], at) => ({ url, caller, headers, answer: answers[at]! })),
  )
  test.for(rows)('$url for $caller: $answer', async ({ url, headers, answer }) => {
    const response = await get(url, headers)
    expect(response.statusCode === 200 ? 'ok' : code(response)).toBe(answer)
  })

  test('an ended session loses its cookie; a missing one has none to lose', async () => {
    const ended = await get('/api/till', as('replaced'))
    expect(code(ended)).toBe('session-replaced')
    expect(ended.headers['set-cookie']).toMatch(
      /^__Host-sid=; Max-Age=0; Path=\/; Secure; HttpOnly/,
    )
    expect((await get('/api/till')).headers).not.toHaveProperty('set-cookie')
  })

  test('two session cookies at once are an attempt to plant one', async () => {
    const response = await get('/api/till', {
      cookie: `${cookieOf('with-right')}; ${cookieOf('idle')}`,
    })
    expect(code(response)).toBe('session-unknown')
  })

  test('who may call is said before what is wrong with the call', async () => {
    const response = await counter.app.inject({
      method: 'PUT',
      url: '/api/notes',
      headers: fromOurselves,
      payload: 'x'.repeat(9_000_000),
    })
    expect(code(response)).toBe('session-missing')
  })
})

describe('a call that changes something must come from our own screens', () => {
  const own = 'http://localhost:8080'
  test.for([
    ['same-origin', own, 'ok'],
    [undefined, own, 'ok'],
    ['same-origin', undefined, 'other-origin'],
    [undefined, undefined, 'other-origin'],
    ['cross-site', own, 'other-origin'],
    ['same-site', own, 'other-origin'],
    ['none', own, 'other-origin'],
    ['same-origin', 'http://localhost:8081', 'other-origin'],
    ['same-origin', 'https://localhost:8080', 'other-origin'],
    ['same-origin', 'null', 'other-origin'],
    ['cross-site', 'https://evil.example', 'other-origin'],
  ] as const)('Sec-Fetch-Site %s, Origin %s: %s', async ([site, origin, answer]) => {
    const response = await counter.app.inject({
      method: 'PUT',
      url: '/api/notes',
      headers: {
        ...as('signed-in'),
        ...(site && { 'sec-fetch-site': site }),
        ...(origin && { origin }),
      },
      payload: { text: 'tea' },
    })
    expect(response.statusCode === 200 ? 'ok' : code(response)).toBe(answer)
  })

  test.for([
    ['same-origin', 200],
    ['none', 200],
    ['cross-site', 403],
    ['same-site', 403],
  ] as const)('reading with Sec-Fetch-Site %s: %s', async ([site, status]) => {
    const response = await get('/api/menu', { 'sec-fetch-site': site })
    expect(response.statusCode).toBe(status)
  })
})

describe('cookies', () => {
  test('of a login: for this host, over TLS, for no script, for no other site', async () => {
    const response = await counter.app.inject({
      method: 'POST',
      url: '/api/entry',
      headers: fromOurselves,
      payload: { loginId: 'tanaka', loginPassword: 'correct9' },
    })
    const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
    expect(response.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^__Host-sid=signed-in-x+; ${attributes}$`)),
      expect.stringMatching(
        new RegExp(`^__Host-device=device-x+; Max-Age=34560000; ${attributes}$`),
      ),
    ])
  })

  test('logout takes the session and what the browser kept, and leaves the device', async () => {
    const response = await counter.app.inject({
      method: 'DELETE',
      url: '/api/entry',
      headers: { ...fromOurselves, ...as('signed-in') },
    })
    expect(response.statusCode).toBe(204)
    expect(response.headers['set-cookie']).toMatch(/^__Host-sid=; Max-Age=0/)
    expect(response.headers['clear-site-data']).toBe('"cache", "storage"')
  })
})

describe('answers', () => {
  test('a refusal is a problem with its facts', async () => {
    const response = await get('/api/tables/404', as('signed-in'))
    expect(response.json()).toMatchObject({
      type: '/problems/no-such-table',
      title: 'No such table',
      status: 404,
      code: 'no-such-table',
      facts: { table: '404' },
      instance: '/api/tables/404',
    })
  })

  test('a field at fault is named with its rule', async () => {
    const response = await counter.app.inject({
      method: 'POST',
      url: '/api/orders',
      headers: { ...fromOurselves, ...as('signed-in') },
      payload: { dish: 'x'.repeat(41), amount: '-1' },
    })
    expect(response.json().errors).toEqual([
      { path: 'dish', code: 'too-big' },
      { path: 'amount', code: 'not-an-amount' },
    ])
  })

  test('a list in the query may have one entry or many', async () => {
    expect((await get('/api/menu?kinds=green')).json().dishes).toEqual(['green'])
    expect((await get('/api/menu?kinds=green&kinds=black')).json().dishes).toHaveLength(2)
  })

  test.for(['wrong-answer', 'unknown-refusal', 'fault'])(
    'a %s of ours is a fault that tells nothing and is in the log under its number',
    async (how) => {
      const response = await get(`/api/stumble?how=${how}`)
      expect(response.statusCode).toBe(500)
      expect(code(response)).toBe('fault')
      expect(response.body).not.toMatch(/secret|stack|perhaps|because/)
      const { inquiryNumber } = response.json()
      const line = counter
        .logged()
        .split('\n')
        .find((text) => text.includes(inquiryNumber) && text.includes('"level":"error"'))
      expect(line).toContain('"stack"')
    },
  )

  test('the wrong method is told the right one', async () => {
    const response = await counter.app.inject({ method: 'DELETE', url: '/api/tables/1' })
    expect([response.statusCode, response.headers.allow]).toEqual([405, 'GET'])
    expect((await counter.app.inject({ method: 'HEAD', url: '/api/till' })).statusCode).toBe(405)
  })
})
