/**
 * Cookies — the session's token and the device's, for this host only and for no script.
 *
 * `__Host-`: the browser itself refuses such a cookie without Secure, with a Domain, or off
 * Path=/, so a sister subdomain cannot plant one.
 */
const sessionName = '__Host-sid'
const deviceName = '__Host-device'
const entryName = '__Host-entry'
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
const entrySeconds = 15 * 60
const deviceSeconds = 400 * 24 * 60 * 60 // no browser keeps a cookie longer

/** A token of ours is 43 letters of base64url; anything else is not worth a look-up. */
const form = /^[A-Za-z0-9_-]{20,128}$/

export function cookieThatBegins(token: string): string {
  return `${sessionName}=${checked(token)}; ${attributes}`
}

export const cookieThatEnds = `${sessionName}=; Max-Age=0; ${attributes}`

export function cookieOfDevice(token: string): string {
  return `${deviceName}=${checked(token)}; Max-Age=${deviceSeconds}; ${attributes}`
}

/** Before there is a session: which browser stands between a certificate and its password. */
export function cookieOfEntry(token: string): string {
  return `${entryName}=${checked(token)}; Max-Age=${entrySeconds}; ${attributes}`
}

export const cookieThatEndsEntry = `${entryName}=; Max-Age=0; ${attributes}`

export type CookieRead = { readonly token: string } | 'none' | 'malformed'

export function sessionCookieIn(header: string | undefined): CookieRead {
  return cookieIn(header, sessionName)
}

export function deviceCookieIn(header: string | undefined): string | null {
  const read = cookieIn(header, deviceName)
  return typeof read === 'object' ? read.token : null
}

export function entryCookieIn(header: string | undefined): string | null {
  const read = cookieIn(header, entryName)
  return typeof read === 'object' ? read.token : null
}

/** Two cookies of one name can only come from an attempt to plant one: neither is taken. */
function cookieIn(header: string | undefined, name: string): CookieRead {
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  const [token] = found
  if (token === undefined) return 'none'
  return found.length === 1 && form.test(token) ? { token } : 'malformed'
}

function checked(token: string): string {
  if (!form.test(token)) throw new TypeError('a token is 20 to 128 letters of base64url')
  return token
}
