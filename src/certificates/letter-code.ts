/**
 * 電子証明書発行コード — 120 random bits in a letter, as six groups of four signs. It is typed once,
 * by somebody who has no token yet.
 */
import { createHash, randomBytes } from 'node:crypto'

/** Crockford's letters: none that looks like another. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const signs = 24

export function newLetterCode(): string {
  const drawn = Array.from(randomBytes(signs), (byte) => letters[byte % letters.length]!)
  return drawn.join('').replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** Spaces, hyphens, small and full-width letters are no mistake, nor O for 0. */
export function letterCodeHash(typed: string): Uint8Array {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\u2010-\u2015\u2212-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return createHash('sha256').update(plain).digest()
}
