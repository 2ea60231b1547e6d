/**
 * The bank spread over processes: two for the web and one worker on one database. A session that
 * begins at one web process goes on at the other, and the worker does the scheduled work.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tanaka } from './cast.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { sessionCookieOf } from './whole-bank.ts'

const main = join(import.meta.dirname, '../src/main.ts')
const publicOrigin = 'http://localhost:8080' // what the browser sees: one name before both

let db: TestDatabase
let dataDir: string
const processes: ChildProcess[] = []
let [one, other] = ['', '']

beforeAll(async () => {
  db = await testDatabase({ migrated: false }) // the first process makes the tables
  dataDir = mkdtempSync(join(tmpdir(), 'mdg-roles-')) // the keys are shared, as a vault would be
  const ports = [await freePort(), await freePort()]
  ;[one, other] = ports.map((port) => `http://localhost:${port}`) as [string, string]
  start({ ROLE: 'worker', DEMO: 'true' })
  for (const port of ports) start({ ROLE: 'web', PORT: String(port) })
  await Promise.all([one, other].map((address) => ready(address)))
  // Written when the worker has made the demo world; before that, a login would count as an error.
  const logins = join(dataDir, 'demo-logins.json')
  await eventually(async () => (existsSync(logins) ? true : null))
}, 120_000)

afterAll(async () => {
  await Promise.all(processes.map((each) => ended(each)))
  await db?.close()
  if (dataDir) rmSync(dataDir, { recursive: true, force: true })
}, 60_000)

test('a login at one web process goes on at the other', async () => {
  const { loginId, loginPassword } = tanaka
  const login = await call(one, 'POST', '/api/session', { body: { loginId, loginPassword } })
  expect(await login.json()).toEqual({ next: 'token-registration' })
  const halfway = sessionCookieOf(login.headers.getSetCookie())!
  const later = { cookie: halfway }
  await call(other, 'POST', '/api/token-registration/postponement', later)

  const shown = await call(other, 'GET', '/api/session/login-notices', { cookie: halfway })
  const { notices } = (await shown.json()) as { notices: { id: string }[] }
  const next = await call(other, 'POST', '/api/session/login-notices/acknowledgement', {
    cookie: halfway,
    body: { notices: notices.map(({ id }) => id) },
  })
  expect(await next.json()).toEqual({ next: 'home' })
  const cookie = sessionCookieOf(next.headers.getSetCookie())!

  for (const address of [one, other]) {
    const balances = await call(address, 'GET', '/api/home/balances', { cookie })
    expect(await balances.json()).toMatchObject({
      told: true,
      accounts: [
        {
          accountKey: '101-ordinary-1234567',
          balance: { current: expect.stringMatching(/^\d+$/) },
        },
        {},
      ],
    })
  }
  const logout = await call(one, 'DELETE', '/api/session', { cookie })
  expect(logout.status).toBe(204)
  expect((await call(other, 'GET', '/api/session', { cookie })).status).toBe(401)
}, 90_000)

test('SIGTERM lets every process leave in order', async () => {
  const codes = await Promise.all(processes.map((each) => ended(each)))
  expect(codes).toEqual([0, 0, 0])
}, 60_000)

function start(environment: Record<string, string>): void {
  const { PATH, HOME } = process.env
  const env = {
    ...{ PATH, HOME, DATABASE_URL: db.url, DATA_DIR: dataDir, PUBLIC_ORIGIN: publicOrigin },
    ...{ LOG_LEVEL: 'warn', DRAIN_SECONDS: '2', ...environment },
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  child.on('exit', (code) => {
    if (code !== 0) process.stderr.write(`a process of the bank left with ${code}: ${said}\n`)
  })
  processes.push(child)
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const gone = new Promise<number | null>((done) => child.once('exit', done))
  child.kill('SIGTERM')
  return gone
}

function call(
  address: string,
  method: string,
  path: string,
  { cookie, body }: { cookie?: string; body?: unknown } = {},
): Promise<Response> {
  const headers = {
    origin: publicOrigin,
    'sec-fetch-site': 'same-origin',
    ...(cookie !== undefined && { cookie }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const text = body === undefined ? null : JSON.stringify(body)
  return fetch(address + path, { method, headers, body: text })
}

async function ready(address: string): Promise<void> {
  await eventually(async () => {
    const answer = await fetch(`${address}/readyz`).catch(() => null)
    return answer?.status === 200 ? answer : null
  })
}

async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  const givenUpAt = performance.now() + 80_000
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one try after the other
    const answer = await ask()
    if (answer !== null) return answer
    if (performance.now() > givenUpAt) throw new Error('it did not happen within 80 seconds')
    // oxlint-disable-next-line no-await-in-loop -- as above
    await new Promise((again) => setTimeout(again, 1_000))
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
