/** Calls over real sockets, as a browser with a certificate of its own makes them. */
import { get as httpGet, type IncomingMessage } from 'node:http'
import { Agent, request, type RequestOptions } from 'node:https'
import { text } from 'node:stream/consumers'
import type { TLSSocket } from 'node:tls'

export interface Told {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Whether TLS went on with an earlier session, without showing the certificate again. */
  readonly resumed: boolean
}

/** A browser: it keeps its TLS sessions, and shows this certificate or none. */
export function aBrowser(
  own: { readonly pfx: Buffer; readonly passphrase: string } | { key: string; cert: string } | null,
  more: RequestOptions = {},
) {
  const agent = new Agent({
    ...{ rejectUnauthorized: false, keepAlive: false, maxCachedSessions: 10 },
    ...own,
    ...(more as object),
  })
  return (port: number, path: string, options: RequestOptions = {}): Promise<Told> =>
    new Promise((resolve, reject) => {
      const place = { host: 'localhost', port, path, agent, ...options }
      const call = request(place, (answer) => {
        const resumed = (answer.socket as TLSSocket).isSessionReused()
        told(answer, resumed).then(resolve, reject)
      })
      call.on('error', reject).end()
    })
}

/** Plain HTTP, as a proxy on this machine makes it. */
export function plainly(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> {
  return new Promise((resolve, reject) => {
    httpGet({ host: '127.0.0.1', port, path, headers }, (answer) => {
      told(answer, false).then(resolve, reject)
    }).on('error', reject)
  })
}

async function told(answer: IncomingMessage, resumed: boolean): Promise<Told> {
  const { statusCode: status = 0, headers } = answer
  return { status, headers, body: await text(answer), resumed }
}
