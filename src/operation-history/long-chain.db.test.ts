/** A chain of many pages: sealed in one root, verified page by page, searched by its end. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operationHistory } from '#operation-history/index.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompany, aFolder, anEntry, aUser, aVault, clock } from '../../test/operation-history.ts'
import { payloadOf } from './chain.ts'
import { sealRoots } from './jobs.ts'
import { verifyHistory } from './verify.ts'

const length = 12_003 // beyond two pages of sealing and six of verifying
const of = { companyId: aCompany(), userId: aUser() }
const batch = 200
let db: TestDatabase
let folder: Awaited<ReturnType<typeof aFolder>>
const keyVault = aVault()
const needs = () => ({
  database: db.database,
  keyVault,
  clock,
  rootsPath: `${folder.path}/roots.jsonl`,
})

beforeAll(async () => {
  ;[db, folder] = await Promise.all([testDatabase(), aFolder()])
  const client = await db.owner.connect()
  for (let written = 0; written < length; written += batch) {
    // One transaction must not hold many: each version of the head stays until it ends.
    await client.query('begin; set local role madoguchi_bank')
    await client.query('select operation_history.append($1) from generate_series(1, $2)', [
      payloadOf(anEntry(of)),
      Math.min(batch, length - written),
    ])
    await client.query('commit')
  }
  client.release()
})
afterAll(async () => {
  await Promise.all([db?.close(), folder?.remove()])
})

test('it is sealed by one root and found whole', async () => {
  expect(await sealRoots(needs())).toBe(1)
  expect(await verifyHistory(needs())).toEqual({
    chains: 1,
    records: BigInt(length),
    roots: 1n,
    unsealed: 0n,
    findings: [],
  })
})

test('the latest five are read from the end of an index, not by going through all', async () => {
  await db.owner.query('analyze operation_history.record')
  const plan = await db.owner.query(
    `explain select sequence, payload from operation_history.record
     where company_id = $1 and user_id = $2 order by at desc, sequence desc limit 5`,
    [of.companyId, of.userId],
  )
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).toContain('Index Scan using record_by_')
  expect(text).not.toContain('Sort')
  const latest = await db.database.asCompany(of.companyId, (tx) =>
    operationHistory.latest(tx, of, 5),
  )
  expect(latest).toHaveLength(5)
})
