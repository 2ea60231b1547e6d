/**
 * Server-sent events (WHATWG HTML §9.2) — streams that stay open and tell what is new.
 *
 * A beat every 15 seconds keeps proxies from closing a quiet stream, and looks whether the session
 * still stands, silently: a stream never keeps a session alive. Limits hold per process.
 */
import { PassThrough } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '#kit/endpoint.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { Log } from '#platform/log.ts'
import { refusalOf } from './admission.ts'
import { sessionCookieIn } from './cookies.ts'
import { Refused } from './problems.ts'
import type { EventStream, ServerEvent } from './routes.ts'
import type { Sessions } from './sessions.ts'

export interface StreamLimits {
  readonly beatSeconds: number
  readonly perUser: number
  readonly perProcess: number
}

export interface EventStreams {
  /** @throws Refused `too-many-requests`, where the user or the process has no stream left */
  send(call: StreamCall, stream: EventStream): Promise<FastifyReply>
  /** At the end of the listener: browsers come back by themselves, to whoever serves then. */
  closeAll(): void
}

interface StreamCall {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly endpoint: Endpoint
}

type Needs = Partial<StreamLimits> & {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
}

interface OpenStream {
  readonly userId: string
  readonly body: PassThrough
}

/** A browser that comes back waits so long; spread, so that a restart meets no crowd. */
const returnAfter = () => 2_000 + Math.floor(Math.random() * 3_000)
/** Of a reader that takes nothing: it is let go, and told what it missed when it returns. */
const unreadBytesMax = 64 * 1024

export function createEventStreams(needs: Needs): EventStreams {
  const { beatSeconds = 15, perUser = 4, perProcess = 2_000 } = needs
  const open = new Set<OpenStream>()
  let closing = false

  return {
    async send(call, stream) {
      const { request, reply } = call
      const { userId } = request.visitor!
      const own = [...open].filter((one) => one.userId === userId).length
      if (closing || own >= perUser || open.size >= perProcess) {
        throw new Refused('too-many-requests', { 'retry-after': '30' })
      }
      const body = new PassThrough()
      const opened = { userId, body }
      open.add(opened)
      let leave = () => {}
      let beat: NodeJS.Timeout | undefined
      const ended = () => {
        clearInterval(beat)
        open.delete(opened)
        leave()
        leave = () => {}
      }
      body.once('close', ended).on('error', () => {}) // the browser went away
      try {
        body.write(`retry: ${returnAfter()}\n\n`)
        leave = await stream.open((event) => write(body, textOf(event)), lastEventIdOf(request))
      } catch (fault) {
        body.destroy()
        throw fault
      }
      if (body.destroyed) ended()
      else beat = setInterval(() => void look(needs, call, body), beatSeconds * 1_000)
      return reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(body)
    },
    closeAll() {
      closing = true
      for (const { body } of open) body.end()
    },
  }
}

/** One beat: the session stands and its visitor may still listen, or the stream ends. */
async function look(needs: Needs, { request, endpoint }: StreamCall, body: PassThrough) {
  const end = await endOf(needs, request, endpoint).catch((fault: unknown) => {
    needs.log.warn({ err: fault }, 'a stream cannot see its session, and is ended')
    return 'unseen' as const
  })
  if (end === null) return write(body, ': beat\n\n')
  if (end === 'unseen') return void body.end() // the browser comes back and asks again
  write(body, textOf({ event: 'ended', data: { code: end } }))
  body.end()
}

async function endOf(
  { sessions, clock }: Needs,
  request: FastifyRequest,
  endpoint: Endpoint,
): Promise<string | null> {
  const cookie = sessionCookieIn(request.raw.headers.cookie)
  if (typeof cookie === 'string') return 'session-missing'
  const how = { silent: true }
  const found = await sessions.visitorFor(cookie.token, request.origin, clock.now(), how)
  if ('ended' in found) return `session-${found.ended}`
  return endpoint.who === 'anyone' ? null : refusalOf(endpoint.who, found.visitor)
}

function write(body: PassThrough, text: string): void {
  if (body.writableEnded || body.destroyed) return
  if (body.writableLength + body.readableLength > unreadBytesMax) body.destroy()
  else body.write(text)
}

/** JSON has no line break of its own, so `data` is one line. */
function textOf({ id, event, data }: ServerEvent): string {
  const lines = [`event: ${event}`, ...(id === undefined ? [] : [`id: ${id}`])]
  return `${lines.join('\n')}\ndata: ${JSON.stringify(data)}\n\n`
}

function lastEventIdOf({ raw }: FastifyRequest): string | null {
  const text = raw.headers['last-event-id']
  return typeof text === 'string' && text !== '' ? text.slice(0, 100) : null
}
