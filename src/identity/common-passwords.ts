/**
 * よく使われるパスワード — what the profile `modern` does not take.
 *
 * The words of common-passwords.txt, in lower case. The file is short on purpose: passwords of
 * twelve characters and more are mostly such a word with an ending, which passwords.ts takes off
 * before it looks. A bank may bring a longer list (`commonPasswords` of the needs).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const commonPasswords: ReadonlySet<string> = new Set(
  readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
    .split('\n')
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '' && !line.startsWith('#')),
)
