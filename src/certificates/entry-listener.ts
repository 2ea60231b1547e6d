/**
 * 電子証明書の受付窓口 — the listener that asks for a certificate: one page, and a ticket back.
 *
 * TLS takes any certificate or none, and what is shown is judged here: only so can a page say what
 * is wrong, where TLS itself would cut the connection (certificates-and-security.md B3). Behind a
 * proxy that ends TLS it takes the header of RFC 9440, from that proxy alone.
 */
import { X509Certificate } from 'node:crypto'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Language } from '#kit/visitor.ts'
import type { Clock } from '#outside/clock/port.ts'
import { listen } from '#platform/http/lifetime.ts'
import type { Log } from '#platform/log.ts'
import { networksOf, newInquiryNumber, originOf } from '#platform/http/origin.ts'
import { pacerOfThisProcess, type Pacer } from '#platform/http/pace.ts'
import { enter, recordIgnoredHeader, type EntryDeskNeeds } from './entry-desk.ts'
import { entryPages, type BankNames, type Page, type Pages } from './entry-pages.ts'
import type { PageName } from './messages.pages.ja.ts'
import { certificateInHeader } from './presented-certificate.ts'
import type { Came } from './recording.ts'
import type { ServerCertificate } from './server-certificate.ts'
import { trustedProxies, type TrustedProxies } from './trusted-proxies.ts'

export interface EntryListenerNeeds extends EntryDeskNeeds {
  readonly clock: Clock
  readonly publicOrigin: string
  readonly bankNames: BankNames
  readonly host: string
  readonly port: number
  readonly drainSeconds: number
  /** null: plain HTTP, behind proxies that end TLS. */
  readonly tls: ServerCertificate | null
  readonly trusted: readonly string[] // these proxies
  readonly log: Pick<Log, 'info' | 'error'>
}

export interface EntryListener {
  readonly port: number
  /** Takes no new connection, and cuts what is left after `drainSeconds`. */
  close(): Promise<void>
}

const perMinute = 60
const entryForm = /^[A-Za-z0-9_-]{43}$/ // SHA-256 in base64url

/** @throws PortTaken */
export async function openEntryListener(needs: EntryListenerNeeds): Promise<EntryListener> {
  const { tls, host, port } = needs
  const desk: Desk = {
    needs,
    pages: entryPages(needs),
    pacer: pacerOfThisProcess(),
    trusted: trustedProxies(needs.trusted),
  }
  const handler = (request: IncomingMessage, response: ServerResponse) =>
    void answer(desk, request, response)
  const limits = { requestTimeout: 10_000, maxHeaderSize: 16 * 1024, keepAliveTimeout: 5_000 }
  const server =
    tls === null
      ? createHttpServer(limits, handler)
      : createHttpsServer({ ...limits, ...(await secured(needs, tls)) }, handler)
  await listen(server as Server, { host, port, variable: 'CERT_PORT' })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        const cut = setTimeout(() => server.closeAllConnections(), needs.drainSeconds * 1_000)
        server.close(() => {
          clearTimeout(cut)
          done()
        })
        server.closeIdleConnections()
      }),
  }
}

/** The browser's list shows the certificates of these authorities only (B3-6). */
async function secured({ authority }: EntryListenerNeeds, server: ServerCertificate) {
  const { issuing, root } = await authority.chain()
  return {
    cert: server.certificate,
    key: server.key,
    ca: [root, issuing].map((one) => new X509Certificate(one).toString()),
    minVersion: 'TLSv1.2',
    requestCert: true,
    rejectUnauthorized: false, // judged in entry-judgement.ts, at every request
  } as const
}

interface Desk {
  readonly needs: EntryListenerNeeds
  readonly pages: Pages
  readonly pacer: Pacer
  readonly trusted: TrustedProxies
}

type Answer =
  | { readonly page: PageName; readonly status: number; readonly certificate?: Page['certificate'] }
  | { readonly to: string }
  | { readonly alive: true }

async function answer(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { needs } = desk
  const inquiryNumber = newInquiryNumber()
  const asked = addressOf(request)
  const language: Language = asked?.searchParams.get('language') === 'en' ? 'en' : 'ja'
  const told = await answered(desk, request, { asked, language, inquiryNumber }).catch(
    (fault: unknown): Answer => {
      needs.log.error({ err: fault, inquiryNumber }, 'a certificate could not be judged')
      return { page: 'fault', status: 500 }
    },
  )
  if (!('alive' in told)) {
    const said = 'to' in told ? { status: 303 } : { status: told.status, refusal: told.page }
    needs.log.info({ inquiryNumber, endpoint: 'certificate-entry', ...said }, 'answered')
  }
  send(desk.pages, response, told, { language, inquiryNumber })
}

/** @returns null where the request names no address that can be read */
function addressOf({ url = '' }: IncomingMessage): URL | null {
  return url.startsWith('/') && URL.canParse(`http://entry${url}`)
    ? new URL(`http://entry${url}`)
    : null
}

async function answered(
  { needs, pacer, trusted }: Desk,
  request: IncomingMessage,
  about: { asked: URL | null; language: Language; inquiryNumber: string },
): Promise<Answer> {
  const { asked, language, inquiryNumber } = about
  if (request.method !== 'GET') return { page: 'no-such-page', status: 405 }
  if (asked?.pathname === '/healthz') return { alive: true }
  if (asked?.pathname !== '/login') return { page: 'no-such-page', status: 404 }

  const { headers, socket } = request
  const peer = socket.remoteAddress ?? ''
  const forwarded = headers['x-forwarded-for']
  const claimedAddress = trusted.clientOf(peer, [forwarded ?? []].flat().join(','))
  const from = originOf({ headers, claimedAddress, socketAddress: peer, inquiryNumber })
  const came = { now: needs.clock.now(), origin: { ...from, language } }
  const bucket = { key: `entry ${networksOf(came.origin.address).own}`, perMinute }
  if ((await pacer.wait([bucket], came.now)) !== null) {
    return { page: 'too-many-requests', status: 429 }
  }
  const entry = asked.searchParams.get('entry') ?? ''
  if (!entryForm.test(entry)) return { page: 'entry-missing', status: 400 }

  const given = await givenCertificate(needs, request, { trusted: trusted.includes(peer), came })
  const entryHash = Buffer.from(entry, 'base64url')
  const outcome = await enter(needs, { given, entryHash, came })
  if ('ticket' in outcome) {
    // In the fragment, which no server and no log ever sees.
    return { to: `${needs.publicOrigin}/login/certificate#ticket=${outcome.ticket}` }
  }
  return { page: outcome.refuse, status: 403, certificate: outcome.certificate }
}

/** Of TLS, or of the header; a header from anybody else is not looked into, and written down. */
async function givenCertificate(
  needs: EntryListenerNeeds,
  { headers, socket }: IncomingMessage,
  { trusted, came }: { readonly trusted: boolean; readonly came: Came },
): Promise<X509Certificate | null> {
  const header = headers['client-cert']
  const behindProxy = needs.tls === null
  if (header !== undefined && !(behindProxy && trusted)) await recordIgnoredHeader(needs, came)
  if (!behindProxy) return (socket as TLSSocket).getPeerX509Certificate() ?? null
  return trusted && typeof header === 'string' ? certificateInHeader(header) : null
}

function send(
  { headers, html }: Pages,
  response: ServerResponse,
  told: Answer,
  { language, inquiryNumber }: Pick<Page, 'language' | 'inquiryNumber'>,
): void {
  if ('alive' in told) {
    const type = { 'content-type': 'application/json; charset=utf-8' }
    response.writeHead(200, { ...headers, ...type }).end(JSON.stringify(told))
    return
  }
  if ('to' in told) {
    response.writeHead(303, { ...headers, location: told.to }).end()
    return
  }
  const { page: name, status, certificate = null } = told
  const type = { 'content-type': 'text/html; charset=utf-8' }
  const more = status === 429 ? { 'retry-after': '60' } : status === 405 ? { allow: 'GET' } : {}
  response.writeHead(status, { ...headers, ...type, ...more })
  response.end(html({ name, language, inquiryNumber, certificate }))
}
