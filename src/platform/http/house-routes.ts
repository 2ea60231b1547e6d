/** What the bank's own machines ask: /healthz, /readyz and /metrics. */
import { timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '#platform/config.ts'
import type { Database } from '#platform/database/database.ts'
import type { Metrics } from '#platform/metrics.ts'
import { Refused } from './problems.ts'

export interface HouseNeeds {
  readonly config: Pick<Config, 'metricsPort' | 'metricsToken' | 'trustedProxies'>
  readonly database: Pick<Database, 'answers'>
  readonly metrics: Metrics
}

export function addHouseRoutes(app: FastifyInstance, needs: HouseNeeds): void {
  const { config, database, metrics } = needs
  const onRequest = async (request: FastifyRequest) => {
    request.endpointName = 'health'
  }
  // Alive means that this process answers; whether others do is the question of /readyz.
  app.get('/healthz', { onRequest }, async () => ({ alive: true }))

  const databaseAnswersNow = asked(() => database.answers())
  app.get('/readyz', { onRequest }, async (_request, reply) => {
    const { draining } = app.readiness
    const databaseAnswers = draining || (await databaseAnswersNow())
    const ready = !draining && databaseAnswers
    return reply.code(ready ? 200 : 503).send({ ready, draining, database: databaseAnswers })
  })

  if (config.metricsPort !== null) return
  app.get('/metrics', { onRequest }, async (request, reply) => {
    if (!mayReadMetrics(request, config)) throw new Refused('no-such-page')
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

/** At most once a second, however many strangers ask: a connection is worth more than that. */
function asked(ask: () => Promise<boolean>): () => Promise<boolean> {
  let last: { readonly at: number; readonly answer: Promise<boolean> } | null = null
  return () => {
    const now = performance.now()
    if (!last || now - last.at > 1_000) last = { at: now, answer: ask() }
    return last.answer
  }
}

/** On a port of its own, which the bank's network shows to its monitoring only; a token holds too. */
export function metricsServer(metrics: Metrics, token: string | null = null): Server {
  return createServer((request, response) => {
    const may = token === null || holds(request.headers.authorization, token)
    if (request.url !== '/metrics' || !may) return void response.writeHead(404).end()
    metrics.registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
}

/** By token; without one, from this very machine and through no proxy. */
function mayReadMetrics(request: FastifyRequest, config: HouseNeeds['config']): boolean {
  if (config.metricsToken !== null) {
    return holds(request.headers.authorization, config.metricsToken)
  }
  const { headers, socket } = request.raw
  const proxied = 'x-forwarded-for' in headers || 'forwarded' in headers || 'via' in headers
  const own = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(
    socket.remoteAddress ?? '',
  )
  return own && !proxied && config.trustedProxies.length === 0
}

function holds(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
