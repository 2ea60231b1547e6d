/**
 * Verifies an exported operation history. Needs Node and nothing else:
 *
 *     node verify-export.mjs FOLDER [--public-key FILE]
 *
 * Written from the format's description (docs/operating/audit.md) and sharing no code with the
 * bank, so that a mistake there is not repeated here. It proves that the records are those that
 * the holder of the key has signed, in their order and without gaps. Give the public key that you
 * received from the bank on another way than this folder; the one in the folder proves nothing
 * about who made it.
 *
 * Exit: 0 all is well, 1 something is broken, 2 the folder cannot be read.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

interface Root {
  position: number
  previous: string
  chain: string
  firstSequence: number
  lastSequence: number
  lastHash: string
  merkleRoot: string
  sealedAt: string
}

interface Line {
  chain: string
  sequence: number
  payload: string
  previous: string
  hash: string
}

class Broken extends Error {}

function sha256(...parts: (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

async function* linesOf(path: string): AsyncGenerator<string> {
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Infinity,
  })) {
    if (line !== '') yield line
  }
}

/** Signatures, and that no root was left out between two others. */
async function readRoots(
  path: string,
  key: KeyObject,
  whole: boolean,
): Promise<Map<string, Root[]>> {
  const byChain = new Map<string, Root[]>()
  let before: { root: Root; statement: string } | null = null
  for await (const line of linesOf(path)) {
    const { statement, signature } = JSON.parse(line)
    const root: Root = JSON.parse(statement)
    if (!verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64'))) {
      throw new Broken(`root ${root.position} (chain ${root.chain}): the signature is wrong`)
    }
    const expected = before === null ? 1 : before.root.position + 1
    if (whole ? root.position !== expected : root.position < expected) {
      throw new Broken(`root ${expected} is missing or out of order`)
    }
    const link = sha256(before === null ? '' : before.statement).toString('hex')
    if (whole && root.previous !== link) {
      throw new Broken(`root ${root.position} does not continue the root before it`)
    }
    const roots = byChain.get(root.chain) ?? []
    if (root.firstSequence !== (roots.at(-1)?.lastSequence ?? 0) + 1) {
      throw new Broken(`chain ${root.chain}: a root before root ${root.position} is missing`)
    }
    roots.push(root)
    byChain.set(root.chain, roots)
    before = { root, statement }
  }
  return byChain
}

/** One chain, record by record. */
class Chain {
  readonly name: string
  sequence = 0
  readonly #roots: Root[]
  #previous: Buffer
  #leaves: Buffer[] = []

  constructor(name: string, roots: Root[]) {
    this.name = name
    this.#roots = [...roots]
    this.#previous = sha256(`madoguchi/operation-history/1/${name}`)
  }

  add(line: Line): void {
    const at = `chain ${this.name}, record ${this.sequence + 1}`
    if (line.sequence !== this.sequence + 1) throw new Broken(`${at}: missing or out of order`)
    const sequence = Buffer.alloc(8)
    sequence.writeBigUInt64BE(BigInt(line.sequence))
    const hash = sha256(Buffer.from(line.previous, 'hex'), sequence, line.payload)
    if (hash.toString('hex') !== line.hash) throw new Broken(`${at}: was changed or moved`)
    if (line.previous !== this.#previous.toString('hex')) {
      throw new Broken(`${at}: does not continue the record before it`)
    }
    const owner = JSON.parse(line.payload).companyId ?? 'bank'
    if (owner !== this.name) throw new Broken(`${at}: belongs to chain ${owner}`)
    this.#previous = hash
    this.sequence = line.sequence
    this.#leaves.push(sha256(Uint8Array.of(0), hash))
    this.#seal()
  }

  #seal(): void {
    const root = this.#roots[0]
    if (root === undefined || this.sequence < root.lastSequence) return
    const at = `chain ${this.name}, records ${root.firstSequence} to ${root.lastSequence}`
    const same =
      merkleRoot(this.#leaves) === root.merkleRoot &&
      this.#previous.toString('hex') === root.lastHash
    if (!same) throw new Broken(`${at}: are not those of root ${root.position}`)
    this.#roots.shift()
    this.#leaves = []
  }

  end(): void {
    const root = this.#roots[0]
    if (root === undefined) return
    const missing = `${this.sequence + 1} to ${root.lastSequence}`
    throw new Broken(`chain ${this.name}: records ${missing} were sealed and are missing`)
  }

  get unsealed(): number {
    return this.#leaves.length
  }
}

/** RFC 6962 §2.1 over leaf hashes: full levels are paired, an odd one at the end moves up. */
function merkleRoot(leaves: Buffer[]): string {
  let level = leaves
  while (level.length > 1) {
    const next: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at]!, level[at + 1]]
      next.push(right === undefined ? left : sha256(Uint8Array.of(1), left, right))
    }
    level = next
  }
  return level[0]!.toString('hex')
}

async function verifyFolder(folder: string, keyFile: string): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const key = createPublicKey(readFileSync(keyFile))
  const roots = await readRoots(join(folder, 'roots.jsonl'), key, manifest.only === null)

  const chains = new Map<string, Chain>()
  for (const [name, own] of roots) chains.set(name, new Chain(name, own))
  for await (const text of linesOf(join(folder, 'records.jsonl'))) {
    const line: Line = JSON.parse(text)
    const chain = chains.get(line.chain) ?? new Chain(line.chain, [])
    chains.set(line.chain, chain)
    chain.add(line)
  }
  let [records, unsealed] = [0, 0]
  for (const chain of chains.values()) {
    chain.end()
    records += chain.sequence
    unsealed += chain.unsealed
  }
  const fingerprint = sha256(key.export({ type: 'spki', format: 'der' })).toString('hex')
  return [
    `OK: ${chains.size} chains, ${records} records, ${[...roots.values()].flat().length} roots.`,
    `Not yet sealed: ${unsealed} records. Whether more were removed after them cannot be told.`,
    `Public key (SHA-256 of SPKI): ${fingerprint}`,
  ].join('\n')
}

const given = process.argv.slice(2)
const option = given.indexOf('--public-key')
const folder = given.find((_, at) => option < 0 || (at !== option && at !== option + 1)) ?? '.'
const keyFile = option < 0 ? join(folder, 'public-key.pem') : (given[option + 1] ?? '')
try {
  process.stdout.write(`${await verifyFolder(folder, keyFile)}\n`)
} catch (fault) {
  const broken = fault instanceof Broken
  const says = broken ? `BROKEN: ${fault.message}` : `Cannot verify: ${String(fault)}`
  process.stderr.write(`${says}\n`)
  process.exitCode = broken ? 1 : 2
}
