/** Writing the operation history: one gapless chain per company, in the caller's transaction. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationHistory } from '#operation-history/index.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompany, anEntry, aUser, aVault, clock, now } from '../../test/operation-history.ts'
import { verifyHistory } from './verify.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const verified = () =>
  verifyHistory({ database: db.database, keyVault: aVault(), clock, rootsPath: '/nowhere/at/all' })

async function sequencesOf(chain: string): Promise<bigint[]> {
  const { rows } = await db.owner.query<{ sequence: bigint }>(
    'select sequence from operation_history.record where chain = $1 order by sequence',
    [chain],
  )
  return rows.map(({ sequence }) => sequence)
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => BigInt(at + 1))

test('any interleaving of companies and of the bank leaves each chain gapless and whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          writer: fc.nat(3),
          asBank: fc.boolean(),
          kept: fc.boolean(),
          value: fc.string({ unit: 'binary', maxLength: 40 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      async (steps) => {
        const companies = [aCompany(), aCompany(), aCompany()]
        const bankBefore = (await sequencesOf('bank')).length
        const kept = new Map<string | null, number>()
        for (const { writer, asBank, kept: stays, value } of steps) {
          const companyId = companies[writer] ?? null
          const write = async (tx: Parameters<typeof operationHistory.record>[0]) => {
            await operationHistory.record(tx, anEntry({ companyId }, { facts: { value } }))
            if (!stays) throw new Error('rolled back')
          }
          const done =
            asBank || companyId === null
              ? db.database.asBank(write)
              : db.database.asCompany(companyId, write)
          await done.catch((fault: Error) => expect(fault.message).toBe('rolled back'))
          if (stays) kept.set(companyId, (kept.get(companyId) ?? 0) + 1)
        }
        for (const company of companies) {
          expect(await sequencesOf(company)).toEqual(upTo(kept.get(company) ?? 0))
        }
        expect(await sequencesOf('bank')).toEqual(upTo(bankBefore + (kept.get(null) ?? 0)))
      },
    ),
    { numRuns: 25 },
  )
  expect((await verified()).findings).toEqual([])
})

test('twenty at once stay gapless', async () => {
  const companyId = aCompany()
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      db.database.asCompany(companyId, (tx) =>
        operationHistory.record(tx, anEntry({ companyId }, { facts: { at: String(at) } })),
      ),
    ),
  )
  expect(await sequencesOf(companyId)).toEqual(upTo(20))
  expect((await verified()).findings).toEqual([])
})

test('a thousand records in one transaction are one chain', async () => {
  const companyId = aCompany()
  await db.database.asBank(async (tx) => {
    for (let at = 0; at < 1_000; at += 1) {
      await operationHistory.record(tx, anEntry({ companyId }))
    }
  })
  expect(await sequencesOf(companyId)).toEqual(upTo(1_000))
})

test('text that a database or JSON cannot hold is recorded all the same', async () => {
  const companyId = aCompany()
  const facts = { 'half \uD83D': 'nul \0 half \uDC00', long: '長'.repeat(10_000), emoji: '👩‍💻' }
  await db.database.asCompany(companyId, (tx) =>
    operationHistory.record(tx, anEntry({ companyId, userId: null }, { facts })),
  )
  const { rows } = await db.owner.query(
    'select payload from operation_history.record where chain = $1',
    [companyId],
  )
  const stored = JSON.parse(rows[0].payload).facts
  expect(stored['half \uFFFD']).toBe('nul \uFFFD half \uFFFD')
  expect(stored.long).toBe(`${'長'.repeat(200)}…`)
  expect(stored.emoji).toBe('👩‍💻')
})

test('the latest of a user come newest first and are that user’s only', async () => {
  const companyId = aCompany()
  const [tanaka, suzuki] = [aUser(), aUser()]
  const latest = await db.database.asCompany(companyId, async (tx) => {
    for (const [userId, minute] of [
      [tanaka, 1],
      [suzuki, 2],
      [tanaka, 3],
      [tanaka, 4],
    ] as const) {
      const at = now.add({ minutes: minute })
      await operationHistory.record(tx, anEntry({ companyId, userId }, { at }))
    }
    return operationHistory.latest(tx, { companyId, userId: tanaka }, 2)
  })
  expect(latest.map(({ at }) => at.toString())).toEqual([
    now.add({ minutes: 4 }).toString(),
    now.add({ minutes: 3 }).toString(),
  ])
})

describe('nobody but the function writes', () => {
  const [mine, theirs] = [aCompany(), aCompany()]
  beforeAll(async () => {
    for (const companyId of [mine, theirs]) {
      await db.database.asCompany(companyId, (tx) =>
        operationHistory.record(tx, anEntry({ companyId })),
      )
    }
  })

  test.for([theirs, null])('a company cannot write into the chain of %s', async (companyId) => {
    const writing = db.database.asCompany(mine, (tx) =>
      operationHistory.record(tx, anEntry({ companyId })),
    )
    await expect(writing).rejects.toThrow('own chain only')
  })

  test('a company reads its own records only, and no heads or roots', async () => {
    const seen = await db.database.asCompany(mine, async (tx) => {
      const records = tx.withTables<{ 'operation_history.record': { chain: string } }>()
      return records.selectFrom('operation_history.record').select('chain').execute()
    })
    expect(seen).toEqual([{ chain: mine }])
    for (const table of ['head', 'root']) {
      await expect(statement('company', `select from operation_history.${table}`)).rejects.toThrow(
        'permission denied',
      )
    }
  })

  test.for(['record', 'head', 'root'])(
    'neither role inserts, updates, deletes or truncates %s',
    async (table) => {
      for (const role of ['company', 'bank'] as const) {
        for (const change of [
          `insert into operation_history.${table} default values`,
          `update operation_history.${table} set chain = 'x'`,
          `delete from operation_history.${table}`,
          `truncate operation_history.${table}`,
        ]) {
          await expect(statement(role, change)).rejects.toThrow('permission denied')
        }
      }
    },
  )

  test.for([
    'update operation_history.record set result = result',
    'delete from operation_history.record',
    'truncate operation_history.record',
    'update operation_history.root set chain = chain',
    'truncate operation_history.root',
    'delete from operation_history.head',
    'truncate operation_history.head',
    'update operation_history.head set sequence = sequence - 1',
  ])('the owner is stopped by a trigger: %s', async (change) => {
    await expect(db.owner.query(change)).rejects.toThrow('append-only')
  })

  async function statement(role: 'company' | 'bank', text: string): Promise<unknown> {
    const client = await db.owner.connect()
    try {
      await client.query(`begin; set local role madoguchi_${role}`)
      return await client.query(text)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
})
