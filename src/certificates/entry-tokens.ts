/** Tokens of entry cookies and tickets: 256 random bits, of which only the SHA-256 is stored. */
import { createHash, randomBytes } from 'node:crypto'

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function tokenHash(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}
