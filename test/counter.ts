/**
 * A counter of one's own for a test: a small contract with one endpoint of every form, on a real
 * database and, where `address` is asked for, behind a real socket.
 */
import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { CompanyId, SessionId, UserId } from '#kit/ids.ts'
import type { Right } from '#kit/rights.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { Database } from '#platform/database/database.ts'
import { buildCounter, type CounterNeeds } from '#platform/http/counter.ts'
import { refuse, routes, type Routes } from '#platform/http/routes.ts'
import type { SessionEnd, Sessions } from '#platform/http/sessions.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { teaContract } from './tea-contract.ts'

export { teaContract }

export const publicOrigin = 'http://localhost:8080'

/** How many bytes of downloads were made, and how many downloads were let go of. */
export interface Kitchen {
  orders: number
  bytesMade: number
  listsLetGo: number
  /** Awaited by each order before its transaction. */
  beforeOrder: () => Promise<void>
  /** Awaited by each order before it answers, within its transaction. */
  beforeAnswer: () => Promise<void>
}

function teaRoutes(database: Database, kitchen: Kitchen): Routes {
  return routes(teaContract, {
    showMenu: async ({ input, visitor }) => ({
      dishes: input.query.kinds ?? ['green', 'black'],
      knows: visitor?.loginId ?? null,
    }),
    enter: async ({ input, reply }) => {
      if (input.body.loginPassword !== 'correct9') return refuse('login-failed')
      reply.beginSession('signed-in-'.padEnd(43, 'x'))
      reply.rememberDevice('device-'.padEnd(43, 'x'))
      return { next: 'home' }
    },
    leave: async ({ reply }) => {
      reply.endSession()
      return undefined
    },
    showTable: async ({ input, visitor }) =>
      input.params.table === '404'
        ? refuse('no-such-table', { facts: { table: '404' } })
        : { table: input.params.table, guest: visitor.userName },
    showTill: async () => ({ amount: '100' }),
    showBooks: async () => ({ lines: [] }),
    order: async ({ input, visitor, once }) => {
      if (input.body.dish === 'soup') return refuse('no-such-dish')
      if (input.body.dish === 'cup dropped') throw new Error('a cup fell')
      await kitchen.beforeOrder()
      return database.asCompany(visitor.companyId, async (tx) => {
        kitchen.orders += 1
        const answer = { receiptNumber: `${once.id}-${kitchen.orders}` }
        await once.settle(tx, answer)
        await kitchen.beforeAnswer()
        return answer
      })
    },
    note: async ({ input }) => ({ text: input.body.text }),
    fetchList: async ({ input }) => {
      const lines = Number(input.query.lines)
      if (lines === 0) return refuse('nothing-there')
      return {
        fileName: '入出金明細 "2026/11".csv',
        mediaType: 'text/csv; charset=utf-8',
        lines,
        body: list(lines, kitchen),
      }
    },
    stumble: async ({ input }) => {
      if (input.query.how === 'wrong-answer') return { fine: 'perhaps' } as never
      if (input.query.how === 'unknown-refusal') return { refusal: 'because' } as never
      if (input.query.how === 'fault') throw new Error('secret-inside-a-fault')
      return { fine: true }
    },
  })
}

async function* list(lines: number, kitchen: Kitchen) {
  try {
    for (let line = 1; line <= lines; line += 1) {
      const bytes = Buffer.from(`${String(line).padStart(98, '0')}\r\n`)
      kitchen.bytesMade += bytes.length
      yield bytes
    }
  } finally {
    kitchen.listsLetGo += 1
  }
}

/** The same in every process, as they would be in one database. */
const idOf = (name: string) => {
  const hex = Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12)
  return `01936000-0000-7000-8000-${hex}`
}
export const companyId = idOf('sample') as CompanyId

export function visitor(about: {
  name: string
  stage?: Visitor['stage']
  rights?: readonly Right[]
}): Visitor {
  return {
    sessionId: idOf(about.name) as SessionId,
    companyId,
    companyName: '株式会社サンプル商事',
    userId: idOf(about.name) as UserId,
    loginId: about.name,
    userName: about.name,
    role: 'general',
    rights: new Set(about.rights ?? []),
    stage: about.stage ?? 'signed-in',
  }
}

/** Cookie values by name: `cookieOf('signed-in')`. */
export const tokenOf = (name: string) => `${name}-`.padEnd(43, 'x')
export const cookieOf = (name: string) => `__Host-sid=${tokenOf(name)}`

const visitors = {
  'signing-in': visitor({ name: 'halfway', stage: 'signing-in' }),
  'signed-in': visitor({ name: 'tanaka' }),
  'with-right': visitor({ name: 'suzuki', rights: ['balance-inquiry'] }),
  'with-other-right': visitor({ name: 'takahashi', rights: ['statement-inquiry'] }),
}

/** Knows a visitor for each token above, and an end for `idle-…`, `replaced-…`. */
export const sessions: Sessions = {
  async visitorFor(token) {
    const name = token.replace(/-x+$/, '')
    const found = visitors[name as keyof typeof visitors]
    if (found) return { visitor: found }
    const ends: readonly SessionEnd[] = ['idle', 'absolute', 'replaced', 'stopped']
    return { ended: ends.find((end) => end === name) ?? 'unknown' }
  },
}

export interface TestCounter {
  readonly app: FastifyInstance
  readonly kitchen: Kitchen
  readonly clock: Clock & { passes(seconds: number): void }
  readonly logged: () => string
  close(): Promise<void>
}

export async function testCounter(
  database: Database,
  more: Partial<Omit<CounterNeeds, 'config'>> & { config?: Partial<CounterNeeds['config']> } = {},
): Promise<TestCounter> {
  let now = Temporal.Instant.from('2026-11-22T01:00:00Z')
  let logged = ''
  const clock = {
    now: () => now,
    passes: (seconds: number) => {
      now = now.add({ seconds })
    },
  }
  const kitchen: Kitchen = {
    orders: 0,
    bytesMade: 0,
    listsLetGo: 0,
    beforeOrder: async () => {},
    beforeAnswer: async () => {},
  }
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString()
      done()
    },
  })
  const { config, ...needs } = more
  const app = await buildCounter({
    routes: [teaRoutes(database, kitchen)],
    sessions,
    database,
    clock,
    log: createLog({ logLevel: 'debug' }, to),
    webRoot: null,
    face: { name: 'まどぐち銀行', englishName: 'Madoguchi Bank', simulators: [] },
    metrics: createMetrics(),
    ...needs,
    config: {
      publicOrigin,
      publicOriginIsDefault: false,
      trustedProxies: [],
      metricsPort: null,
      metricsToken: null,
      ...config,
    },
  })
  return { app, kitchen, clock, logged: () => logged, close: () => app.close() }
}

/** What a browser sends with a call of our own screens. */
export const fromOurselves = { origin: publicOrigin, 'sec-fetch-site': 'same-origin' }
