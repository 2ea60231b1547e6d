/**
 * Base45 (RFC 9285) — bytes in the letters that a 2D code stores at 5.5 bits each: two bytes are
 * three letters, a last single byte two. Reading is strict: every text has one meaning or none.
 */
import type { Bytes } from './bytes.ts'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length
    const value = isPair ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!
    text += letters[value % 45]! + letters[Math.floor(value / 45) % 45]!
    if (isPair) text += letters[Math.floor(value / 2025)]!
  }
  return text
}

/** @returns null for a foreign letter, a group above its bytes, or one letter left over (§6) */
export function decodeBase45(text: string): Bytes | null {
  if (text.length % 3 === 1) return null
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const group = Array.from(text.slice(at, at + 3), (letter) => letters.indexOf(letter))
    if (group.includes(-1)) return null
    const [first, second, third] = group as [number, number, number?]
    const value = first + second * 45 + (third ?? 0) * 2025
    if (value > (third === undefined ? 0xff : 0xffff)) return null
    if (third !== undefined) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Uint8Array.from(bytes)
}
