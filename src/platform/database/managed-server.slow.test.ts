import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { debianBinDir } from '../../../test/postgres-debian.ts'
import { removePostgres, startPostgres, type EmbeddedPostgres } from '../embedded-postgres/index.ts'
import { ownerConnection } from './address.ts'
import { migrateAsOwner, openDatabase } from './open.ts'

const builds: [string, string | undefined][] = [['PostgreSQL 18', undefined]]
const debian = debianBinDir()
if (debian !== null) builds.push([`the PostgreSQL in ${debian}`, debian])

describe.each(builds)('a server that has never seen the house, %s', (_name, binDir) => {
  let home: string
  let server: EmbeddedPostgres

  beforeEach(async () => {
    home = mkdtempSync('/tmp/mdg-')
    chmodSync(home, 0o711)
    server = await startPostgres({ folder: join(home, 'postgres'), binDir, log: () => {} })
  })
  afterEach(async () => {
    await server.stop()
    await removePostgres(join(home, 'postgres'))
    rmSync(home, { recursive: true, force: true })
  })

  async function asSuperuser(...statements: string[]): Promise<void> {
    const client = new pg.Client(ownerConnection(server.address))
    await client.connect()
    try {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }

  test('takes everything from an owner who is no superuser, as managed services give it', async () => {
    await asSuperuser(
      'create role bank_dba login createrole',
      'create database bank owner bank_dba',
    )
    const { socketFolder, port } = server.address
    const url = `postgresql://bank_dba@localhost:${port}/bank?host=${encodeURIComponent(socketFolder)}`
    const database = await openDatabase({ address: { url } })
    try {
      const who = sql<{ who: string }>`select current_user as who`
      const company = newId<'company'>(1)
      const asCompany = await database.asCompany(company, (tx) => who.execute(tx))
      const asBank = await database.asBank((tx) => who.execute(tx))
      expect([...asCompany.rows, ...asBank.rows].map((row) => row.who)).toEqual([
        'madoguchi_company',
        'madoguchi_bank',
      ])
    } finally {
      await database.close()
    }
  })

  test('takes two databases that are built at the same moment', async () => {
    await asSuperuser('create database one', 'create database two')
    const both = ['one', 'two'].map((database) => ({ ...server.address, database }))
    await Promise.all(both.map((address) => migrateAsOwner(address, () => {})))
  })
})
