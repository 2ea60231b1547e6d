import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { appConnection, ownerConnection } from './address.ts'
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

/** Tables of customers: named by the column, or open to the role of a company. */
const customerTables = `
  select c.oid, c.oid::regclass::text as name, c.relrowsecurity as walled
  from pg_class c
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
    and (
      exists (
        select from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
      )
      or has_table_privilege('madoguchi_company', c.oid, 'select, insert, update, delete')
      or has_any_column_privilege('madoguchi_company', c.oid, 'select, insert, update')
    )`

describe('a table of a customer', () => {
  test('has row-level security, whatever capability it belongs to', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `select name from (${customerTables}) t where not walled order by 1`,
    )
    expect(rows).toEqual([])
  })

  test('shows a company what carries its id, by every policy that a company meets', async () => {
    const { rows } = await db.owner.query<{ name: string; rules: string[] | null }>(
      `select t.name, array(
         select concat_ws(' / ', pg_get_expr(p.polqual, t.oid), pg_get_expr(p.polwithcheck, t.oid))
         from pg_policy p
         where p.polrelid = t.oid
           and p.polroles && array[0::oid, 'madoguchi_company'::regrole::oid]
         order by 1
       ) as rules
       from (${customerTables}) t order by 1`,
    )
    const own = '(company_id = platform.current_company())'
    const ownUnfiled = `(${own} AND (number IS NULL))` // 事前登録 is the bank's alone
    const others: Readonly<Record<string, string | readonly string[]>> = {
      // 金融機関マスタ holds nothing of any customer: everybody reads the same.
      'bank_directory.bank': 'true',
      'bank_directory.branch': 'true',
      'fees.standard_fee': 'true', // 基準手数料
      'payees.payee': [ownUnfiled, `${ownUnfiled} / ${ownUnfiled}`, own],
      'administration.company': '(id = platform.current_company())',
      'notices.notice': `((company_id IS NULL) OR ${own})`, // 全体 and 個別
    }
    expect(rows.length).toBeGreaterThan(10)
    expect(rows).toEqual(rows.map(({ name }) => ({ name, rules: [others[name] ?? own].flat() })))
  })
})

describe('the roles of the house', () => {
  const ours = `'madoguchi_app', 'madoguchi_company', 'madoguchi_bank', 'madoguchi_worker'`

  test('pass no wall, own nothing and belong to nobody who does', async () => {
    const { rows: roles } = await db.owner.query(
      `select rolname from pg_roles
       where rolname in (${ours})
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
    )
    const { rows: owned } = await db.owner.query(
      `select oid::regclass::text as name from pg_class where relowner::regrole::text in (${ours})
       union all
       select oid::regprocedure::text from pg_proc where proowner::regrole::text in (${ours})`,
    )
    const { rows: memberships } = await db.owner.query(
      `select member::regrole::text || ' in ' || roleid::regrole::text as name
       from pg_auth_members where member::regrole::text in (${ours}) order by 1`,
    )
    expect([...roles, ...owned]).toEqual([])
    expect(memberships.map(({ name }) => name)).toEqual([
      'madoguchi_app in madoguchi_bank',
      'madoguchi_app in madoguchi_company',
      'madoguchi_app in madoguchi_worker',
    ])
  })

  test('reach past the wall by one function alone for a company, and by none for anybody', async () => {
    const definers = async (role: string) => {
      const { rows } = await db.owner.query<{ name: string; settings: string | null }>(
        `select oid::regproc::text as name, array_to_string(proconfig, ' ') as settings
         from pg_proc
         where prosecdef and pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
           and has_function_privilege('${role}', oid, 'execute')
           and has_schema_privilege('${role}', pronamespace, 'usage')`,
      )
      for (const { name, settings } of rows) expect(settings, name).toContain('search_path=')
      return rows.map(({ name }) => name)
    }
    expect(await definers('madoguchi_company')).toEqual(['operation_history.append'])
    expect(await definers('madoguchi_app')).toEqual([])
    expect((await definers('madoguchi_bank')).length).toBeGreaterThan(5)
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
      await migrateAsOwner(managed, () => {})
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
