/** How the listener answers what went wrong, and what it writes into the log about each call. */
import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import { pathOf } from './answering.ts'
import { cookieThatEnds } from './cookies.ts'
import { newInquiryNumber } from './origin.ts'
import {
  refusalsOfTheListener,
  Refused,
  tell,
  type ListenerRefusal,
  type Told,
} from './problems.ts'

type Headers = Readonly<Record<string, string>>

export function addFaultHandling(app: FastifyInstance, headers: Headers, metrics: Metrics): void {
  app.setErrorHandler((fault, request, reply) => {
    const told = tell(fault)
    if (told.ours) request.log.error({ err: fault, ...facts(request) }, 'a call failed')
    // Not for `unknown`: the token may have been renewed while this call was on its way, and the
    // browser may hold the new one already.
    if (fault instanceof Refused && /^session-(?!missing|unknown)/.test(fault.code)) {
      reply.header('set-cookie', cookieThatEnds)
    }
    request.refusal = told.problem.code
    return sendProblem(request, reply, told)
  })

  app.addHook('onSend', async (_request, reply, payload) => {
    for (const [name, value] of Object.entries(headers)) {
      if (!reply.hasHeader(name)) reply.header(name, value)
    }
    return payload
  })

  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000
    const endpoint = request.endpointName ?? 'other'
    const { method } = request.raw
    metrics.answered({ endpoint, method: method!, status: reply.statusCode, seconds })
    if (request.endpointName === 'health') return
    const { refusal } = request
    request.log.info(
      {
        ...facts(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(refusal && { refusal }),
      },
      'answered',
    )
  })
}

/** Who and what, without anything the customer typed. */
function facts(request: FastifyRequest): Record<string, unknown> {
  const { origin, visitor, endpointName } = request
  return {
    inquiryNumber: request.id,
    method: request.raw.method,
    path: pathOf(request.url),
    address: origin?.address,
    ...(endpointName && { endpoint: endpointName }),
    ...(visitor && { userId: visitor.userId, companyId: visitor.companyId }),
  }
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  told: Told,
): FastifyReply {
  const { problem, headers } = told
  for (const name of ['content-disposition', 'x-total-lines']) reply.removeHeader(name)
  return reply
    .code(problem.status)
    .headers(headers)
    .type('application/problem+json')
    .send(JSON.stringify({ ...problem, inquiryNumber: request.id, instance: pathOf(request.url) }))
}

/** For an address that the router cannot read; neither hooks nor error handler are run for it. */
export function answerUnreadable(headers: Headers, log: Log) {
  return (fault: Error, request: FastifyRequest, reply: FastifyReply): void => {
    const told = tell(fault)
    log.info({ inquiryNumber: request.id, refusal: told.problem.code }, 'unreadable address')
    const text = problemText(told, request.id)
    reply.hijack()
    const raw: ServerResponse = reply.raw
    raw.writeHead(told.problem.status, { ...headers, ...bodyHeaders(text) })
    raw.end(text)
  }
}

/** For bytes that are no HTTP, or too much of it: there is no request yet, only a socket. */
export function answerBrokenRequest(headers: Headers, log: Log) {
  return (fault: NodeJS.ErrnoException, socket: Duplex): void => {
    if (fault.code === 'ECONNRESET' || socket.destroyed) return
    const known: Readonly<Record<string, ListenerRefusal>> = {
      HPE_HEADER_OVERFLOW: 'headers-too-large',
      ERR_HTTP_REQUEST_TIMEOUT: 'malformed-request',
    }
    const code = known[fault.code ?? ''] ?? 'malformed-request'
    const inquiryNumber = newInquiryNumber()
    log.info({ inquiryNumber, refusal: code, code: fault.code }, 'broken request')
    if (!socket.writable) return void socket.destroy(fault)
    const told = tell(new Refused(code))
    const text = problemText(told, inquiryNumber)
    const status = refusalsOfTheListener[code]
    const lines = Object.entries({ ...headers, ...bodyHeaders(text), connection: 'close' })
    socket.end(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        ...lines.map(([name, value]) => `${name}: ${value}`),
        '',
        text,
      ].join('\r\n'),
    )
  }
}

function problemText({ problem }: Told, inquiryNumber: string): string {
  return JSON.stringify({ ...problem, inquiryNumber })
}

function bodyHeaders(text: string): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(text)),
  }
}
