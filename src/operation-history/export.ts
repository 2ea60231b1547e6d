/**
 * 監査用の書き出し — everything an outsider needs to verify the history without us: records,
 * roots, the public key, and a small script that runs with Node alone. Format: docs/operating/audit.md.
 */
import { execFile } from 'node:child_process'
import { copyFile, mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Clock } from '#outside/clock/port.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Database } from '#platform/database/database.ts'
import { chainEnds } from './audit-store.ts'
import type { ChainName } from './chain.ts'
import { rootLine } from './root.ts'
import { allRoots, links } from './verify.ts'

export interface ExportNeeds {
  readonly database: Database
  readonly keyVault: KeyVault
  readonly clock: Clock
}

export interface Exported {
  readonly chains: number
  readonly records: bigint
  readonly roots: bigint
}

/**
 * @param folder made by this call; it must not exist yet
 * @param only the chain to export (a company's id or `bank`); null for all
 */
export async function exportHistory(
  { database, keyVault, clock }: ExportNeeds,
  folder: string,
  only: ChainName | null,
): Promise<Exported> {
  await mkdir(folder, { mode: 0o700 })
  const wanted = (chain: ChainName) => only === null || chain === only
  // Roots first: what they cover was there before, so the records below contain all of it.
  const roots = await writeLines(join(folder, 'roots.jsonl'), async function* () {
    for await (const root of allRoots(database)) if (wanted(root.chain)) yield rootLine(root)
  })
  const ends = (await database.asBank(chainEnds)).filter(({ chain }) => wanted(chain))
  const records = await writeLines(join(folder, 'records.jsonl'), async function* () {
    for (const { chain } of ends) {
      for await (const { sequence, payload, previous, hash } of links(database, chain)) {
        const line = { chain, sequence: Number(sequence), payload }
        yield `${JSON.stringify({ ...line, previous: hex(previous), hash: hex(hash) })}\n`
      }
    }
  })
  const publicKey = await keyVault.publicKey('operation-history-roots')
  await writeFile(join(folder, 'public-key.pem'), publicKey)
  const manifest = {
    format: 'madoguchi-operation-history',
    version: 1,
    exportedAt: clock.now().toString(),
    only,
  }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await copyVerifier(folder)
  return { chains: ends.length, records, roots }
}

/** Prints a TypeScript file without its types. */
const strip = `
  const { stripTypeScriptTypes } = require('node:module')
  process.stdout.write(stripTypeScriptTypes(require('node:fs').readFileSync(process.argv[1], 'utf8')))`

/** As TypeScript to read, and as JavaScript for a Node that does not strip types. */
async function copyVerifier(folder: string): Promise<void> {
  const source = join(import.meta.dirname, 'verify-export.ts')
  await copyFile(source, join(folder, 'verify-export.ts'))
  // In a process of its own: Node would warn the operator that stripping is experimental.
  const words = ['--disable-warning=ExperimentalWarning', '-e', strip, source]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  await writeFile(join(folder, 'verify-export.mjs'), stdout)
}

async function writeLines(path: string, lines: () => AsyncIterable<string>): Promise<bigint> {
  const file = await open(path, 'wx', 0o600)
  let count = 0n
  try {
    let block: string[] = []
    for await (const line of lines()) {
      count += 1n
      if (block.push(line) < 1_000) continue
      await file.appendFile(block.join(''))
      block = []
    }
    await file.appendFile(block.join(''))
    await file.sync()
  } finally {
    await file.close()
  }
  return count
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
