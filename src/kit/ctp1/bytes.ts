/** Bytes — the few operations on them that CTP1 needs, the same in Node and in a browser. */

/** What WebCrypto takes: bytes that no other thread can change. */
export type Bytes = Uint8Array<ArrayBuffer>

/** @throws RangeError for a number that does not fit, or a text that is not decimal */
export function uintBytes(value: bigint | number | string, length: number): Bytes {
  if (typeof value === 'string' && !/^\d+$/.test(value)) {
    throw new RangeError(`not a decimal number: ${value}`)
  }
  let rest = BigInt(value)
  if (rest < 0n || rest >= 1n << BigInt(8 * length)) {
    throw new RangeError(`${value} is not a number of ${length} bytes`)
  }
  const bytes = new Uint8Array(length)
  for (let at = length - 1; at >= 0; at -= 1) {
    bytes[at] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return bytes
}

/** Big-endian, as everywhere in CTP1. */
export function uintOf(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @throws RangeError for a text that is not pairs of hexadecimal digits */
export function bytesOfHex(hex: string): Bytes {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new RangeError('not pairs of hexadecimal digits')
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function utf8(text: string): Bytes {
  return Uint8Array.from(new TextEncoder().encode(text))
}

/** Compares codes in a time that does not tell how far they agree. */
export function sameCode(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
