/**
 * 封印の定期処理 — `sealRoots`, to be called every five minutes and at shutdown.
 *
 * Safe to call from several processes and again after a crash: a lock lets one seal at a time,
 * and a root that reached the database but not the file is appended to the file by the next call.
 */
import type { Clock } from '#outside/clock/port.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import {
  lastRoot,
  linksAfter,
  lockSealing,
  rootsAfter,
  storeRoot,
  unsealed,
} from './audit-store.ts'
import { merkleTree } from './merkle.ts'
import { statementHash, writeStatement } from './root.ts'
import { rootsFile } from './roots-file.ts'

export interface SealingNeeds {
  readonly database: Database
  readonly keyVault: KeyVault
  readonly clock: Clock
  /** data/operation-history/roots.jsonl */
  readonly rootsPath: string
}

const pageSize = 5_000

/** @returns how many chains had new records */
export async function sealRoots(needs: SealingNeeds): Promise<number> {
  return needs.database
    .asBank(async (tx) => {
      await lockSealing(tx)
      const chains = await unsealed(tx)
      for (const range of chains) {
        // oxlint-disable-next-line no-await-in-loop -- each root names the one before it
        await sealOne(needs, tx, range)
      }
      return chains.length
    })
    .then(async (sealed) => {
      await copyToFile(needs)
      return sealed
    })
}

async function sealOne(
  { keyVault, clock }: SealingNeeds,
  tx: Tx,
  { chain, first, last }: { chain: string; first: bigint; last: bigint },
): Promise<void> {
  const tree = merkleTree()
  let sequence = first - 1n
  let lastHash: Uint8Array | undefined
  while (sequence < last) {
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await linksAfter(tx, chain, sequence, pageSize)
    const links = page.filter((link) => link.sequence <= last)
    if (links.length === 0) break // records are missing: the audit will name them
    for (const { hash } of links) tree.add(hash)
    sequence = links.at(-1)!.sequence
    lastHash = links.at(-1)!.hash
  }
  if (lastHash === undefined) return

  const before = await lastRoot(tx)
  const position = (before?.position ?? 0n) + 1n
  const statement = writeStatement({
    version: 1,
    position: Number(position),
    previous: statementHash(before?.statement ?? null),
    chain,
    firstSequence: Number(first),
    lastSequence: Number(sequence),
    lastHash: Buffer.from(lastHash).toString('hex'),
    merkleRoot: tree.root().toString('hex'),
    sealedAt: clock.now().toString({ fractionalSecondDigits: 3 }),
  })
  const signature = await keyVault.sign('operation-history-roots', Buffer.from(statement))
  const root = { position, chain, firstSequence: first, lastSequence: sequence }
  await storeRoot(tx, { ...root, statement, signature })
}

/** After the commit, for the file must not know a root that the database has rolled back. */
async function copyToFile({ database, rootsPath }: SealingNeeds): Promise<void> {
  const file = rootsFile(rootsPath)
  await database.asBank(async (tx) => {
    await lockSealing(tx)
    let position = await file.lastPosition()
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- page by page, in order
      const roots = await rootsAfter(tx, position, 500)
      if (roots.length === 0) return
      // oxlint-disable-next-line no-await-in-loop -- in order
      await file.append(roots)
      position = roots.at(-1)!.position
    }
  })
}
