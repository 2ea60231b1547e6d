/**
 * The counter (窓口) — the listener that the company's browsers talk to.
 *
 * It joins the capabilities' contracts with everything that holds for all of them: who may call,
 * how often, from where, in which form, and what is told when something is refused.
 */
import fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Contract } from '#kit/endpoint.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { Config } from '#platform/config.ts'
import type { Database } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import { admit, type AdmissionNeeds } from './admission.ts'
import { answering, beforeSchemas, type Served } from './answering.ts'
import { describeApi } from './api-document.ts'
import { addApiReference } from './api-reference.ts'
import { checkRoutes } from './contract-check.ts'
import { createEventStreams, type EventStreams, type StreamLimits } from './events.ts'
import { addFaultHandling, answerBrokenRequest, answerUnreadable } from './faults.ts'
import { addHouseRoutes } from './house-routes.ts'
import { sweepHourly } from './housekeeping.ts'
import { parseJsonBody } from './json-body.ts'
import { newInquiryNumber, originOf } from './origin.ts'
import { pacerOfAllProcesses } from './pace-store.ts'
import { pacerOfThisProcess } from './pace.ts'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { loadScreens, type BankFace } from './screens.ts'
import { securityHeaders, type ScreenPermissions } from './security-headers.ts'
import type { Sessions } from './sessions.ts'

export interface CounterNeeds {
  readonly config: Pick<
    Config,
    'publicOrigin' | 'publicOriginIsDefault' | 'trustedProxies' | 'metricsPort' | 'metricsToken'
  >
  readonly routes: readonly Routes[]
  readonly sessions: Sessions
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** Folder of the built screens, or null where there are none. */
  readonly webRoot: string | null
  readonly face: BankFace
  readonly metrics: Metrics
  /** What the screens may do beyond the usual; the counter's own screens need nothing. */
  readonly screens?: ScreenPermissions
  /** Of server-sent events; see events.ts. */
  readonly streamLimits?: Partial<StreamLimits>
  /** Routes that are no endpoint of a contract: certificate lists, a page of the demo. */
  readonly extra?: readonly ((app: FastifyInstance) => void)[]
}

declare module 'fastify' {
  interface FastifyRequest {
    origin: Origin
    visitor: Visitor | null
    receivedAt: Temporal.Instant
    /** Name of the endpoint in its contract, for the log and the metrics. */
    endpointName: string | null
    refusal: string | null
    /** Parameters, query and body before the schemas changed them. */
    asItCame: unknown
  }
  interface FastifyInstance {
    /** While `draining`, /readyz says 503 and the last calls are answered. */
    readiness: { draining: boolean }
  }
}

/** What a form needs at most. */
const bodyLimitBytes = 256 * 1024

export async function buildCounter(needs: CounterNeeds): Promise<FastifyInstance> {
  const { config, routes, database, clock, metrics } = needs
  checkRoutes(routes)
  const headers = securityHeaders(config.publicOrigin, needs.screens)
  const app = newListener(needs, headers)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) =>
      parseJsonBody(bytes, request.headers['content-type'] ?? ''),
  )
  addOrigin(app, clock)
  addFaultHandling(app, headers, metrics)
  await describeApi(app, config.publicOrigin)

  const pacers = { shared: pacerOfAllProcesses(database), own: pacerOfThisProcess() }
  const admission = { publicOrigin: config.publicOrigin, sessions: needs.sessions, pacers }
  const { sessions, log } = needs
  const streams = createEventStreams({ sessions, clock, log, ...needs.streamLimits })
  app.addHook('preClose', async () => streams.closeAll())
  for (const served of routes.flatMap(listed))
    addEndpoint(app, served, { ...needs, streams }, admission)
  addHouseRoutes(app, { config, database, metrics })
  addApiReference(app)
  for (const add of needs.extra ?? []) add(app)
  await addFallback(app, needs)
  sweepHourly(app, database, clock)
  await app.ready()
  app.swagger() // a contract that cannot be described stops the start
  return app
}

function newListener({ config, log }: CounterNeeds, headers: Record<string, string>) {
  return fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }), // faults.ts writes its own
    genReqId: newInquiryNumber,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000, // longer than a proxy's minute, so that the proxy closes first
    return503OnClosing: false, // a call on a kept connection is answered; new ones are not taken
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 300 },
    http: { maxHeaderSize: 16 * 1024, requireHostHeader: false }, // the host is asked for below
    clientErrorHandler: answerBrokenRequest(headers, log),
    frameworkErrors: answerUnreadable(headers, log),
  } as never) as unknown as FastifyInstance
}

function addOrigin(app: FastifyInstance, clock: Clock): void {
  app.decorate('readiness', { draining: false })
  for (const name of ['origin', 'visitor', 'receivedAt', 'endpointName', 'refusal', 'asItCame']) {
    app.decorateRequest(name, null)
  }
  app.addHook('onRequest', async (request) => {
    request.receivedAt = clock.now()
    request.origin = originOf({
      headers: request.raw.headers,
      claimedAddress: request.ip,
      socketAddress: request.raw.socket.remoteAddress ?? '',
      inquiryNumber: request.id,
    })
    const { headers, httpVersion } = request.raw
    if (httpVersion === '1.1' && headers.host === undefined) throw new Refused('malformed-request')
  })
}

function listed({ contract, handlers }: Routes): readonly Served[] {
  return Object.entries(contract as Contract).map(([name, endpoint]) => ({
    name,
    endpoint,
    handler: handlers[name]!,
  }))
}

function addEndpoint(
  app: FastifyInstance,
  served: Served,
  needs: CounterNeeds & { readonly streams: EventStreams },
  admission: AdmissionNeeds,
): void {
  const { name, endpoint } = served
  const { params, query, body } = endpoint
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { served: { name, endpoint } },
    schema: {
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
    },
    onRequest: async (request) => {
      request.endpointName = name
      await admit(request, endpoint, admission)
    },
    preValidation: (request) => beforeSchemas(request, endpoint),
    handler: answering(served, needs),
  })
}

/** Whatever is no route: a screen, or a problem that says what would have been right. */
async function addFallback(app: FastifyInstance, needs: CounterNeeds): Promise<void> {
  const { config } = needs
  const screens = await loadScreens(needs, app)
  const paths = needs.routes.flatMap(listed).map(({ endpoint: { method, path } }) => ({
    method,
    form: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
  }))
  const ourHost = new URL(config.publicOrigin).host

  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0]!
    const allowed = paths.filter(({ form }) => form.test(path)).map(({ method }) => method)
    if (allowed.length > 0) throw new Refused('method-not-allowed', { allow: allowed.join(', ') })
    // Somebody opened http://127.0.0.1:8080: from there every form would be of another origin.
    const isPage = request.headers.accept?.includes('text/html') ?? false
    if (config.publicOriginIsDefault && isPage && request.raw.headers.host !== ourHost) {
      return reply.redirect(config.publicOrigin + request.url, 302)
    }
    if (!(await screens.answer(request, reply))) throw new Refused('no-such-page')
    return reply
  })
}
