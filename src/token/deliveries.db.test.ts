/** トークンの入庫 on the command line: a file comes in whole or not at all, by two people. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tanaka } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { testDevice } from '../../test/device.ts'
import { tokenWorld, type TokenWorld } from '../../test/tokens.ts'
import { writePskc } from './pskc.ts'

const preSharedKey = new Uint8Array(32).map((_, at) => at)
const factoryKey = new Uint8Array(32).map((_, at) => 200 - at)
const serials = ['3104800001', '3104800002']

let db: TestDatabase
let world: TokenWorld
let folder: string
let file: string
let keyFile: string

beforeAll(async () => {
  db = await testDatabase()
  world = await tokenWorld(db)
  folder = mkdtempSync(join(tmpdir(), 'pskc-'))
  file = join(folder, 'tokens.xml')
  keyFile = join(folder, 'key')
  writeFileSync(keyFile, Buffer.from(preSharedKey).toString('hex'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world?.close()
  await db?.close()
})
beforeEach(async () => {
  await db.owner.query('truncate token.device, token.delivery cascade')
  const tokens = serials.map((serial) => ({ serial, factoryKey: Uint8Array.from(factoryKey) }))
  writeFileSync(file, writePskc(tokens, preSharedKey))
})

const people = ['--by', '佐々木', '--approved-by', '小川']
async function run(...words: string[]) {
  const lines: string[] = []
  const now = world.counter.clock.now()
  const code = await world.tokens.command(words, now, (line) => lines.push(line))
  return [code, lines.join('\n')] as const
}
const bringIn = (...more: string[]) => run('import', file, '--key-file', keyFile, ...more)
const stored = async () =>
  (await db.owner.query<{ serial: string }>('select serial from token.device order by 1')).rows

test('brought by one and approved by another, the tokens are in stock and can be assigned', async () => {
  const [code, said] = await bringIn(...people)
  expect([code, said]).toEqual([0, expect.stringContaining('2 tokens are in stock')])
  expect(await stored()).toEqual(serials.map((serial) => ({ serial })))
  const [serial] = serials as [string]
  expect((await run('assign', serial, '--company', tanaka.loginId))[0]).toBe(0)
  expect((await run('assign', serial, '--company', tanaka.loginId))[0]).toBe(1)

  const device = await testDevice({ serial, factoryKey })
  await world.register(await world.atRegistration(tanaka), device, serial)
  expect(await world.history('token-import')).toContainEqual({ result: 'done', reason: null })
})

describe('nothing is stored', () => {
  const broken = async (change: (text: string) => string) => {
    writeFileSync(file, change(readFileSync(file, 'utf8')))
    return bringIn(...people)
  }
  test.for([
    ['approver-missing', ['--by', '佐々木']],
    ['approver-is-the-same', ['--by', '佐々木', '--approved-by', '佐々木']],
  ] as const)('as %s', async ([reason, given]) => {
    expect(await bringIn(...given)).toEqual([1, expect.stringContaining(`refused: ${reason}`)])
    expect(await stored()).toEqual([])
  })

  test('of a file whose MAC is broken', async () => {
    const flipped = await broken((text) =>
      text.replace(/(<[^>]*ValueMAC>)(.)/, (_all, tag, first) => tag + (first === 'A' ? 'B' : 'A')),
    )
    expect(flipped).toEqual([1, expect.stringContaining('mac-broken')])
    expect(await stored()).toEqual([])
  })

  test('of a file with a known serial number, though the rest is new', async () => {
    await bringIn(...people)
    const again = [
      { serial: '3104800009', factoryKey },
      { serial: serials[0]!, factoryKey },
    ]
    writeFileSync(
      file,
      writePskc(
        again.map((one) => ({ ...one })),
        preSharedKey,
      ),
    )
    expect(await bringIn(...people)).toEqual([1, expect.stringContaining('serial-known')])
    expect(await stored()).toHaveLength(2)
  })

  test('of the same file again', async () => {
    await bringIn(...people)
    expect(await bringIn(...people)).toEqual([1, expect.stringContaining('file-known')])
  })

  test('of an XML bomb', async () => {
    writeFileSync(file, '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>')
    expect(await bringIn(...people)).toEqual([1, expect.stringContaining('doctype-forbidden')])
  })
})

test('a dump of every table holds no factory key in the clear', async () => {
  await bringIn(...people)
  const { rows } = await db.owner.query<{ row: string }>(
    'select d::text as row from token.device d',
  )
  const hex = Buffer.from(factoryKey).toString('hex')
  expect(rows.length).toBe(2)
  for (const { row } of rows) expect(row).not.toContain(hex)
})
