/**
 * 操作履歴の鎖 — how a record becomes a link: its payload, and the hash that ties it to all
 * records before it. The database computes the same in `operation_history.append`.
 */
import type { CompanyId } from '#kit/ids.ts'
import { businessOf } from '#kit/operations.ts'
import { canonicalJson, type Json } from '#kit/canonical-json.ts'
import { sha256 } from './merkle.ts'
import type { OperationRecord } from './record.ts'

/** A company's id, or `bank` for what belongs to no company. */
export type ChainName = string

export interface Link {
  readonly chain: ChainName
  readonly sequence: bigint
  readonly payload: string
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

export function chainOf(companyId: CompanyId | null): ChainName {
  return companyId ?? 'bank'
}

/** What a chain's first record continues. */
export function genesis(chain: ChainName): Buffer {
  return sha256(`madoguchi/operation-history/1/${chain}`)
}

export function linkHash(link: Pick<Link, 'previous' | 'sequence' | 'payload'>): Buffer {
  const sequence = Buffer.alloc(8)
  sequence.writeBigInt64BE(link.sequence)
  return sha256(link.previous, sequence, link.payload)
}

/** Longer text is cut: a record is a note, and a visitor must not choose its size. */
const textMax = 200
const factNameMax = 40
const factsMax = 20

/** The record as canonical JSON. People are named by id, so deleting one breaks no chain. */
export function payloadOf(entry: OperationRecord): string {
  const { origin, facts = {} } = entry
  const payload: Record<string, Json> = {
    version: 1,
    at: entry.at.toString({ fractionalSecondDigits: 6 }), // as precise as the column beside it
    companyId: entry.companyId,
    userId: entry.userId,
    business: businessOf(entry.operation),
    operation: entry.operation,
    result: entry.result,
    facts: Object.fromEntries(
      Object.entries(facts)
        .slice(0, factsMax)
        .map(([name, value]) => [storable(name, factNameMax), storable(value)]),
    ),
    origin: {
      address: storable(origin.address),
      terminal: origin.terminal,
      userAgent: storable(origin.userAgent),
      inquiryNumber: storable(origin.inquiryNumber),
      language: origin.language,
    },
  }
  if (entry.reason !== undefined) payload['reason'] = storable(entry.reason)
  return canonicalJson(payload)
}

/** PostgreSQL keeps no NUL and JSON no half surrogates: both become U+FFFD. */
function storable(text: string, most = textMax): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text
  return cut.replaceAll('\0', '\uFFFD').toWellFormed()
}
