/**
 * RFC 8785 (JCS) — one text per JSON value, so that a hash over it means the value.
 *
 * Only what our records need: objects, arrays, text, whole numbers, truth and null. Text must be
 * well formed Unicode, as the RFC demands (I-JSON).
 */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json }

/** @throws TypeError for half a surrogate or a number that is not a safe whole one */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe whole number: ${value}`)
    return String(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`

  // JavaScript compares text by UTF-16 code units, which is the order of the RFC.
  const members = Object.keys(value).toSorted()
  return `{${members.map((name) => `${text(name)}:${canonicalJson(value[name]!)}`).join(',')}}`
}

/** The escapes of JSON.stringify are those of the RFC. */
function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('text holds half a surrogate')
  return JSON.stringify(value)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
