/**
 * Identifiers — UUID version 7 (RFC 9562 §5.7), made in the application.
 *
 * They sort by the time they were made, so an index on them grows at its right end, and no
 * database sequence is needed whose gaps or order somebody could take for a meaning.
 */
declare const of: unique symbol
export type Id<Thing extends string> = string & { readonly [of]: Thing }
export type CompanyId = Id<'company'>
export type UserId = Id<'user'>
export type SessionId = Id<'session'>

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** @param millisecondsSinceEpoch the moment that the id will sort by */
export function newId<Thing extends string>(millisecondsSinceEpoch: number): Id<Thing> {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  new DataView(bytes.buffer).setBigUint64(0, BigInt(millisecondsSinceEpoch) << 16n)
  crypto.getRandomValues(bytes.subarray(6))
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [8, 12, 16, 20].reduceRight(
    (text, at) => `${text.slice(0, at)}-${text.slice(at)}`,
    hex,
  ) as Id<Thing>
}

export function isId(text: string): boolean {
  return form.test(text)
}
