/** 監査用の書き出し: an outsider verifies it with Node alone, and finds what was changed in it. */
import { execFile } from 'node:child_process'
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { operationHistory } from '#operation-history/index.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompany, aFolder, anEntry, aVault, clock } from '../../test/operation-history.ts'
import { audit } from './cli.ts'
import { sealRoots } from './jobs.ts'

let db: TestDatabase
let folder: Awaited<ReturnType<typeof aFolder>>
let exported: string
let made = 0
const keyVault = aVault()
const [mine, theirs] = [aCompany(), aCompany()]
const needs = () => ({
  database: db.database,
  keyVault,
  clock,
  rootsPath: join(folder.path, 'roots.jsonl'),
})

beforeAll(async () => {
  ;[db, folder] = await Promise.all([testDatabase(), aFolder()])
  for (const sealing of [1, 2, 3]) {
    for (const companyId of [mine, theirs, null]) {
      await db.database.asBank(async (tx) => {
        for (let at = 0; at < 3 + sealing; at += 1) {
          await operationHistory.record(tx, anEntry({ companyId }, { facts: { at: `${at} 円` } }))
        }
      })
    }
    await sealRoots(needs())
  }
})
afterAll(async () => {
  await Promise.all([db?.close(), folder?.remove()])
})
beforeEach(async () => {
  made += 1
  exported = join(folder.path, `export-${made}`)
  expect(await said('export', exported)).toMatchObject({ code: 0 })
})

async function said(...words: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = []
  const code = await audit(needs(), words, (line) => lines.push(line))
  return { code, text: lines.join('\n') }
}

/** With Node alone: its own process, an empty environment, the export as its only folder. */
async function outsider(script = 'verify-export.mjs', ...more: string[]) {
  const run = promisify(execFile)
  return run(process.execPath, [script, '.', ...more], { cwd: exported, env: {} }).then(
    ({ stdout }) => ({ code: 0, says: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, says: stderr }),
  )
}

async function change(file: string, by: (lines: string[]) => string[]): Promise<void> {
  const path = join(exported, file)
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  await writeFile(path, `${by(lines).join('\n')}\n`)
}

test.for(['verify-export.mjs', 'verify-export.ts'])(
  'the outsider’s %s finds it whole',
  async (script) => {
    const { code, says } = await outsider(script)
    expect(says).toContain('OK: 3 chains, 45 records, 9 roots.')
    expect(says).toContain('Not yet sealed: 0 records')
    expect(code).toBe(0)
  },
)

test.for([
  [
    'a flipped byte',
    'records.jsonl',
    (lines: string[]) => lines.with(4, lines[4]!.replace('balance-inquiry', 'balance-inquirz')),
    /chain .*, record 5: was changed or moved/,
  ],
  [
    'a removed record',
    'records.jsonl',
    (lines: string[]) => lines.toSpliced(4, 1),
    /record 5: missing or out of order/,
  ],
  [
    'the last records removed',
    'records.jsonl',
    (lines: string[]) => lines.slice(0, -2),
    /records 14 to 15 were sealed and are missing/,
  ],
  [
    'two records in another order',
    'records.jsonl',
    (lines: string[]) => lines.with(4, lines[5]!).with(5, lines[4]!),
    /record 5: missing or out of order/,
  ],
  [
    'a removed root',
    'roots.jsonl',
    (lines: string[]) => lines.toSpliced(4, 1),
    /root 5 is missing or out of order/,
  ],
  [
    'a changed root',
    'roots.jsonl',
    (lines: string[]) =>
      lines.with(0, lines[0]!.replace(/merkleRoot\\":\\"..../, 'merkleRoot\\":\\"0000')),
    /root 1 .*: the signature is wrong/,
  ],
] as const)('%s is found', async ([, file, by, says]) => {
  await change(file, by)
  const answer = await outsider()
  expect(answer.says).toMatch(says)
  expect(answer.code).toBe(1)
})

test('roots of another key are found by the key that the bank has published', async () => {
  const other = join(folder.path, 'other.pem')
  await writeFile(other, await aVault().publicKey('operation-history-roots'))
  expect(await outsider('verify-export.mjs', '--public-key', other)).toMatchObject({
    code: 1,
    says: expect.stringContaining('signature is wrong'),
  })
})

test('an export of one company holds nothing of the others and verifies', async () => {
  exported = join(folder.path, 'one-company')
  expect(await said('export', exported, '--company', mine)).toMatchObject({ code: 0 })
  expect((await outsider()).says).toContain('OK: 1 chains, 15 records, 3 roots.')
  for (const file of await readdir(exported)) {
    expect(await readFile(join(exported, file), 'utf8')).not.toContain(theirs)
  }
})

test('the operator’s own verification says how much it proved', async () => {
  expect(await said('verify')).toEqual({
    code: 0,
    text: '3 chains, 45 records, 9 signed roots; 0 not yet sealed\nThe operation history is whole.',
  })
})

test('the operator reads which record is broken first', async () => {
  await copyFile(needs().rootsPath, join(folder.path, 'kept'))
  const client = await db.owner.connect()
  await client.query(`begin; set local session_replication_role = replica;
    delete from operation_history.record where chain = '${theirs}' and sequence = 7; commit`)
  client.release()
  const { code, text } = await said('verify')
  expect(code).toBe(1)
  expect(text).toContain(`First broken: chain ${theirs}, sequence 7: record 7 is missing`)
})

test.for([[], ['verify', 'x'], ['export'], ['export', 'a', 'b'], ['prove']])(
  'the operator is told the commands: %j',
  async (words) => {
    expect(await said(...words)).toMatchObject({ code: 2, text: expect.stringContaining('usage') })
  },
)

test('an export never writes into a folder that is there', async () => {
  expect(await said('export', exported)).toMatchObject({ code: 2 })
})
