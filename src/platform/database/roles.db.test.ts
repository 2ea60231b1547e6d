import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { appConnection, ownerConnection } from './address.ts'
import { allMigrations } from './migrations.ts'
import { migrateAsOwner, openDatabase } from './open.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

async function asApp<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(appConnection(db.address))
  await client.connect()
  return work(client).finally(() => client.end())
}

describe('the application that has taken no role', () => {
  test('reads no table of any capability', async () => {
    const { rows: tables } = await db.owner.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    expect(tables.length).toBeGreaterThan(0)
    await asApp(async (client) => {
      for (const { name } of tables) {
        // oxlint-disable-next-line no-await-in-loop -- one connection
        await expect(client.query(`select from ${name}`), name).rejects.toThrow('permission denied')
      }
    })
  })

  test('makes nothing and changes no role', async () => {
    const tries = [
      'create table mine (n int)',
      'create temporary table mine (n int)',
      'create schema mine',
      'create role mine',
      'alter role madoguchi_app superuser',
      'set role madoguchi_owner',
      'grant madoguchi_bank to madoguchi_company',
    ]
    await asApp(async (client) => {
      for (const statement of tries) {
        // oxlint-disable-next-line no-await-in-loop -- one connection
        await expect(client.query(statement), statement).rejects.toThrow(/permission denied|must/)
      }
    })
  })
})

describe('a table of a customer', () => {
  test('has row-level security, whatever capability it belongs to', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `select c.oid::regclass::text as name
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname = 'company_id' and c.relkind in ('r', 'p') and not c.relrowsecurity
         and c.relnamespace::regnamespace::text not like 'pg\\_%'`,
    )
    expect(rows).toEqual([])
  })
})

describe('a server with one login', () => {
  const company = newId<'company'>(1)
  const who = sql<{ who: string; me: string }>`
    select current_user as who, platform.current_company()::text as me`

  test('given by a URL serves the application in its own role all the same', async () => {
    const database = await openDatabase({ address: { url: db.url }, migrate: false })
    try {
      const { rows } = await database.asCompany(company, (tx) => who.execute(tx))
      expect(rows).toEqual([{ who: 'madoguchi_company', me: company }])
      expect(await database.answers()).toBe(true)
    } finally {
      await database.close()
    }
    const client = new pg.Client(appConnection({ url: db.url }))
    await client.connect()
    const { rows } = await client.query('select current_user as who')
    expect(rows).toEqual([{ who: 'madoguchi_app' }])
    await expect(client.query('select from platform.migration')).rejects.toThrow('denied')
    await client.end()
  })

  test('that is no superuser builds the tables and enters as the application', async () => {
    const suffix = newId(1).slice(-6)
    const name = `managed_${suffix}`
    const { address } = db
    if (!('socketFolder' in address)) throw new Error('the test server has a socket')
    await db.owner.query(`create role ${name} login createrole`)
    await db.owner.query(`create database ${name} owner ${name}`)
    // The roles of the house stand on this server already, so its superuser lets this owner in.
    await db.owner.query(`grant madoguchi_app to ${name} with admin option`)
    const managed = { ...address, owner: name, database: name }
    try {
      const platform = (await allMigrations()).filter((file) =>
        /^(platform|jobs)\//.test(file.name),
      )
      await migrateAsOwner(managed, () => {}, platform)
      const owner = new pg.Client(ownerConnection(managed))
      await owner.connect()
      await owner.query('set role madoguchi_app')
      await owner.end()
      const database = await openDatabase({ address: managed, migrate: false })
      const { rows } = await database.asCompany(company, (tx) => who.execute(tx))
      expect(rows[0]?.who).toBe('madoguchi_company')
      await database.close()
    } finally {
      await db.owner.query(`drop database ${name} with (force)`)
      await db.owner.query(`drop role ${name}`)
    }
  })
})
