/** 金融機関マスタ — the bank's command line: what a new version changes, then taking it. */
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import type { Database } from '#platform/database/database.ts'
import * as store from './directory-store.ts'
import { differenceOf, directoryOf, type Published } from './published.ts'

export type Print = (line: string) => void

export const banksUsage = `  banks diff FILE.json                        what a new version of the bank directory changes
  banks import FILE.json --version NAME       takes it, with the same report
  banks set FILE.json                         banks and branches that this bank names itself`

const place = { name: z.string().min(1).max(60), kana: z.string().min(1) }
const File = z.record(
  z.string().regex(/^\d{4}$/, 'is no bank code'),
  z.object({
    ...place,
    code: z.string().regex(/^\d{4}$/),
    branches: z.record(
      z.string().regex(/^\d{3}$/, 'is no branch code'),
      z.object({ ...place, code: z.string().regex(/^\d{3}$/) }),
    ),
  }),
)

/** @returns the process's exit code: 0 done, 1 the file is refused, 2 used wrongly */
export async function banksCommand(
  { database }: { readonly database: Pick<Database, 'asBank'> },
  words: readonly string[],
  { now, print }: { readonly now: Temporal.Instant; readonly print: Print },
): Promise<0 | 1 | 2> {
  const [verb, file, flag, version] = words
  const known = verb === 'diff' || verb === 'set' || (verb === 'import' && flag === '--version')
  if (!known || file === undefined || (verb === 'import' && !version)) {
    print(banksUsage)
    return 2
  }
  const published = await readPublished(file, print)
  if (published === null) return 1
  const after = directoryOf(published)
  return database.asBank(async (tx): Promise<0> => {
    await store.lockLoading(tx)
    if (verb === 'set') {
      await store.putOwn(tx, after)
      print(`${after.banks.length} banks and ${after.branches.length} branches set`)
      return 0
    }
    const difference = differenceOf(await store.present(tx), after)
    for (const [kind, lines] of Object.entries(difference) as [string, readonly string[]][]) {
      print(`${kind}: ${lines.length}`)
      for (const line of lines.slice(0, 100)) print(`  ${line}`)
      if (lines.length > 100) print(`  … and ${lines.length - 100} more`)
    }
    if (verb === 'import') {
      await store.putVersion(tx, after, { version: version!, at: now })
      print(`version ${version} is in use`)
    }
    return 0
  })
}

async function readPublished(file: string, print: Print): Promise<Published | null> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (fault) {
    print(`${file} cannot be read: ${(fault as Error).message}`)
    return null
  }
  const read = File.safeParse(json)
  if (read.success) return read.data
  for (const { path, message } of read.error.issues.slice(0, 20)) {
    print(`${file}: ${path.join('.')} ${message}`)
  }
  return null
}
