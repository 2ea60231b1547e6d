import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { workerConnection } from '../database/address.ts'
import { openJobs, type Jobs } from './jobs.ts'

let db: TestDatabase
const opened: Jobs[] = []

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  await Promise.all(opened.map((jobs) => jobs.stop()))
  await db.close()
})

async function worker(): Promise<Jobs> {
  const faults = (message: string, fault: unknown) => expect.soft(fault, message).toBeUndefined()
  const jobs = await openJobs({ address: db.address, log: faults })
  opened.push(jobs)
  return jobs
}

test('two workers do the scheduled work of a minute once', { timeout: 150_000 }, async () => {
  const done: string[] = []
  const first = Promise.withResolvers<void>()
  const start = async (who: string) => {
    const jobs = await worker()
    await jobs.every('close-the-day', '* * * * *', async () => {
      done.push(who)
      first.resolve()
    })
  }
  await Promise.all([start('one'), start('two')])
  await first.promise
  // Long enough for the other worker to ask several times, and within the same minute's claim.
  await new Promise((later) => setTimeout(later, 15_000))

  const { rows } = await db.owner.query<{ occurrences: bigint; jobs: bigint }>(
    // Each minute's slot is forwarded once, though two late slots may be forwarded in one minute.
    `select (select count(distinct singleton_on) from pgboss.job
              where name = '__pgboss__send-it' and state = 'completed') as occurrences,
            (select count(*) from pgboss.job
              where name = 'close-the-day' and state = 'completed') as jobs`,
  )
  expect(rows[0]!.jobs).toBe(rows[0]!.occurrences)
  expect(BigInt(done.length)).toBe(rows[0]!.jobs)
})

test('the tables are those that this release of pg-boss expects', async () => {
  const boss = new PgBoss({ ...workerConnection(db.address), schema: 'pgboss', migrate: false })
  try {
    await boss.start()
    expect(await boss.schemaVersion()).toBe(46)
    expect(await boss.detectSchemaDrift()).toMatchObject({ ok: true })
  } finally {
    await boss.stop({ graceful: false })
  }
})

test('a worker reads no table of the bank and makes none', async () => {
  const boss = new PgBoss({ ...workerConnection(db.address), migrate: false })
  const sql = boss.getDb()
  try {
    await boss.start()
    await expect(sql.executeSql('select * from platform.migration')).rejects.toThrow('denied')
    await expect(sql.executeSql('create table pgboss.mine (n int)')).rejects.toThrow('denied')
    await expect(sql.executeSql('create schema mine')).rejects.toThrow('denied')
  } finally {
    await boss.stop({ graceful: false })
  }
})
