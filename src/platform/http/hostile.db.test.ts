/** Hostile input: refused with a clear problem, over real sockets, and never a fault of ours. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#kit/problem.ts'
import { cookieOf, fromOurselves, testCounter, type TestCounter } from '../../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { open } from './lifetime.ts'

let db: TestDatabase
let counter: TestCounter
let port: number
beforeAll(async () => {
  db = await testDatabase()
  counter = await testCounter(db.database)
  port = await open(counter.app, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await counter.close()
  await db.close()
})

const signedIn = { ...fromOurselves, cookie: cookieOf('signed-in') }

async function put(body: string | Uint8Array, type: string | null = 'application/json') {
  const response = await fetch(`http://127.0.0.1:${port}/api/notes`, {
    method: 'PUT',
    headers: { ...signedIn, ...(type !== null && { 'content-type': type }) },
    body: body as never,
  })
  return { status: response.status, body: (await response.json()) as { code?: string } }
}

describe('a body', () => {
  const deep = `{"text":"a","more":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  test.for<[string, string | Uint8Array, string | null, number, string]>([
    ['that is no JSON', '{"text": ', 'application/json', 400, 'malformed-json'],
    ['with a NUL character', '{"text":"a\\u0000b"}', 'application/json', 400, 'null-character'],
    ['with a NUL in a key', '{"text":"a","\\u0000":1}', 'application/json', 400, 'null-character'],
    ['with half a surrogate', '{"text":"\\ud842"}', 'application/json', 400, 'half-a-surrogate'],
    [
      'with __proto__',
      '{"text":"a","__proto__":{"x":1}}',
      'application/json',
      400,
      'key-not-allowed',
    ],
    ['that is deep', deep, 'application/json', 400, 'nested-too-deeply'],
    [
      'that is not UTF-8',
      new Uint8Array([123, 0x82, 0xa0, 125]),
      'application/json',
      400,
      'malformed-json',
    ],
    ['that is empty', '', 'application/json', 422, 'input-not-acceptable'],
    ['that is null', 'null', 'application/json', 422, 'input-not-acceptable'],
    ['that is a list', '[]', 'application/json', 422, 'input-not-acceptable'],
    [
      'of another type',
      'text=a',
      'application/x-www-form-urlencoded',
      415,
      'media-type-not-allowed',
    ],
    ['that is plain text', '{"text":"a"}', 'text/plain', 415, 'media-type-not-allowed'],
    [
      'in another charset',
      '{"text":"a"}',
      'application/json; charset=shift_jis',
      415,
      'charset-not-utf-8',
    ],
    [
      'of ten megabytes',
      `{"text":"${'a'.repeat(10_000_000)}"}`,
      'application/json',
      413,
      'body-too-large',
    ],
    [
      'with too long a text',
      `{"text":"${'𠮷'.repeat(1001)}"}`,
      'application/json',
      422,
      'input-not-acceptable',
    ],
  ])('%s', async ([, body, type, status, code]) => {
    const answer = await put(body, type)
    expect([answer.status, Problem.parse(answer.body).code]).toEqual([status, code])
  })

  test('may hold 髙﨑𠮷, emoji, SQL and HTML, which come back as they went', async () => {
    const text = `髙﨑𠮷👨‍👩‍👧 '; drop table users; -- <script>alert(1)</script>`
    expect(await put(JSON.stringify({ text }))).toEqual({ status: 200, body: { text } })
  })
})

describe('an address', () => {
  test.for([
    ['/api/tables/%00', 400, 'null-character'],
    ['/api/tables/%ED%A0%80', 400, 'malformed-request'],
    ['/api/tables/%', 400, 'malformed-request'],
    ['/api/tables/../../etc/passwd', 404, 'no-such-page'],
    ['/api/menu?text=%00', 400, 'null-character'],
    ['/api/menu?kinds=__proto__&__proto__[x]=1', 422, 'input-not-acceptable'],
    ['/api/menu?text=a&text=b', 422, 'input-not-acceptable'],
    [`/api/menu?text=${'a'.repeat(8000)}`, 422, 'input-not-acceptable'],
    ['/api/tables/1/', 404, 'no-such-page'],
    ['/API/menu', 404, 'no-such-page'],
    ['//api/menu', 404, 'no-such-page'],
  ] as const)('%s: %s %s', async ([url, status, code]) => {
    const answer = await raw(
      `GET ${url} HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookieOf('signed-in')}\r\nconnection: close\r\n\r\n`,
    )
    expect(answer.status).toBe(status)
    expect(Problem.parse(JSON.parse(answer.body)).code).toBe(code)
  })

  test('with a broken percent in the query is read as it stands', async () => {
    const answer = await raw(
      'GET /api/menu?text=%E0%A4 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    )
    expect(answer.status).toBe(200)
  })
})

describe('bytes that are hardly HTTP', () => {
  test.for([
    ['headers of 20 KB', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    [
      'two lengths',
      'PUT /api/notes HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na',
      400,
    ],
    [
      'length and chunks',
      'PUT /api/notes HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['a strange method', 'BREW / HTTP/1.1\r\nhost: x\r\n\r\n', 400],
  ] as const)('%s', async ([, bytes, status]) => {
    const answer = await raw(bytes)
    expect(answer.status).toBe(status)
    expect(answer.head).toMatch(/x-content-type-options: nosniff/i)
    Problem.parse(JSON.parse(answer.body))
  })

  test('a line break in a header cannot make a second line in the log', async () => {
    await raw(
      'GET /api/till HTTP/1.1\r\nhost: x\r\nuser-agent: a%0d%0a{"level":"fatal"}\r\nconnection: close\r\n\r\n',
    )
    await raw('GET /api/x%0d%0a{"level":"fatal"} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    for (const line of counter.logged().trim().split('\n')) {
      expect(JSON.parse(line).level).not.toBe('fatal')
    }
  })
})

test('a secret that passes through is nowhere in the log', async () => {
  const canary = 'canary8Secret'
  const login = (body: object) =>
    fetch(`http://127.0.0.1:${port}/api/entry?note=${canary}`, {
      method: 'POST',
      headers: {
        ...fromOurselves,
        'content-type': 'application/json',
        authorization: `Bearer ${canary}`,
        cookie: `__Host-sid=${canary.padEnd(43, 'x')}; other=${canary}`,
      },
      body: JSON.stringify(body),
    })
  await login({ loginId: 'tanaka', loginPassword: canary })
  await login({ loginId: 1, loginPassword: canary })
  await login({ [canary]: canary })
  await fetch(`http://127.0.0.1:${port}/api/stumble?how=fault&x=${canary}`)
  expect(counter.logged()).toContain('a call failed')
  expect(counter.logged()).not.toContain(canary)
})

async function raw(bytes: string): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(bytes)
  let text = ''
  const ended = new Promise((resolve) => socket.on('close', resolve))
  socket.on('data', (piece) => {
    text += piece.toString()
    if (/\r\n\r\n.*\}/s.test(text)) socket.end()
  })
  await ended
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    head,
    body: body.replace(/^[0-9a-f]+\r\n/, ''),
  }
}
