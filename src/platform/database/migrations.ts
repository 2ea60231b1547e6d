/**
 * Migrations — plain SQL files that build the tables, each applied once and never changed.
 *
 * Every capability keeps its own under `src/<capability>/migrations/NNNN-name.sql`. Each file
 * runs in a transaction of its own together with its entry in `platform.migration`. That
 * transaction holds a lock, so two processes that start together apply each file once.
 */
import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type pg from 'pg'

export interface Migration {
  /** `ledger/0001-accounts.sql`: the capability's folder and the file. */
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** A capability may refer to tables of those before it; unnamed ones follow by name. */
const order = [
  'platform',
  'jobs',
  'administration',
  'identity',
  'operation-history',
  'notices',
  'token',
  'certificate-authority',
  'certificates',
  'ledger',
  'core-banking',
  'balance-inquiry',
  'calendar',
  'zengin-net',
  'bank-directory',
  'fees',
  'payees',
  'approvals',
  'transfers',
]

/** Any number will do; it is ours alone. */
const lockKey = 0x6d61646f // 'mado'

const sources = join(import.meta.dirname, '..', '..')

/** The migrations of the house in the order in which they are applied. */
export async function allMigrations(folder: string = sources): Promise<readonly Migration[]> {
  const files: string[] = []
  for await (const file of glob('{*,*/*}/migrations/*.sql', { cwd: folder })) files.push(file)
  const migrations = files.map(async (file): Promise<Migration> => {
    const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
    const name = `${basename(dirname(dirname(file)))}/${basename(file)}`
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
  return (await Promise.all(migrations)).toSorted(byOrder)
}

function byOrder(one: Migration, other: Migration): number {
  const place = ({ name }: Migration) => {
    const at = order.indexOf(dirname(name))
    return at < 0 ? order.length : at
  }
  return place(one) - place(other) || (one.name < other.name ? -1 : 1)
}

/**
 * Applies what is missing.
 * @returns the names applied by this call
 * @throws MigrationRefused when the files and the database tell different histories
 */
export async function migrate(
  owner: pg.ClientBase,
  migrations?: readonly Migration[],
): Promise<readonly string[]> {
  const wanted = migrations ?? (await allMigrations())
  const missing = await locked(owner, async () => {
    await owner.query(`
      create schema if not exists platform;
      create table if not exists platform.migration (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    return stillMissing(owner, wanted)
  })

  const applied: string[] = []
  for (const migration of missing) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    if (await locked(owner, () => apply(owner, migration))) applied.push(migration.name)
  }
  return applied
}

/** @returns false when another process applied it while this one waited for the lock */
async function apply(owner: pg.ClientBase, { name, sql, checksum }: Migration): Promise<boolean> {
  const known = await owner.query('select 1 from platform.migration where name = $1', [name])
  if (known.rowCount !== 0) return false
  try {
    await owner.query(sql)
  } catch (fault) {
    throw new Error(`migration ${name} failed: ${describe(fault, sql)}`, { cause: fault })
  }
  // The file may have set these for itself.
  await owner.query('reset role; reset search_path')
  await owner.query('insert into platform.migration (name, checksum) values ($1, $2)', [
    name,
    checksum,
  ])
  return true
}

async function stillMissing(
  owner: pg.ClientBase,
  wanted: readonly Migration[],
): Promise<readonly Migration[]> {
  const { rows } = await owner.query<{ name: string; checksum: string }>(
    'select name, checksum from platform.migration',
  )
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]))
  const problems: string[] = []
  const names = new Set(wanted.map(({ name }) => name))
  for (const name of applied.keys()) {
    if (!names.has(name)) problems.push(`${name} was applied to this database but its file is gone`)
  }
  for (const { name, checksum } of wanted) {
    const before = applied.get(name)
    if (before !== undefined && before !== checksum) {
      problems.push(`${name} was changed after it had been applied`)
    }
    if (before === undefined && laterIsApplied(name, applied)) {
      problems.push(`${name} is new, but a later file of ${dirname(name)} is already applied`)
    }
  }
  if (problems.length > 0) throw new MigrationRefused(problems)
  return wanted.filter(({ name }) => !applied.has(name))
}

function laterIsApplied(name: string, applied: ReadonlyMap<string, string>): boolean {
  return [...applied.keys()].some((other) => dirname(other) === dirname(name) && other > name)
}

/** The files and the database tell different histories; nothing was changed. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      `The database was built by other migrations than these files: ${problems.join('; ')}. ` +
        'Put the files back as they were and add a new one for the change.',
    )
    this.problems = problems
  }
}

async function locked<T>(owner: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await owner.query('begin')
  try {
    await owner.query('select pg_advisory_xact_lock($1)', [lockKey])
    const result = await work()
    await owner.query('commit')
    return result
  } catch (fault) {
    await owner.query('rollback').catch(() => {})
    throw fault
  }
}

function describe(fault: unknown, sql: string): string {
  const { message, position } = fault as { message?: string; position?: string }
  if (position === undefined) return String(message)
  const line = sql.slice(0, Number(position)).split('\n').length
  return `${message} (line ${line})`
}
