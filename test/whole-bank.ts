/** The bank as a whole for a test: every capability on a real database, with a clock to turn. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { counterOf } from '#listeners.ts'
import { openBank } from '#main.ts'
import { defaultBankParameters } from '#platform/bank-parameters.ts'
import { readConfig } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import type { CastMember } from './cast.ts'
import { fromOurselves } from './counter.ts'
import type { TestDatabase } from './database.ts'

export interface WholeBank {
  readonly app: FastifyInstance
  readonly clock: { now(): Temporal.Instant; passes(seconds: number): void }
  readonly logged: () => string
  /** Logs in and goes on to the top page. @returns the Cookie header of the session */
  logIn(member: CastMember): Promise<string>
  close(): Promise<void>
}

/** With the demo world in it. */
export async function wholeBank({ address }: TestDatabase): Promise<WholeBank> {
  let now = Temporal.Instant.from('2026-11-22T01:00:00Z')
  const passes = (seconds: number) => void (now = now.add({ seconds }))
  const clock = { now: () => now, passes }
  let logged = ''
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString()
      done()
    },
  })
  const dataDir = mkdtempSync(join(tmpdir(), 'mdg-bank-'))
  const read = readConfig({ DATA_DIR: dataDir })
  if ('mistakes' in read) throw new Error(read.mistakes.join('; '))
  const { config } = read
  const log = createLog({ logLevel: 'debug' }, to)
  const settings = { config, parameters: defaultBankParameters, log, clock }

  const bank = await openBank(settings, { address })
  await bank.demoWorld.make(() => {})
  const app = await counterOf(settings, bank, createMetrics())
  return {
    app,
    clock,
    logged: () => logged,
    logIn: (member) => logInAt(app, member),
    async close() {
      await app.close()
      await bank.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function logInAt(app: FastifyInstance, member: CastMember): Promise<string> {
  const { loginId, loginPassword } = member
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: fromOurselves,
    payload: { loginId, loginPassword },
  })
  const cookie = sessionCookieOf(answer.headers['set-cookie'])
  if (answer.statusCode !== 200 || cookie === null) throw new Error(`no login: ${answer.body}`)
  const headers = { ...fromOurselves, cookie }
  let { next: step } = answer.json<{ next: string }>()
  if (step === 'token-registration') {
    const url = '/api/token-registration/postponement'
    await app.inject({ method: 'POST', url, headers })
    const session = await app.inject({ url: '/api/session', headers })
    step = session.json<{ next: string }>().next
    if (step === 'home') return sessionCookieOf(session.headers['set-cookie']) ?? cookie
  }
  if (step !== 'login-notices') return cookie

  const shown = await app.inject({ url: '/api/session/login-notices', headers })
  const notices = shown.json<{ notices: { id: string }[] }>().notices.map(({ id }) => id)
  const next = await app.inject({
    method: 'POST',
    url: '/api/session/login-notices/acknowledgement',
    headers,
    payload: { notices },
  })
  return sessionCookieOf(next.headers['set-cookie']) ?? cookie
}

export function sessionCookieOf(header: string | readonly string[] | undefined): string | null {
  const cookies = [header ?? []].flat() as string[]
  return cookies.find((line) => line.startsWith('__Host-sid='))?.split(';')[0] ?? null
}
