/** Answering — one endpoint of a contract, from the parsed call to the bytes of its answer. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { Endpoint } from '#kit/endpoint.ts'
import type { Problem } from '#kit/problem.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import type { Metrics } from '#platform/metrics.ts'
import { shapeOf } from './contract-check.ts'
import {
  cookieOfDevice,
  cookieOfEntry,
  cookieThatBegins,
  cookieThatEnds,
  cookieThatEndsEntry,
  deviceCookieIn,
  entryCookieIn,
} from './cookies.ts'
import { sendDownload } from './downloads.ts'
import type { EventStreams } from './events.ts'
import { once, type Try } from './idempotency.ts'
import type { KeptAnswer } from './idempotency-store.ts'
import { unfitText } from './json-body.ts'
import { problemOf, Refused, type ListenerRefusal } from './problems.ts'
import type { Download, EventStream, Refusal, Reply } from './routes.ts'

export interface Served {
  readonly name: string
  readonly endpoint: Endpoint
  readonly handler: (call: never) => Promise<unknown>
}

export type Answering = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

export function answering(
  served: Served,
  needs: {
    readonly database: Database
    readonly metrics: Metrics
    readonly streams: EventStreams
  },
): Answering {
  const { name, endpoint, handler } = served
  const inFinalForm = finalForms(endpoint, name)

  return async (request, reply) => {
    const answer = (once: unknown) =>
      handler({
        input: { params: request.params, query: request.query, body: request.body },
        visitor: request.visitor,
        origin: request.origin,
        reply: replyOf(reply),
        now: request.receivedAt,
        deviceToken: deviceCookieIn(request.raw.headers.cookie),
        entryToken: entryCookieIn(request.raw.headers.cookie),
        once,
      } as never)
    const told = (refusal: Refusal) => {
      needs.metrics.refused({ endpoint: name, code: refusal.refusal })
      request.refusal = refusal.refusal
      return problemText(refusal, endpoint, request)
    }

    if (endpoint.repeat !== 'idempotency-key') {
      const given = await answer(null)
      if (isRefusal(given)) return send(reply, told(given))
      if (endpoint.out === 'download') return sendDownload(reply, given as Download)
      if (endpoint.out === 'events') {
        return needs.streams.send({ request, reply, endpoint }, given as EventStream)
      }
      return send(reply, inFinalForm(given))
    }
    const call = {
      visitor: request.visitor as Visitor,
      endpoint: name,
      key: request.headers['idempotency-key'],
      request: request.asItCame,
      now: request.receivedAt,
    }
    const kept = await once(needs.database, call, async (attempt: Try) => {
      const settle = (tx: Tx, value: unknown) => attempt.settle(tx, inFinalForm(value))
      const given = await answer({ id: attempt.id, settle })
      return isRefusal(given) ? told(given) : inFinalForm(given)
    })
    if (kept.repeated) reply.header('idempotency-replayed', 'true')
    return send(reply, kept)
  }
}

/** Before the schemas: text that no schema may let pass, lists of one, the request as it came. */
export async function beforeSchemas(request: FastifyRequest, endpoint: Endpoint): Promise<void> {
  const { params, query, body } = request
  const wrong = unfitText(params) ?? unfitText(query)
  if (wrong) throw new Refused(wrong as ListenerRefusal)
  if (endpoint.repeat === 'idempotency-key') {
    request.asItCame = structuredClone({ params, query, body })
  }
  if (endpoint.query) wrapLists(query as Record<string, unknown>, endpoint.query)
}

/** `?kind=a` reads as text, `?kind=a&kind=b` as a list: the schema says which is meant. */
function wrapLists(query: Record<string, unknown>, schema: object): void {
  for (const [name, field] of Object.entries(shapeOf(schema) ?? {})) {
    if (typeof query[name] === 'string' && isList(field)) query[name] = [query[name]]
  }
}

function isList(schema: unknown): boolean {
  const definition = (schema as { _zod?: { def?: { type?: string; innerType?: unknown } } })._zod
    ?.def
  if (definition?.innerType) return isList(definition.innerType)
  return definition?.type === 'array'
}

/** The checked answer as JSON. @throws ResponseSerializationError when it breaks the contract */
function finalForms(endpoint: Endpoint, name: string): (answer: unknown) => KeptAnswer {
  const { out, method, path } = endpoint
  if (typeof out === 'string') {
    return (answer) => {
      if (answer !== undefined) throw new TypeError(`${name} answers nothing, but gave something`)
      return { status: 204, answer: null }
    }
  }
  const serialize = serializerCompiler({ schema: out, method, url: path } as never)
  return (answer) => ({ status: 200, answer: serialize(answer) as string })
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refusal' in answer
}

/** @throws Error for a refusal that the contract does not name */
function problemText(refusal: Refusal, endpoint: Endpoint, request: FastifyRequest): KeptAnswer {
  const status = endpoint.refusals[refusal.refusal]
  if (status === undefined) {
    throw new Error(`${endpoint.method} ${endpoint.path} has no refusal '${refusal.refusal}'`)
  }
  const { facts, errors } = refusal
  const problem: Problem = {
    ...problemOf(refusal.refusal, status),
    ...(facts && { facts }),
    ...(errors && { errors: [...errors] }),
    inquiryNumber: request.origin.inquiryNumber,
    instance: pathOf(request.url),
  }
  return { status, answer: JSON.stringify(problem) }
}

function send(reply: FastifyReply, { status, answer }: KeptAnswer): FastifyReply {
  reply.code(status)
  if (answer === null) return reply.send()
  const type = status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8'
  return reply.header('content-type', type).send(answer)
}

function replyOf(reply: FastifyReply): Reply {
  return {
    beginSession: (token) => void reply.header('set-cookie', cookieThatBegins(token)),
    rememberDevice: (token) => void reply.header('set-cookie', cookieOfDevice(token)),
    holdEntry: (token) =>
      void reply.header('set-cookie', token === null ? cookieThatEndsEntry : cookieOfEntry(token)),
    endSession() {
      reply.header('set-cookie', cookieThatEnds)
      // Not "cookies", which would forget the device; and not "executionContexts", which would
      // reload the screen that is saying goodbye.
      reply.header('clear-site-data', '"cache", "storage"')
    },
  }
}

/** Without the query, which may hold what the customer searched for. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0]!.slice(0, 200)
}
