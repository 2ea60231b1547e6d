import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { ownerConnection } from './address.ts'
import { allMigrations, migrate, type Migration } from './migrations.ts'

let db: TestDatabase

beforeEach(async () => {
  db = await testDatabase({ migrated: false })
})
afterEach(() => db.close())

function file(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}

async function run(...migrations: Migration[]): Promise<readonly string[]> {
  const owner = new pg.Client(ownerConnection(db.address))
  await owner.connect()
  return migrate(owner, migrations).finally(() => owner.end())
}

async function applied(): Promise<string[]> {
  const { rows } = await db.owner.query('select name from platform.migration order by applied_at')
  return rows.map((row) => row.name)
}

const one = file('notices/0001-one.sql', 'create table one (id int)')
const two = file('notices/0002-two.sql', 'create table two (id int)')

describe('migrations', () => {
  test('are applied once, in order', async () => {
    expect(await run(one)).toEqual([one.name])
    expect(await run(one, two)).toEqual([two.name])
    expect(await run(one, two)).toEqual([])
    expect(await applied()).toEqual([one.name, two.name])
  })

  test('of a failing file leave nothing of it, and keep the files before it', async () => {
    const broken = file('notices/0002-two.sql', 'create table two (id int);\nselect nonsense')
    await expect(run(one, broken)).rejects.toThrow(
      'migration notices/0002-two.sql failed: column "nonsense" does not exist (line 2)',
    )
    expect(await applied()).toEqual([one.name])
    const { rows } = await db.owner.query(`select to_regclass('two') as two`)
    expect(rows).toEqual([{ two: null }])
    expect(await run(one, two)).toEqual([two.name])
  })

  test('are refused when an applied file was changed', async () => {
    await run(one)
    await expect(run(file(one.name, 'create table other (id int)'), two)).rejects.toThrow(
      'notices/0001-one.sql was changed after it had been applied',
    )
    expect(await applied()).toEqual([one.name])
  })

  test('are refused when an applied file is gone', async () => {
    await run(one, two)
    await expect(run(one)).rejects.toThrow(
      'notices/0002-two.sql was applied to this database but its file is gone',
    )
  })

  test('are refused when a file is put before an applied one', async () => {
    await run(two)
    await expect(run(one, two)).rejects.toThrow(
      'notices/0001-one.sql is new, but a later file of notices is already applied',
    )
  })

  test('run by several processes at once are applied once', async () => {
    const slow = file('notices/0003-slow.sql', 'create table slow (id int); select pg_sleep(0.3)')
    const runs = await Promise.all([run(one, two, slow), run(one, two, slow), run(one, two, slow)])
    expect(runs.flat().toSorted()).toEqual([one.name, two.name, slow.name])
  })
})

describe('the files', () => {
  test('come platform first, then in the order of the house, the unnamed ones last', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mdg-files-'))
    const files = [
      'zebra/migrations/0001-a.sql',
      'ledger/migrations/0002-b.sql',
      'ledger/migrations/0001-a.sql',
      'administration/migrations/0001-a.sql',
      'outside/core-banking/migrations/0001-a.sql',
      'apple/migrations/0001-a.sql',
      'platform/migrations/0001-a.sql',
    ]
    for (const path of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), 'select 1;\r\n')
    }
    const found = await allMigrations(folder).finally(() => rmSync(folder, { recursive: true }))
    expect(found.map(({ name }) => name)).toEqual([
      'platform/0001-a.sql',
      'administration/0001-a.sql',
      'ledger/0001-a.sql',
      'ledger/0002-b.sql',
      'core-banking/0001-a.sql',
      'apple/0001-a.sql',
      'zebra/0001-a.sql',
    ])
    // The same file checked out with other line ends is the same file.
    expect(found[0]!.checksum).toBe(file('', 'select 1;\n').checksum)
  })

  test('of the house begin with the roles', async () => {
    const [first] = await allMigrations()
    expect(first?.name).toBe('platform/0001-roles.sql')
  })
})
