/** JIS X 0201 in eight bits — half-width kana and ASCII at one byte a character (A4). */
import { jisByte, jisCharacter } from '../zengin/characters.ts'
import type { Bytes } from './bytes.ts'

/** @returns null when a character has no byte; full width is converted by zengin/characters.ts */
export function kanaBytes(text: string): Bytes | null {
  const bytes = Array.from(text, (character) =>
    character.length === 1 ? jisByte(character.charCodeAt(0)) : -1,
  )
  return bytes.includes(-1) ? null : Uint8Array.from(bytes)
}

/** @returns null when a byte is no character of JIS X 0201 */
export function kanaText(bytes: Uint8Array): string | null {
  const characters = Array.from(bytes, jisCharacter)
  return characters.includes(null) ? null : characters.join('')
}
