/**
 * 鎖の検証 — whether one chain is what was written: every record unchanged, in its place, none
 * missing, none added. Pure over the records that it is given; stops at the first broken one.
 */
import { canonicalJson, type Json } from '#kit/canonical-json.ts'
import type { AuditedLink, ChainEnd } from './audit-store.ts'
import { chainOf, genesis, linkHash, type ChainName } from './chain.ts'
import { merkleTree } from './merkle.ts'
import { readStatement, type SignedRoot } from './root.ts'
import type { CompanyId } from '#kit/ids.ts'

/** `sequence` is the first broken record; null where a whole chain is meant. */
export interface Finding {
  readonly chain: ChainName
  readonly sequence: bigint | null
  readonly broken: Breakage
  readonly says: string
}

export type Breakage =
  | 'record-missing'
  | 'record-changed'
  | 'record-moved'
  | 'record-of-another-chain'
  | 'record-does-not-continue'
  | 'columns-differ'
  | 'head-missing'
  | 'head-differs'
  | 'records-missing-at-end'
  | 'record-beyond-head'
  | 'records-differ-from-root'
  | 'root-missing'
  | 'root-signature-wrong'
  | 'root-malformed'
  | 'roots-file-differs'

export async function checkChain(
  end: ChainEnd,
  links: AsyncIterable<AuditedLink>,
  roots: AsyncIterable<SignedRoot>,
): Promise<{ readonly finding: Finding | null; readonly records: bigint }> {
  const { chain } = end
  const seals = sealsOf(roots)
  let previous: Uint8Array = genesis(chain)
  let sequence = 0n

  for await (const link of links) {
    if (link.sequence > end.lastSequence) break // written since the end was read
    sequence += 1n
    const broken =
      brokenLink(link, { chain, sequence, previous, lastSequence: end.lastSequence }) ??
      (await seals.broken(link))
    if (broken !== null) return { finding: { chain, ...broken }, records: sequence }
    previous = link.hash
  }
  const broken = brokenEnd(end, sequence, previous)
  return { finding: broken && { chain, ...broken }, records: sequence }
}

type Broken = Omit<Finding, 'chain'>

function brokenLink(
  link: AuditedLink,
  expected: { chain: ChainName; sequence: bigint; previous: Uint8Array; lastSequence: bigint },
): Broken | null {
  const { sequence } = expected
  if (link.sequence !== sequence) {
    const last = link.sequence - 1n
    const which = last > sequence ? `records ${sequence} to ${last} are` : `record ${sequence} is`
    return { sequence, broken: 'record-missing', says: `${which} missing` }
  }
  if (!same(linkHash(link), link.hash)) {
    const place = placeOf(link, expected.lastSequence)
    return place === null
      ? { sequence, broken: 'record-changed', says: `record ${sequence} was changed` }
      : {
          sequence,
          broken: 'record-moved',
          says: `record ${sequence} was written as record ${place} and moved here`,
        }
  }
  const payload = read(link.payload)
  if (payload === null || chainOf(payload['companyId'] as CompanyId | null) !== expected.chain) {
    const says = `record ${sequence} belongs to another chain`
    return { sequence, broken: 'record-of-another-chain', says }
  }
  if (!same(link.previous, expected.previous)) {
    const says = `record ${sequence} does not continue the record before it`
    return { sequence, broken: 'record-does-not-continue', says }
  }
  const column = differingColumn(link, payload)
  if (column !== null) {
    const says = `record ${sequence}: the column ${column} differs from the payload`
    return { sequence, broken: 'columns-differ', says }
  }
  return null
}

/** Looked for only when a record is already known to be broken. */
const searchedPlaces = 100_000n

function placeOf(link: AuditedLink, lastSequence: bigint): bigint | null {
  const least = link.sequence > searchedPlaces ? link.sequence - searchedPlaces : 1n
  const most = link.sequence + searchedPlaces
  for (let place = least; place <= most && place <= lastSequence + 1_000n; place += 1n) {
    if (same(linkHash({ ...link, sequence: place }), link.hash)) return place
  }
  return null
}

/** @returns null when the payload is not canonical JSON */
function read(payload: string): Record<string, Json> | null {
  try {
    const value = JSON.parse(payload) as Record<string, Json>
    return canonicalJson(value) === payload ? value : null
  } catch {
    return null
  }
}

function differingColumn({ columns }: AuditedLink, payload: Record<string, Json>): string | null {
  const { at, terminal, ...others } = columns
  const moment = Temporal.Instant.from(payload['at'] as string)
  if (!Temporal.Instant.from(at).equals(moment)) return 'at'
  const origin = payload['origin'] as Record<string, Json>
  if (origin['terminal'] !== terminal) return 'terminal'
  const other = Object.entries(others).find(([name, value]) => payload[name] !== value)
  return other === undefined ? null : other[0]
}

function brokenEnd(end: ChainEnd, sequence: bigint, hash: Uint8Array): Broken | null {
  const { head } = end
  if (head === null) {
    return { sequence, broken: 'head-missing', says: 'the end mark of the chain is missing' }
  }
  if (head.sequence > sequence) {
    const first = sequence + 1n
    const says =
      head.sequence === first
        ? `the last record, ${first}, is missing`
        : `the last records, ${first} to ${head.sequence}, are missing`
    return { sequence: first, broken: 'records-missing-at-end', says }
  }
  if (head.sequence < sequence) {
    const first = head.sequence + 1n
    const says = `record ${first} stands beyond the end mark of the chain`
    return { sequence: first, broken: 'record-beyond-head', says }
  }
  if (!same(head.hash, hash)) {
    const says = `the end mark has another hash than the last record, ${sequence}`
    return { sequence, broken: 'head-differs', says }
  }
  return null
}

/** Compares the records, as they pass, with the signed roots that cover them. */
function sealsOf(roots: AsyncIterable<SignedRoot>) {
  const iterator = roots[Symbol.asyncIterator]()
  let root: SignedRoot | null | undefined
  let tree = merkleTree()

  return {
    async broken(link: AuditedLink): Promise<Broken | null> {
      if (root === undefined) root = await next(iterator)
      if (root === null) return null
      tree.add(link.hash)
      if (link.sequence < root.lastSequence) return null

      const sealed = readStatement(root.statement)
      const agrees =
        sealed !== null &&
        sealed.merkleRoot === tree.root().toString('hex') &&
        sealed.lastHash === Buffer.from(link.hash).toString('hex')
      const { firstSequence, lastSequence, position } = root
      tree = merkleTree()
      root = undefined
      if (agrees) return null
      const says = `records ${firstSequence} to ${lastSequence} are not those of root ${position}`
      return { sequence: firstSequence, broken: 'records-differ-from-root', says }
    },
  }
}

async function next(iterator: AsyncIterator<SignedRoot>): Promise<SignedRoot | null> {
  const { done, value } = await iterator.next()
  return done === true ? null : value
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
