/** Values of fields — the bytes of a tag's value and the text that stands for them in a Field. */
import { bytesOfHex, hexOf, uintBytes, uintOf, utf8, type Bytes } from './bytes.ts'
import { kanaBytes, kanaText } from './kana.ts'

export type ValueKind =
  | 'kana' // JIS X 0201, one byte a character
  | 'utf8'
  | 'uint8' // decimal text, as the other numbers
  | 'uint24'
  | 'uint40'
  | 'date' // eight BCD digits; `2026-11-24`
  | 'digest' // 8 bytes; 16 hexadecimal digits, which a screen shows in groups of four

/** @returns null when the kind cannot carry the value */
export function valueBytes(kind: ValueKind, value: string): Bytes | null {
  const bytes = writers[kind](value)
  // What would be read as something else is not what was meant: `007`, a lone surrogate, capitals.
  return bytes !== null && readValue(kind, bytes) === value ? bytes : null
}

/** @returns null for bytes that are no value of the kind */
export function readValue(kind: ValueKind, bytes: Bytes): string | null {
  return readers[kind](bytes)
}

const lengths = { uint8: 1, uint24: 3, uint40: 5 } as const

const writers: Record<ValueKind, (value: string) => Bytes | null> = {
  kana: kanaBytes,
  utf8,
  uint8: (value) => uintValue(value, lengths.uint8),
  uint24: (value) => uintValue(value, lengths.uint24),
  uint40: (value) => uintValue(value, lengths.uint40),
  date: (value) => (isDate(value) ? bytesOfHex(value.replaceAll('-', '')) : null),
  digest: (value) => (/^[0-9a-f]{16}$/.test(value) ? bytesOfHex(value) : null),
}

const readers: Record<ValueKind, (bytes: Bytes) => string | null> = {
  kana: (bytes) => (bytes.length > 0 ? kanaText(bytes) : null),
  utf8: utf8Text,
  uint8: (bytes) => uintText(bytes, lengths.uint8),
  uint24: (bytes) => uintText(bytes, lengths.uint24),
  uint40: (bytes) => uintText(bytes, lengths.uint40),
  date: dateText,
  digest: (bytes) => (bytes.length === 8 ? hexOf(bytes) : null),
}

function uintValue(value: string, length: number): Bytes | null {
  if (!/^\d{1,13}$/.test(value) || BigInt(value) >= 1n << BigInt(8 * length)) return null
  return uintBytes(value, length)
}

function uintText(bytes: Bytes, length: number): string | null {
  return bytes.length === length ? uintOf(bytes).toString() : null
}

/** Controls, formats and line ends could make the screen show another text than the signed one. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

function utf8Text(bytes: Bytes): string | null {
  if (bytes.length === 0) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return invisible.test(text) ? null : text
  } catch {
    return null // not UTF-8
  }
}

function dateText(bytes: Bytes): string | null {
  if (bytes.length !== 4) return null
  const text = hexOf(bytes).replace(/^(....)(..)(..)$/, '$1-$2-$3')
  return isDate(text) ? text : null
}

/** A day of the calendar's form; whether it is a business day is the bank's to know. */
function isDate(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)
}
