import { fork } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type CompanyId } from '#kit/ids.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { tell } from '../http/problems.ts'
import { openDatabase } from './open.ts'

const ours = newId<'company'>(1)
const theirs = newId<'company'>(2)

let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase()
  await db.owner.query(`
    create schema wall;
    grant usage on schema wall to madoguchi_company, madoguchi_bank;
    create table wall.letter (
      company_id uuid not null, text text not null, sent_on date, sent_at timestamptz, yen bigint
    );
    alter table wall.letter enable row level security;
    create policy company on wall.letter to madoguchi_company
      using (company_id = platform.current_company());
    create policy bank on wall.letter to madoguchi_bank using (true);
    grant select, insert, update on wall.letter to madoguchi_company, madoguchi_bank;
    insert into wall.letter (company_id, text) values ('${ours}', 'ours'), ('${theirs}', 'theirs')
  `)
})
afterAll(() => db.close())

describe('the tenant wall', () => {
  const letters = sql<{ text: string }>`select text from wall.letter order by text`

  test('shows a company its own rows only', async () => {
    const seen = await db.database.asCompany(ours, async (tx) => (await letters.execute(tx)).rows)
    expect(seen).toEqual([{ text: 'ours' }])
  })

  test('shows the bank all rows', async () => {
    const seen = await db.database.asBank(async (tx) => (await letters.execute(tx)).rows)
    expect(seen).toEqual([{ text: 'ours' }, { text: 'theirs' }])
  })

  test('refuses a row written in the name of another company', async () => {
    const forged = db.database.asCompany(ours, (tx) =>
      sql`insert into wall.letter (company_id, text) values (${theirs}, 'forged')`.execute(tx),
    )
    await expect(forged).rejects.toMatchObject({ code: '42501' })
  })

  test('leaves the rows of others alone when a query forgets its company', async () => {
    await db.database.asCompany(ours, (tx) => sql`update wall.letter set yen = 1`.execute(tx))
    const { rows } = await db.owner.query('select text from wall.letter where yen = 1')
    expect(rows).toEqual([{ text: 'ours' }])
  })

  test('cannot be climbed by taking the role of the bank without its transaction', async () => {
    const { rows } = await db.owner.query(
      `select pg_has_role('madoguchi_company', 'madoguchi_bank', 'usage') as may`,
    )
    expect(rows).toEqual([{ may: false }])
  })

  test('accepts no company id that is not one', async () => {
    const forged = db.database.asCompany(`${ours}'; --` as CompanyId, async () => {})
    await expect(forged).rejects.toThrow('a company id is a UUID')
  })
})

describe('a pooled connection', () => {
  test('forgets role and company when the transaction ends, well or badly', async () => {
    const database = await openDatabase({ address: db.address, migrate: false, connections: 1 })
    const who = sql<{ who: string; company: string | null }>`
      select current_user as who, current_setting('madoguchi.company_id', true) as company`
    try {
      await database.asCompany(ours, (tx) => who.execute(tx))
      const failed = database.asCompany(theirs, (tx) => sql`select 1 / 0`.execute(tx))
      await expect(failed).rejects.toMatchObject({ code: '22012' })
      const { rows } = await database.asBank((tx) => who.execute(tx))
      expect(rows[0]?.who).toBe('madoguchi_bank')
      expect(rows[0]?.company ?? '').toBe('')
    } finally {
      await database.close()
    }
  })
})

describe('a transaction', () => {
  test('keeps nothing of work that failed', async () => {
    const failed = db.database.asBank(async (tx) => {
      await sql`insert into wall.letter (company_id, text) values (${ours}, 'half')`.execute(tx)
      throw new Error('something else broke')
    })
    await expect(failed).rejects.toThrow('something else broke')
    const { rows } = await db.owner.query(`select from wall.letter where text = 'half'`)
    expect(rows).toEqual([])
  })

  test('that lost a deadlock is done again', async () => {
    const tries = { one: 0, two: 0 }
    const both = Promise.withResolvers<void>()
    const lockBoth = (who: 'one' | 'two', first: string, second: string) =>
      db.database.asBank(async (tx) => {
        tries[who] += 1
        await sql`update wall.letter set yen = 2 where text = ${first}`.execute(tx)
        if (tries.one + tries.two === 2) both.resolve()
        await both.promise
        await sql`update wall.letter set yen = 2 where text = ${second}`.execute(tx)
      })
    await Promise.all([lockBoth('one', 'ours', 'theirs'), lockBoth('two', 'theirs', 'ours')])
    expect(tries.one + tries.two).toBe(3)
  })

  test('begins on a new connection when the old one was cut', async () => {
    const database = await openDatabase({ address: db.address, migrate: false, connections: 1 })
    const pid = sql<{ pid: number }>`select pg_backend_pid() as pid`
    try {
      const before = await database.asBank((tx) => pid.execute(tx))
      await db.owner.query('select pg_terminate_backend($1)', [before.rows[0]!.pid])
      const after = await database.asBank((tx) => pid.execute(tx))
      expect(after.rows[0]!.pid).not.toBe(before.rows[0]!.pid)
    } finally {
      await database.close()
    }
  })

  test('whose connection is cut fails, and its process lives', async () => {
    const script = join(import.meta.dirname, '../../../test/fixtures/connection-cut.ts')
    const child = fork(script, [JSON.stringify(db.address)], { stdio: 'pipe' })
    child.once('message', (pid) => void db.owner.query('select pg_terminate_backend($1)', [pid]))
    const said = await Promise.all([text(child.stdout!), text(child.stderr!)])
    expect(said).toEqual(['refused, goes on\n', ''])
  })

  test('says that the server does not answer', async () => {
    const address = { socketFolder: '/nonexistent', port: 1, database: 'none', owner: 'nobody' }
    const database = await openDatabase({ address, migrate: false })
    expect(await database.answers()).toBe(false)
    await database.close()
  })
})

test('a call that gets no connection in time fails as one of a server that is away', async () => {
  const options = { address: db.address, migrate: false, connections: 1, patience: 200 }
  const crowded = await openDatabase(options)
  const gate = Promise.withResolvers<void>()
  const first = crowded.asBank(() => gate.promise)
  const second = await crowded.asBank(async () => 'served').catch((fault: unknown) => fault)
  expect(tell(second)).toMatchObject({ problem: { status: 503, code: 'unavailable' } })
  gate.resolve()
  await first
  expect(await crowded.asBank(async () => 'served')).toBe('served')
  await crowded.close()
})
