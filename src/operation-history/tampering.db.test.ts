/**
 * 改ざん — what the owner of the tables could do with the triggers switched off, and that the
 * audit finds each and names the first broken record.
 */
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { operationHistory } from '#operation-history/index.ts'
import type { CompanyId } from '#kit/ids.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompany, aFolder, anEntry, aVault, clock } from '../../test/operation-history.ts'
import { sealRoots } from './jobs.ts'
import { verifyHistory } from './verify.ts'

let db: TestDatabase
let folder: Awaited<ReturnType<typeof aFolder>>
let rootsPath: string
const keyVault = aVault()
const [mine, theirs] = [aCompany(), aCompany()]

/** Two companies with eight records each, the first five sealed. */
beforeEach(async () => {
  ;[db, folder] = await Promise.all([testDatabase(), aFolder()])
  rootsPath = join(folder.path, 'roots.jsonl')
  await write(mine, 1, 5)
  await write(theirs, 1, 5)
  await sealRoots(needs())
  await write(mine, 6, 8)
  await write(theirs, 6, 8)
})
afterEach(async () => {
  await Promise.all([db?.close(), folder?.remove()])
})

const needs = () => ({ database: db.database, keyVault, clock, rootsPath })
const later = { now: () => clock.now().add({ hours: 1 }) }
const firstFinding = async () =>
  (await verifyHistory({ ...needs(), clock: later })).findings[0] ?? null

async function write(companyId: CompanyId, from: number, to: number): Promise<void> {
  await db.database.asBank(async (tx) => {
    for (let at = from; at <= to; at += 1) {
      await operationHistory.record(tx, anEntry({ companyId }, { facts: { number: String(at) } }))
    }
  })
}

/** As the owner, past the triggers. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const client = await db.owner.connect()
  try {
    await client.query(`set session_replication_role = replica`)
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.query(`reset session_replication_role`)
    client.release()
  }
}

const record = (sequence: number, chain: string = mine) =>
  `chain = '${chain}' and sequence = ${sequence}`
const table = 'operation_history.record'

test('nothing is found where nothing was touched', async () => {
  const report = await verifyHistory({ ...needs(), clock: later })
  expect(report).toEqual({ chains: 2, records: 16n, roots: 2n, unsealed: 6n, findings: [] })
})

test('a flipped byte of a payload is found and named', async () => {
  await tamper(`update ${table} set payload = replace(payload, '"number":"3"', '"number":"4"')
    where ${record(3)}`)
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 3n,
    broken: 'record-changed',
  })
})

test('a flipped byte of a hash is found and named', async () => {
  await tamper(`update ${table} set hash = set_byte(hash, 7, get_byte(hash, 7) # 1)
    where ${record(4)}`)
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 4n,
    broken: 'record-changed',
  })
})

test.for([
  ['at', `at = at - interval '1 hour'`],
  ['userId', `user_id = gen_random_uuid()`],
  ['operation', `operation = 'login'`],
  ['result', `result = 'refused'`],
  ['terminal', `terminal = 'smartphone'`],
  ['business', `business = 'login'`],
])('a column that tells something else than the payload is found: %s', async ([name, change]) => {
  await tamper(`update ${table} set ${change} where ${record(2)}`)
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 2n,
    broken: 'columns-differ',
    says: `record 2: the column ${name} differs from the payload`,
  })
})

test('a removed record is found and named', async () => {
  await tamper(`delete from ${table} where ${record(4)}`)
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 4n,
    broken: 'record-missing',
    says: 'record 4 is missing',
  })
})

test('a removed record whose followers moved up is found and named', async () => {
  await tamper(
    `delete from ${table} where ${record(4)}`,
    `update ${table} set sequence = sequence - 1 where chain = '${mine}' and sequence > 4`,
    `update operation_history.head set sequence = 7 where chain = '${mine}'`,
  )
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 4n,
    broken: 'record-moved',
    says: 'record 4 was written as record 5 and moved here',
  })
})

test('the last records removed are found by the end mark', async () => {
  await tamper(`delete from ${table} where chain = '${mine}' and sequence > 6`)
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 7n,
    broken: 'records-missing-at-end',
    says: 'the last records, 7 to 8, are missing',
  })
})

test('sealed records removed together with the end mark are found by the root', async () => {
  await tamper(
    `delete from ${table} where chain = '${mine}' and sequence > 3`,
    `update operation_history.head h set sequence = 3,
      hash = (select hash from ${table} where ${record(3)}) where chain = '${mine}'`,
  )
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 4n,
    broken: 'records-missing-at-end',
    says: 'records 4 to 5 were sealed and are missing',
  })
})

test('a whole chain removed is found by the root', async () => {
  await tamper(
    `delete from ${table} where chain = '${mine}'`,
    `delete from operation_history.head where chain = '${mine}'`,
  )
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 1n,
    broken: 'records-missing-at-end',
  })
})

test('a whole chain removed with its root is found by the file', async () => {
  await tamper(
    ...['record', 'head', 'root'].map(
      (name) => `delete from operation_history.${name} where chain = '${theirs}'`,
    ),
  )
  expect(await firstFinding()).toMatchObject({ chain: theirs, broken: 'root-missing' })
})

test('two records that changed places are found, and where they came from', async () => {
  await tamper(
    `update ${table} set sequence = 1000 where ${record(2)}`,
    `update ${table} set sequence = 2 where ${record(5)}`,
    `update ${table} set sequence = 5 where ${record(1000)}`,
  )
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 2n,
    broken: 'record-moved',
    says: 'record 2 was written as record 5 and moved here',
  })
})

test('records exchanged between companies are found', async () => {
  const columns = 'payload, previous, hash, user_id, at, business, operation, result, terminal'
  const into = columns.split(', ').map((name) => `${name} = b.${name}`)
  await tamper(
    `create temporary table kept as select * from ${table} where ${record(3)}`,
    `update ${table} a set ${into} from ${table} b
      where a.chain = '${mine}' and a.sequence = 3 and b.chain = '${theirs}' and b.sequence = 3`,
    `update ${table} a set ${into} from kept b where a.chain = '${theirs}' and a.sequence = 3`,
  )
  const { findings } = await verifyHistory({ ...needs(), clock: later })
  expect(findings).toMatchObject(
    [mine, theirs]
      .toSorted()
      .map((chain) => ({ chain, sequence: 3n, broken: 'record-of-another-chain' })),
  )
})

/** What an owner can do who knows the format: everything but the signature. */
const rewritten = `
  do $$
  declare r record; p bytea := operation_history.genesis('${mine}');
  begin
    for r in select * from ${table} where chain = '${mine}' order by sequence loop
      update ${table} set previous = p,
        hash = sha256(p || int8send(r.sequence) || convert_to(r.payload, 'UTF8'))
      where chain = '${mine}' and sequence = r.sequence returning hash into p;
    end loop;
    update operation_history.head set hash = p where chain = '${mine}';
  end $$`

test('a chain rewritten from a changed record on is found by the root', async () => {
  await tamper(
    `update ${table} set payload = replace(payload, '"number":"3"', '"number":"9"')
      where ${record(3)}`,
    rewritten,
  )
  expect(await firstFinding()).toMatchObject({
    chain: mine,
    sequence: 1n,
    broken: 'records-differ-from-root',
    says: expect.stringMatching(/^records 1 to 5 are not those of root [12]$/),
  })
})

test('a forged root is found by its signature', async () => {
  const forger = aVault()
  const { rows } = await db.owner.query(
    `select statement from operation_history.root where chain = '${mine}'`,
  )
  const statement = rows[0].statement.replace(/"merkleRoot":"[0-9a-f]{4}/, '"merkleRoot":"0000')
  const signature = await forger.sign('operation-history-roots', Buffer.from(statement))
  await tamper(
    `update operation_history.root set statement = '${statement}',
      signature = '\\x${Buffer.from(signature).toString('hex')}' where chain = '${mine}'`,
  )
  const { findings } = await verifyHistory({ ...needs(), clock: later })
  expect(findings).toContainEqual(
    expect.objectContaining({ chain: mine, sequence: 1n, broken: 'root-signature-wrong' }),
  )
})

test('a root removed from the database is found by the roots after it or by the file', async () => {
  await sealRoots(needs())
  await tamper(`delete from operation_history.root where position = 2`)
  expect(await firstFinding()).toMatchObject({ broken: 'root-missing', says: 'root 2 is missing' })
  await tamper(`delete from operation_history.root where position > 1`)
  expect(await firstFinding()).toMatchObject({
    broken: 'root-missing',
    says: 'root 2 is in the file and not in the database',
  })
})

test.for([
  ['cut', (text: string) => text.slice(0, text.indexOf('\n') + 1), 'root 2 is not in the file'],
  ['changed', (text: string) => text.replace(/"signature":"..../, '"signature":"AAAA'), 'root 1'],
  ['emptied', () => '', 'root 1 is not in the file'],
] as const)('a file of roots that was %s is found', async ([, change, says]) => {
  await writeFile(rootsPath, change(await readFile(rootsPath, 'utf8')))
  const finding = await firstFinding()
  expect(finding).toMatchObject({ broken: 'roots-file-differs' })
  expect(finding!.says).toContain(says)
})

test('a line torn by a crash is no tampering, and the next sealing goes on after it', async () => {
  await appendFile(rootsPath, '{"signature":"AAAA","state')
  await sealRoots(needs())
  const report = await verifyHistory({ ...needs(), clock: later })
  expect(report).toMatchObject({ roots: 4n, unsealed: 0n, findings: [] })
})

test('a root that a crash kept from the file is appended by the next sealing', async () => {
  const before = await readFile(rootsPath, 'utf8')
  await sealRoots(needs())
  await writeFile(rootsPath, before)
  expect(await sealRoots(needs())).toBe(0)
  expect(await firstFinding()).toBeNull()
})

test('two that seal at once seal each record once', async () => {
  await Promise.all([sealRoots(needs()), sealRoots(needs()), sealRoots(needs())])
  const report = await verifyHistory({ ...needs(), clock: later })
  expect(report).toMatchObject({ roots: 4n, unsealed: 0n, findings: [] })
})
