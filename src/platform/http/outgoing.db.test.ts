/** Files that go out: downloads, screens, the interface's document; and the end of a listener. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#platform/database/open.ts'
import { createMetrics } from '#platform/metrics.ts'
import {
  cookieOf,
  fromOurselves,
  teaContract,
  testCounter,
  type TestCounter,
} from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { metricsServer } from './house-routes.ts'
import { drain, open, PortTaken } from './lifetime.ts'

let db: TestDatabase
let counter: TestCounter
let port: number
let webRoot: string
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'screens-'))
  await mkdir(join(webRoot, 'assets'))
  const page = '<!doctype html><meta name="bank" content="?" /><title>窓口</title>'
  await writeFile(join(webRoot, 'index.html'), page)
  await writeFile(join(webRoot, 'assets/main-1a2b.js'), `console.log(${'1+'.repeat(2000)}1)`)
  await writeFile(join(webRoot, 'assets/packed-3c.css'), 'a{}'.repeat(1000))
  await writeFile(join(webRoot, 'assets/packed-3c.css.gz'), gzipSync('built'))
  await writeFile(join(webRoot, 'icon.svg'), '<svg/>')
  db = await testDatabase()
  const face = { name: '窓口"<&', englishName: 'A Bank', simulators: ['core-banking', 'mail'] }
  counter = await testCounter(db.database, { webRoot, face })
  port = await open(counter.app, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await counter.close()
  await db.close()
  await rm(webRoot, { recursive: true })
})

const get = (url: string, headers: Record<string, string> = {}) =>
  counter.app.inject({ method: 'GET', url, headers })

describe('a download', () => {
  const signedIn = { cookie: cookieOf('signed-in') }

  test('has its Japanese name, its number of lines, and is kept by nobody', async () => {
    const response = await get('/api/list?lines=3', signedIn)
    expect(response.body).toHaveLength(300)
    expect(response.headers).toMatchObject({
      'content-disposition':
        `attachment; filename="_____ _2026_11_.csv"; filename*=UTF-8''` +
        '%E5%85%A5%E5%87%BA%E9%87%91%E6%98%8E%E7%B4%B0%20%222026%2F11%22.csv',
      'content-type': 'text/csv; charset=utf-8',
      'x-total-lines': '3',
      'cache-control': 'no-store',
    })
  })

  test('that is refused is a problem', async () => {
    const response = await get('/api/list?lines=0', signedIn)
    expect([response.statusCode, response.json().code]).toEqual([404, 'nothing-there'])
  })

  test('is made only as fast as it is read, and let go of when the reader leaves', async () => {
    const before = { ...counter.kitchen }
    const call = request({
      port,
      host: '127.0.0.1',
      path: '/api/list?lines=9999999',
      headers: signedIn,
    })
    call.end()
    const response = await new Promise<import('node:http').IncomingMessage>((resolve) => {
      call.on('response', resolve)
    })
    response.pause()
    await new Promise((resolve) => setTimeout(resolve, 300))
    const made = counter.kitchen.bytesMade - before.bytesMade
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(counter.kitchen.bytesMade - before.bytesMade).toBe(made)
    expect(made).toBeLessThan(20_000_000) // of a thousand million
    response.destroy()
    await expect.poll(() => counter.kitchen.listsLetGo).toBe(before.listsLetGo + 1)
  })
})

describe('the screens', () => {
  const html = { accept: 'text/html,*/*' }

  test('any address of a browser is the page, kept by nobody', async () => {
    const response = await get('/statements/1?x=1', html)
    expect(response.body).toContain('窓口')
    expect(response.headers['cache-control']).toBe('no-store')
    const policy = response.headers['content-security-policy']
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|\*/)
  })

  test('the page names the bank and what is simulated, and nothing breaks out of it', async () => {
    const { body } = await get('/')
    expect(body).toContain(
      '<meta name="bank" content="窓口&quot;&lt;&amp;" data-en="A Bank" ' +
        'data-simulators="core-banking mail" /><title>窓口&quot;&lt;&amp;</title>',
    )
  })

  test('the address that the start prints answers whoever asks', async () => {
    const response = await get('/', { accept: '*/*' })
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      200,
      'text/html; charset=utf-8',
    ])
  })

  test('an asset never changes, and comes packed', async () => {
    const response = await get('/assets/main-1a2b.js', { 'accept-encoding': 'gzip, br' })
    expect(response.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
    })
    expect(brotliDecompressSync(response.rawPayload).toString()).toMatch(/^console/)
    const again = await get('/assets/main-1a2b.js', {
      'if-none-match': response.headers.etag as string,
    })
    expect(again.statusCode).toBe(304)
  })

  test('are sent without a complaint in the log', async () => {
    await get('/', html)
    await get('/icon.svg')
    expect(counter.logged()).not.toMatch(/"level":"(warn|error)"/)
  })

  test('a file that the build has packed is sent as it is', async () => {
    const response = await get('/assets/packed-3c.css', { 'accept-encoding': 'gzip' })
    expect(response.rawPayload).toEqual(gzipSync('built'))
  })

  test.for([
    ['/assets/gone-9z.js', html],
    ['/api/nothing', html],
    ['/statements/1', { accept: 'application/json' }],
    ['/assets/../index.html.gz', {}],
    ['/..%2f..%2fetc%2fpasswd', {}],
  ] as const)('%s is not there', async ([url, headers]) => {
    expect((await get(url, headers)).statusCode).toBe(404)
  })

  test('a browser that came by another name of the machine is sent to the right one', async () => {
    const local = await testCounter(db.database, {
      webRoot,
      config: { publicOriginIsDefault: true },
    })
    const ask = (host: string) =>
      local.app.inject({ method: 'GET', url: '/login', headers: { ...html, host } })
    expect((await ask('127.0.0.1:8080')).headers.location).toBe('http://localhost:8080/login')
    expect((await ask('localhost:8080')).statusCode).toBe(200)
    await local.close()
  })
})

describe('the interface in writing', () => {
  test('is OpenAPI 3.1 with problems, session, right and key', async () => {
    const document = (await get('/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toHaveLength(9)
    const { post } = document.paths['/api/orders']
    expect(post).toMatchObject({
      operationId: 'order',
      security: [{ session: [] }],
      'x-madoguchi-who': 'signed-in',
      parameters: [{ in: 'header', name: 'idempotency-key', required: true }],
    })
    expect(post.responses[404].content['application/problem+json'].schema).toEqual({
      $ref: '#/components/schemas/Problem',
    })
    expect(post.responses[409].description).toBe('`repeat-in-flight`, `sold-out`')
    expect(document.paths['/api/till'].get['x-madoguchi-who']).toEqual({ right: 'balance-inquiry' })
    expect(document.paths['/api/menu'].get.security).toEqual([])
    expect(document.paths['/api/tables/{table}'].get.parameters[0].schema.pattern).toBe(
      '^\\d{1,3}$',
    )
    expect(document.paths['/api/list'].get.responses[200].content).toHaveProperty(
      'application/octet-stream',
    )
    expect(document.paths['/api/entry'].delete.responses[204]).not.toHaveProperty('content')
  })

  test('has a page that needs no script', async () => {
    const { body, headers } = await get('/api-reference')
    expect(headers['content-security-policy']).not.toContain('script-src')
    expect(headers['content-security-policy']).toContain("form-action 'none'")
    expect(body).not.toMatch(/<script|<style|style=|onclick/)
    for (const name of Object.keys(teaContract)) expect(body).toContain(`id="${name}"`)
    expect((await get('/api-reference.css')).headers['content-type']).toMatch(/^text\/css/)
    expect((await get('/problems/no-such-table')).headers.location).toMatch(/^\/api-reference#/)
  })
})

describe('for the bank itself', () => {
  test('metrics count calls and refusals by name', async () => {
    await get('/api/menu')
    const { body } = await get('/metrics')
    expect(body).toMatch(
      /madoguchi_http_request_seconds_count\{endpoint="showMenu",method="GET",status="200"\} \d/,
    )
  })

  test.for([
    [{ 'x-forwarded-for': '127.0.0.1' }, null, 404],
    [{}, 'a-token-of-the-bank', 404],
    [{ authorization: 'Bearer a-token-of-the-bank' }, 'a-token-of-the-bank', 200],
  ] as const)('metrics with %o and token %s: %s', async ([headers, metricsToken, status]) => {
    const one = await testCounter(db.database, { config: { metricsToken } })
    expect((await one.app.inject({ url: '/metrics', headers })).statusCode).toBe(status)
    await one.close()
  })

  test('ready while the database answers', async () => {
    expect((await get('/readyz')).statusCode).toBe(200)
    const away = await testCounter({ ...db.database, answers: async () => false })
    expect((await away.app.inject('/readyz')).statusCode).toBe(503)
    expect((await away.app.inject('/healthz')).statusCode).toBe(200)
    await away.close()
  })

  test('a call while the database is away is told to come back, not that we broke', async () => {
    const address = { ...db.address, socketFolder: '/nowhere' }
    const gone = await testCounter(await openDatabase({ address, migrate: false }))
    const response = await gone.app.inject({
      method: 'POST',
      url: '/api/entry',
      headers: fromOurselves,
      payload: { loginId: 'tanaka', loginPassword: 'correct9' },
    })
    expect([response.statusCode, response.json().code]).toEqual([503, 'unavailable'])
    expect(response.headers['retry-after']).toBe('5')
    expect((await gone.app.inject('/readyz')).statusCode).toBe(503)
    await gone.close()
  })

  test('metrics may have a port of their own, and then no address here', async () => {
    const metrics = createMetrics()
    const one = await testCounter(db.database, { metrics, config: { metricsPort: 1 } })
    expect((await one.app.inject('/metrics')).statusCode).toBe(404)
    const listener = metricsServer(metrics).listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const base = `http://127.0.0.1:${(listener.address() as { port: number }).port}`
    expect(await (await fetch(`${base}/metrics`)).text()).toContain(
      'madoguchi_http_request_seconds',
    )
    expect((await fetch(`${base}/openapi.json`)).status).toBe(404)
    listener.close()
    listener.closeAllConnections()
    await one.close()
  })

  test('a port that is taken is named with the variable that moves it', async () => {
    const other = await testCounter(db.database)
    const failure = open(other.app, { host: '127.0.0.1', port })
    await expect(failure).rejects.toThrow(PortTaken)
    await expect(failure).rejects.toThrow(
      `port ${port} is taken by another program; stop that one, or set PORT`,
    )
    await other.close()
  })

  test('while draining it is not ready, and the running call is answered', async () => {
    const one = await testCounter(db.database)
    const onePort = await open(one.app, { host: '127.0.0.1', port: 0 })
    const gate = Promise.withResolvers<void>()
    one.kitchen.beforeOrder = () => gate.promise
    const running = fetch(`http://127.0.0.1:${onePort}/api/orders`, {
      method: 'POST',
      headers: {
        ...fromOurselves,
        cookie: cookieOf('signed-in'),
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ dish: 'green', amount: '1' }),
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    const drained = drain(one.app, { drainSeconds: 20, drainDelaySeconds: 1 })
    expect((await fetch(`http://127.0.0.1:${onePort}/readyz`)).status).toBe(503)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    gate.resolve()
    expect((await running).status).toBe(200)
    const answered = performance.now()
    await drained
    expect(performance.now() - answered).toBeLessThan(2_000)
    await expect(fetch(`http://127.0.0.1:${onePort}/readyz`)).rejects.toThrow()
  })
})
