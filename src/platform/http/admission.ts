/**
 * Admission — the checks before a call is read, cheap before dear: origin of the call, pace of
 * the address, session, stage, rights, pace of the session. The body is not yet parsed, so a
 * stranger's ten megabytes cost nothing.
 */
import type { FastifyRequest } from 'fastify'
import { activityHeader, type Endpoint, type Who } from '#kit/endpoint.ts'
import type { Visitor } from '#kit/visitor.ts'
import { sessionCookieIn } from './cookies.ts'
import { bucketsOf, type Pacer } from './pace.ts'
import { Refused, type ListenerRefusal } from './problems.ts'
import { comesFromOurselves } from './same-origin.ts'
import type { SessionEnd, Sessions } from './sessions.ts'

export interface AdmissionNeeds {
  readonly publicOrigin: string
  readonly sessions: Sessions
  readonly pacers: { readonly shared: Pacer; readonly own: Pacer }
}

/** @throws Refused; else the request has its visitor */
export async function admit(
  request: FastifyRequest,
  endpoint: Endpoint,
  needs: AdmissionNeeds,
): Promise<void> {
  const { origin, receivedAt: now } = request
  const { method, headers } = request.raw
  const { publicOrigin, pacers } = needs
  if (!comesFromOurselves({ method: method!, headers, publicOrigin })) {
    throw new Refused('other-origin')
  }
  const pacer = endpoint.pace === 'read' ? pacers.own : pacers.shared
  const keepPace = async () => {
    const buckets = bucketsOf(endpoint.pace, { address: origin.address, visitor: request.visitor })
    const seconds = await pacer.wait(buckets, now)
    if (seconds !== null) throw new Refused('too-many-requests', { 'retry-after': String(seconds) })
  }

  if (endpoint.pace === 'login') await keepPace()
  const found = await visitorOf(request, needs.sessions, { silent: isSilent(request, endpoint) })
  request.visitor = typeof found === 'string' ? null : found
  if (endpoint.who !== 'anyone') {
    if (typeof found === 'string') throw new Refused(found)
    const refusal = refusalOf(endpoint.who, found)
    if (refusal) throw new Refused(refusal)
  }
  if (endpoint.pace !== 'login') await keepPace()
}

async function visitorOf(
  request: FastifyRequest,
  sessions: Sessions,
  how: { readonly silent: boolean },
): Promise<Visitor | `session-${SessionEnd | 'missing'}`> {
  const cookie = sessionCookieIn(request.raw.headers.cookie)
  if (cookie === 'none') return 'session-missing'
  if (cookie === 'malformed') return 'session-unknown'
  const found = await sessions.visitorFor(cookie.token, request.origin, request.receivedAt, how)
  return 'visitor' in found ? found.visitor : `session-${found.ended}`
}

/** A stream, or a look that no hand has asked for: it can shorten a session, never lengthen it. */
function isSilent(request: FastifyRequest, { out, repeat }: Endpoint): boolean {
  if (out === 'events') return true
  return repeat === 'safe' && request.raw.headers[activityHeader] === 'none'
}

/** Stage before rights: whoever has not finished the login is told that first. */
export function refusalOf(who: Exclude<Who, 'anyone'>, visitor: Visitor): ListenerRefusal | null {
  if (who === 'signing-in') return null
  if (visitor.stage !== 'signed-in') return 'login-unfinished'
  if (who === 'signed-in') return null
  const wanted = 'right' in who ? [who.right] : who.anyOf
  return wanted.some((right) => visitor.rights.has(right)) ? null : 'right-missing'
}
