/**
 * data/operation-history/roots.jsonl — the roots outside the database, for whoever copies the
 * file away (mail to the auditor, write-once storage). Appended to, never rewritten.
 */
import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { readRootLine, readStatement, rootLine, type SignedRoot } from './root.ts'

export interface RootsFile {
  /** 0 when there is no root in it. */
  lastPosition(): Promise<bigint>
  append(roots: readonly SignedRoot[]): Promise<void>
  /** All roots, from the first; torn lines are left out. */
  read(): AsyncIterable<{ readonly statement: string; readonly signature: Uint8Array }>
}

/** No statement is longer (CHECK in the migration), so this holds several lines. */
const tailBytes = 64 * 1024

export function rootsFile(path: string): RootsFile {
  return {
    async lastPosition() {
      const lines = (await tail(path)).split('\n')
      for (const line of lines.toReversed()) {
        const root = readRootLine(line)
        const statement = root && readStatement(root.statement)
        if (statement) return BigInt(statement.position)
      }
      return 0n
    },
    async append(roots) {
      if (roots.length === 0) return
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const torn = (await tail(path)).match(/[^\n]$/) !== null
      const file = await open(path, 'a', 0o600)
      try {
        // A line torn by a crash is closed and stays: the file is never cut.
        await file.appendFile((torn ? '\n' : '') + roots.map(rootLine).join(''))
        await file.sync()
      } finally {
        await file.close()
      }
    },
    async *read() {
      const file = await openForReading(path)
      if (file === null) return
      for await (const line of createInterface({ input: file.createReadStream() })) {
        const root = readRootLine(line)
        if (root !== null) yield root
      }
    },
  }
}

async function tail(path: string): Promise<string> {
  const file = await openForReading(path)
  if (file === null) return ''
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - tailBytes)
    const bytes = Buffer.alloc(size - start)
    await file.read(bytes, 0, bytes.length, start)
    return bytes.toString('utf8')
  } finally {
    await file.close()
  }
}

async function openForReading(path: string) {
  try {
    return await open(path, constants.O_RDONLY)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw fault
  }
}
