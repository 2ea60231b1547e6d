/**
 * DER — the few ASN.1 values that certificates, requests and .p12 files are made of (ITU-T X.690),
 * written and read. Browser and server share it, and neither needs a library for it.
 */
export type Der = Uint8Array<ArrayBuffer>

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03, // BIT STRING
  octets: 0x04, // OCTET STRING
  nothing: 0x05, // NULL
  oid: 0x06, // OBJECT IDENTIFIER
  enumerated: 0x0a,
  utf8: 0x0c, // UTF8String
  printable: 0x13, // PrintableString
  utcTime: 0x17,
  time: 0x18, // GeneralizedTime
  bmp: 0x1e, // BMPString
  sequence: 0x30,
  set: 0x31,
} as const
export type Tag = keyof typeof tags

/** One value as it was read. */
export interface Part {
  readonly tag: number
  readonly content: Uint8Array
  readonly whole: Uint8Array // with tag and length
}

export function sequence(...parts: readonly Uint8Array[]): Der {
  return tagged(tags.sequence, joined(parts))
}

/** SET OF: DER wants its elements in the order of their bytes. */
export function setOf(...parts: readonly Uint8Array[]): Der {
  return tagged(tags.set, joined(parts.toSorted(inOrderOfBytes)))
}

/** `[number]`: EXPLICIT around a value, or with `primitive` IMPLICIT in the place of its tag. */
export function context(number: number, content: Uint8Array, form?: 'primitive'): Der {
  return tagged((form === 'primitive' ? 0x80 : 0xa0) | number, content)
}

/** @param value a whole number, or the bytes of one that is not negative, highest first */
export function integer(value: number | Uint8Array): Der {
  const bytes = typeof value === 'number' ? bytesOf(value) : value
  const first = bytes.findIndex((byte) => byte !== 0)
  const plain = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  return tagged(tags.integer, plain[0]! < 0x80 ? plain : joined([Uint8Array.of(0), plain]))
}

export function oid(dotted: string): Der {
  const [one, two, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]]
  return tagged(tags.oid, Uint8Array.from([one * 40 + two, ...rest].flatMap(base128)))
}

/** @param unused how many of the last byte's bits say nothing */
export function bits(bytes: Uint8Array, unused = 0): Der {
  return tagged(tags.bits, joined([Uint8Array.of(unused), bytes]))
}

const ascii = (text: string) => new TextEncoder().encode(text)
export const octets = (bytes: Uint8Array): Der => tagged(tags.octets, bytes)
export const utf8 = (text: string): Der => tagged(tags.utf8, ascii(text))
export const printable = (text: string): Der => tagged(tags.printable, ascii(text))
export const bmp = (text: string): Der => tagged(tags.bmp, utf16(text))
export const enumerated = (value: number): Der => tagged(tags.enumerated, Uint8Array.of(value))
export const yes: Der = Uint8Array.of(tags.boolean, 1, 0xff)
export const nothing: Der = Uint8Array.of(tags.nothing, 0)

/** GeneralizedTime, to the second, in UTC. */
export function time(at: Temporal.Instant): Der {
  return tagged(tags.time, ascii(`${digitsOf(at)}Z`))
}

/** Time of X.509: with two digits of the year until 2049 (RFC 5280 §4.1.2.5). */
export function x509Time(at: Temporal.Instant): Der {
  const digits = digitsOf(at)
  return digits < '2050' ? tagged(tags.utcTime, ascii(`${digits.slice(2)}Z`)) : time(at)
}

function digitsOf(at: Temporal.Instant): string {
  return at.toString({ smallestUnit: 'second' }).replaceAll(/[-:TZ]/g, '')
}

/** UTF-16, high byte first, as BMPString has it. */
export function utf16(text: string): Der {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at))
  return bytes
}

export function joined(parts: readonly Uint8Array[]): Der {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Whether these are the bytes of the same value. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  return inOrderOfBytes(one, other) === 0
}

/**
 * The values that follow each other in these bytes, and nothing besides.
 * @returns null when the bytes are anything else, or are not written as DER demands
 */
export function read(bytes: Uint8Array): readonly Part[] | null {
  const parts: Part[] = []
  let at = 0
  while (at < bytes.length) {
    const part = readOne(bytes.subarray(at))
    if (part === null) return null
    parts.push(part)
    at += part.whole.length
  }
  return parts
}

/**
 * What stands inside of a part that carries this tag (`[n]` by its number). Nothing, where there
 * is no such part: whoever reads asks for what it needs, and finds it undefined.
 */
export function inside(part: Part | undefined, tag: Tag | number): readonly Part[] {
  return is(part, tag) ? (read(part.content) ?? []) : []
}

export function is(part: Part | undefined, tag: Tag | number): part is Part {
  return part !== undefined && part.tag === (typeof tag === 'number' ? 0xa0 | tag : tags[tag])
}

/** The value that these bytes are, where they are one. */
export function readOnly(bytes: Uint8Array): Part | undefined {
  const parts = read(bytes)
  return parts?.length === 1 ? parts[0] : undefined
}

/** 24 bits of length are far more than anybody may send us. */
const lengthBytesMax = 3

function readOne(bytes: Uint8Array): Part | null {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null
  const more = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || more > lengthBytesMax || bytes.length < 2 + more) return null
  const length =
    more === 0 ? first : bytes.subarray(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0)
  const shortest = more === 0 || (length >= 0x80 && bytesOf(length).length === more)
  const end = 2 + more + length
  if (!shortest || end > bytes.length) return null
  return { tag, content: bytes.subarray(2 + more, end), whole: bytes.subarray(0, end) }
}

function tagged(tag: number, content: Uint8Array): Der {
  const { length } = content
  const size = length < 0x80 ? [length] : [0x80 | bytesOf(length).length, ...bytesOf(length)]
  return joined([Uint8Array.of(tag, ...size), content])
}

function bytesOf(value: number): Uint8Array {
  const bytes: number[] = []
  for (let left = value; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  return Uint8Array.from(bytes.length === 0 ? [0] : bytes)
}

function base128(value: number): number[] {
  const groups = [value % 128]
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    groups.unshift((left % 128) | 0x80)
  }
  return groups
}

function inOrderOfBytes(one: Uint8Array, other: Uint8Array): number {
  const at = one.findIndex((byte, place) => byte !== other[place])
  return at < 0 ? one.length - other.length : one[at]! - (other[at] ?? -1)
}
