/**
 * Same origin — the rule against forged requests (CSRF), by Fetch Metadata and Origin.
 *
 * certificates-and-security.md C4. The session cookie's SameSite=Strict is the other wall: a
 * sister subdomain is the same site, but never the same origin.
 */
import type { IncomingHttpHeaders } from 'node:http'

export function comesFromOurselves(request: {
  method: string
  headers: IncomingHttpHeaders
  publicOrigin: string
}): boolean {
  const { method, headers, publicOrigin } = request
  const site = headers['sec-fetch-site']
  if (method === 'GET' || method === 'HEAD') {
    // `none`: typed into the address bar. A missing header is a program, which has no cookie of
    // somebody else's browser.
    return site === undefined || site === 'same-origin' || site === 'none'
  }
  if (site !== undefined && site !== 'same-origin') return false
  return headers.origin === publicOrigin
}
