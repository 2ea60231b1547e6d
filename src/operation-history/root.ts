/**
 * 封印 — a signed statement that these records, in this order, stood in a chain at that time.
 *
 * The statements of all chains form one numbered list in which each names the hash of the one
 * before it, so that none can be left out later.
 */
import { canonicalJson } from '#kit/canonical-json.ts'
import type { ChainName } from './chain.ts'
import { sha256 } from './merkle.ts'

export interface SignedRoot {
  readonly position: bigint
  readonly chain: ChainName
  readonly firstSequence: bigint
  readonly lastSequence: bigint
  /** Canonical JSON; exactly these bytes are signed. */
  readonly statement: string
  readonly signature: Uint8Array // Ed25519
}

/** What a statement says. Hashes are in lower-case hexadecimal. */
export interface Statement {
  readonly version: 1
  readonly position: number
  readonly previous: string // SHA-256 of the statement before; of nothing at the first
  readonly chain: ChainName
  readonly firstSequence: number
  readonly lastSequence: number
  readonly lastHash: string // of the record at lastSequence
  readonly merkleRoot: string // RFC 6962 over the hashes of these records
  readonly sealedAt: string
}

export function writeStatement(statement: Statement): string {
  return canonicalJson({ ...statement })
}

/** @returns null when the text is not a statement in canonical form */
export function readStatement(text: string): Statement | null {
  try {
    const read = JSON.parse(text) as Statement
    return writeStatement(read) === text ? read : null
  } catch {
    return null
  }
}

export function statementHash(statement: string | null): string {
  return statement === null ? sha256().toString('hex') : sha256(statement).toString('hex')
}

/** One line of roots.jsonl. */
export function rootLine({ statement, signature }: Pick<SignedRoot, 'statement' | 'signature'>) {
  return `${canonicalJson({ statement, signature: Buffer.from(signature).toString('base64') })}\n`
}

/** @returns null when the line is torn or is something else */
export function readRootLine(line: string): { statement: string; signature: Buffer } | null {
  try {
    const { statement, signature } = JSON.parse(line) as Record<string, unknown>
    if (typeof statement !== 'string' || typeof signature !== 'string') return null
    return { statement, signature: Buffer.from(signature, 'base64') }
  } catch {
    return null
  }
}
