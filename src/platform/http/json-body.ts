/**
 * JSON bodies — read strictly, so that no later part meets text it cannot hold.
 *
 * PostgreSQL cannot store a NUL character, half a surrogate would be replaced in silence, a key
 * `__proto__` is an attack, and a deep nest is a way to exhaust a recursive reader.
 */
const depthMax = 32

export class BodyRefused extends Error {
  override readonly name = 'BodyRefused'
  readonly status: 400 | 415
  readonly code: string

  constructor(status: 400 | 415, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

/** @throws BodyRefused */
export function parseJsonBody(bytes: Uint8Array, contentType: string): unknown {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1]
  if (charset && !/^utf-?8$/i.test(charset)) throw new BodyRefused(415, 'charset-not-utf-8')
  if (bytes.length === 0) return undefined
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new BodyRefused(400, 'malformed-json')
  }
  const wrong = unfitText(body)
  if (wrong) throw new BodyRefused(400, wrong)
  return body
}

/** What the value holds that no part of the bank may get, or null. Also for queries. */
export function unfitText(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return unfitCharacter(value)
  if (value === null || typeof value !== 'object') return null
  if (depth >= depthMax) return 'nested-too-deeply'
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') return 'key-not-allowed'
    const wrong = unfitCharacter(key) ?? unfitText(inner, depth + 1)
    if (wrong) return wrong
  }
  return null
}

function unfitCharacter(text: string): string | null {
  if (text.includes('\0')) return 'null-character'
  return text.isWellFormed() ? null : 'half-a-surrogate'
}
