/**
 * 監査の検証 — recomputes everything: payloads against columns, hashes, sequences, heads, the
 * signatures of the roots, and the file of roots. It may run while records are written.
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { Clock } from '#outside/clock/port.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Database } from '#platform/database/database.ts'
import { chainEnds, linksAfter, rootsAfter, rootsOf, type AuditedLink } from './audit-store.ts'
import type { ChainName } from './chain.ts'
import { readStatement, statementHash, type SignedRoot } from './root.ts'
import { rootsFile } from './roots-file.ts'
import { checkChain, type Finding } from './verify-chain.ts'

export interface VerifyNeeds {
  readonly database: Database
  readonly keyVault: KeyVault
  readonly clock: Clock
  readonly rootsPath: string
}

export interface VerifyReport {
  readonly chains: number
  readonly records: bigint
  readonly roots: bigint
  /** Records that no root covers yet: their removal from the end would leave no trace. */
  readonly unsealed: bigint
  /** The first broken record of each chain, then what is wrong with roots. Empty: all is well. */
  readonly findings: readonly Finding[]
}

export async function verifyHistory(needs: VerifyNeeds): Promise<VerifyReport> {
  const key = createPublicKey(await needs.keyVault.publicKey('operation-history-roots'))
  const roots = await checkRoots(needs, key)
  const ends = await needs.database.asBank(chainEnds)

  const findings: Finding[] = []
  let records = 0n
  for (const end of ends) {
    const sealedTo = roots.sealedTo.get(end.chain) ?? 0n
    // oxlint-disable-next-line no-await-in-loop -- one chain after the other keeps memory flat
    const checked = await checkChain(
      end,
      links(needs.database, end.chain),
      rootsOfChain(needs.database, end.chain, roots.last),
    )
    records += checked.records
    const finding = checked.finding ?? shorterThanSealed(end.chain, checked.records, sealedTo)
    if (finding !== null) findings.push(finding)
  }
  for (const [chain, sealedTo] of roots.sealedTo) {
    if (ends.some((end) => end.chain === chain)) continue
    findings.push(shorterThanSealed(chain, 0n, sealedTo)!)
  }
  const sealed = [...roots.sealedTo.values()].reduce((sum, to) => sum + to, 0n)
  return {
    chains: ends.length,
    records,
    roots: roots.last,
    unsealed: records > sealed ? records - sealed : 0n,
    findings: [...findings, ...roots.findings],
  }
}

function shorterThanSealed(chain: ChainName, last: bigint, sealedTo: bigint): Finding | null {
  if (last >= sealedTo) return null
  const says = `records ${last + 1n} to ${sealedTo} were sealed and are missing`
  return { chain, sequence: last + 1n, broken: 'records-missing-at-end', says }
}

interface CheckedRoots {
  readonly last: bigint
  readonly sealedTo: ReadonlyMap<ChainName, bigint>
  readonly findings: readonly Finding[]
}

/** Walks the list of roots and the file side by side. */
async function checkRoots(needs: VerifyNeeds, key: KeyObject): Promise<CheckedRoots> {
  const file = rootsFile(needs.rootsPath).read()[Symbol.asyncIterator]()
  const findings: Finding[] = []
  const sealedTo = new Map<ChainName, bigint>()
  let before: SignedRoot | null = null

  for await (const root of allRoots(needs.database)) {
    // oxlint-disable-next-line no-await-in-loop -- side by side
    const line = await file.next()
    const finding =
      missingBefore(root, before, line) ??
      brokenRoot(root, { before, sealedTo, key }) ??
      differsFromFile(root, line, needs.clock.now())
    if (finding !== null) {
      findings.push(finding) // what follows would only be consequences
      break
    }
    sealedTo.set(root.chain, root.lastSequence)
    before = root
  }
  const more = findings.length === 0 ? await file.next() : null
  if (more?.done === false) findings.push(onlyInFile(more.value.statement))
  return { last: before?.position ?? 0n, sealedTo, findings }
}

type FileLine = IteratorResult<{ readonly statement: string; readonly signature: Uint8Array }>

/** A gap in the list. The file tells whose root it was, where it still has it. */
function missingBefore(
  root: SignedRoot,
  before: SignedRoot | null,
  line: FileLine,
): Finding | null {
  const place = (before?.position ?? 0n) + 1n
  if (root.position === place) return null
  const lost = line.done === true ? null : readStatement(line.value.statement)
  return {
    chain: lost?.chain ?? '?',
    sequence: lost === null ? null : BigInt(lost.firstSequence),
    broken: 'root-missing',
    says: `root ${place} is missing`,
  }
}

function onlyInFile(text: string): Finding {
  const statement = readStatement(text)
  return {
    chain: statement?.chain ?? '?',
    sequence: statement === null ? null : BigInt(statement.firstSequence),
    broken: 'root-missing',
    says: `root ${statement?.position ?? ''} is in the file and not in the database`,
  }
}

function brokenRoot(
  root: SignedRoot,
  expected: {
    before: SignedRoot | null
    sealedTo: ReadonlyMap<ChainName, bigint>
    key: KeyObject
  },
): Finding | null {
  const { before, sealedTo, key } = expected
  const { chain, position, firstSequence: sequence } = root
  if (!verify(null, Buffer.from(root.statement), key, root.signature)) {
    const says = `root ${position} does not carry the bank's signature`
    return { chain, sequence, broken: 'root-signature-wrong', says }
  }
  const said = readStatement(root.statement)
  const asExpected =
    said !== null &&
    BigInt(said.position) === position &&
    said.chain === chain &&
    BigInt(said.firstSequence) === sequence &&
    BigInt(said.lastSequence) === root.lastSequence &&
    said.previous === statementHash(before?.statement ?? null) &&
    sequence === (sealedTo.get(chain) ?? 0n) + 1n
  if (asExpected) return null
  const says = `root ${position} does not continue the roots before it`
  return { chain, sequence, broken: 'root-malformed', says }
}

function differsFromFile(root: SignedRoot, line: FileLine, now: Temporal.Instant): Finding | null {
  if (line.done === true && onItsWayToFile(root, now)) return null
  const same =
    line.done !== true &&
    line.value.statement === root.statement &&
    Buffer.compare(line.value.signature, root.signature) === 0
  if (same) return null
  const how = line.done === true ? 'is not in the file of roots' : 'differs from the file of roots'
  const { chain, position, firstSequence } = root
  return {
    chain,
    sequence: firstSequence,
    broken: 'roots-file-differs',
    says: `root ${position} ${how}`,
  }
}

/** A root is copied to the file right after its commit; a minute is long for that. */
function onItsWayToFile({ statement }: SignedRoot, now: Temporal.Instant): boolean {
  const sealedAt = Temporal.Instant.from(readStatement(statement)!.sealedAt)
  return Temporal.Instant.compare(sealedAt.add({ minutes: 1 }), now) > 0
}

const pageSize = 2_000

export async function* links(database: Database, chain: ChainName): AsyncIterable<AuditedLink> {
  let sequence = 0n
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await database.asBank((tx) => linksAfter(tx, chain, sequence, pageSize))
    yield* page
    if (page.length < pageSize) return
    sequence = page.at(-1)!.sequence
  }
}

export async function* allRoots(database: Database): AsyncIterable<SignedRoot> {
  let position = 0n
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await database.asBank((tx) => rootsAfter(tx, position, pageSize))
    yield* page
    if (page.length < pageSize) return
    position = page.at(-1)!.position
  }
}

async function* rootsOfChain(
  database: Database,
  chain: ChainName,
  upTo: bigint,
): AsyncIterable<SignedRoot> {
  let afterSequence = 0n
  for (;;) {
    const of = { chain, afterSequence, upTo }
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await database.asBank((tx) => rootsOf(tx, of, pageSize))
    yield* page
    if (page.length < pageSize) return
    afterSequence = page.at(-1)!.lastSequence
  }
}
