/** 金融機関マスタ on a real database: the whole published version, searched as one types. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type CompanyId } from '#kit/ids.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { createBankDirectory, type BankDirectoryDoor } from './index.ts'
import * as store from './directory-store.ts'
import { asKana, folded } from './published.ts'

const now = Temporal.Instant.from('2026-11-24T01:00:00Z')
const own = {
  banks: [{ code: '9999', name: 'まどぐち銀行', kana: 'ﾏﾄﾞｸﾞﾁ' }],
  branches: [{ bankCode: '9999', code: '101', name: '本店営業部', kana: 'ﾎﾝﾃﾝｴｲｷﾞﾖｳﾌﾞ' }],
}
let db: TestDatabase
let directory: BankDirectoryDoor
const company = newId<'company'>(1) as CompanyId

beforeAll(async () => {
  db = await testDatabase()
  directory = createBankDirectory({ database: db.database, own })
  await directory.load(now)
})
afterAll(() => db.close())

const find = (bankCode: string | null, typed: string) =>
  db.database.asCompany(company, async (tx) => {
    const of = { text: folded(typed), kana: asKana(typed), initials: '', after: null }
    const asked = { bankCode, ...of, limit: 5 }
    return (await store.search(tx, asked)).map(({ code, name }) => `${code} ${name}`)
  })

test('has the banks of the country, and ourselves', async () => {
  await db.database.asCompany(company, async (tx) => {
    expect(await directory.bank(tx, '0001')).toMatchObject({ name: 'みずほ銀行', kana: 'ﾐｽﾞﾎ' })
    expect(await directory.bank(tx, '9900')).toMatchObject({
      name: expect.stringContaining('ゆうちょ'),
    })
    expect(await directory.bank(tx, '9999')).toEqual(own.banks[0])
    expect(await directory.bank(tx, '9990')).toBeNull()
    expect(await directory.branch(tx, { bankCode: '9999', code: '101' })).toEqual(own.branches[0])
    const asked = ['001', '999'].map((code) => ({ bankCode: '0001', code }))
    expect((await directory.branches(tx, asked)).map((one) => one?.branch.code ?? null)).toEqual([
      '001',
      null,
    ])
  })
  const { rows } = await db.owner.query<{ banks: number; branches: number }>(
    'select banks, branches from bank_directory.loaded',
  )
  expect(rows[0]!.banks).toBeGreaterThan(1_000)
  expect(rows[0]!.branches).toBeGreaterThan(25_000)
})

describe('is searched as one types', () => {
  test.each([
    ['みずほ', '0001 みずほ銀行'],
    ['ミズホ', '0001 みずほ銀行'],
    ['ﾐｽﾞﾎ', '0001 みずほ銀行'],
    ['0001', '0001 みずほ銀行'],
    ['０００１', '0001 みずほ銀行'],
    ['まどぐち', '9999 まどぐち銀行'],
  ])('%s finds %s first', async (typed, first) => {
    expect((await find(null, typed))[0]).toBe(first)
  })

  test('branches by code, name and kana', async () => {
    const [byCode] = await find('0001', '001')
    expect(byCode).toMatch(/^001 /)
    expect(await find('9999', 'ほんてん')).toEqual(['101 本店営業部'])
    expect(await find('9999', '本店')).toEqual(['101 本店営業部'])
  })

  test('and signs of the search language mean themselves', async () => {
    expect(await find(null, '%')).toEqual([])
    expect(await find(null, '_')).toEqual([])
  })
})

test('is read row by row, in the order of readings', async () => {
  const page = (after: string | null) =>
    db.database.asCompany(company, (tx) => {
      const of = { bankCode: null, text: '', kana: '', initials: 'ﾏﾐﾑﾒﾓ', after, limit: 3 }
      return store.search(tx, of)
    })
  const first = await page(null)
  const next = await page(first.at(-1)!.code)
  const kana = [...first, ...next].map((one) => one.kana)
  expect(kana).toEqual(kana.toSorted())
  expect(kana.every((one) => 'ﾏﾐﾑﾒﾓ'.includes(one[0]!))).toBe(true)
  expect(new Set([...first, ...next].map(({ code }) => code)).size).toBe(6)
})

test('the same version again changes nothing, at once from two processes neither', async () => {
  await Promise.all([directory.load(now), directory.load(now)])
  const { rows } = await db.owner.query('select version from bank_directory.loaded')
  expect(rows).toHaveLength(1)
})

test('a new version closes what it no longer names, and leaves our own alone', async () => {
  const next = {
    banks: [{ code: '0001', name: 'みずほ銀行', kana: 'ﾐｽﾞﾎ' }],
    branches: [{ bankCode: '0001', code: '001', name: '東京営業部', kana: 'ﾄｳｷﾖｳ' }],
  }
  const other = await testDatabase()
  const there = createBankDirectory({ database: other.database, own })
  await there.load(now)
  await other.database.asBank((tx) => store.putVersion(tx, next, { version: 'next', at: now }))
  await other.database.asCompany(company, async (tx) => {
    expect(await there.bank(tx, '0005')).toBeNull()
    expect(await there.bank(tx, '0001')).not.toBeNull()
    expect(await there.bank(tx, '9999')).not.toBeNull()
    expect(await there.branch(tx, { bankCode: '0001', code: '001' })).toMatchObject({
      name: '東京営業部',
    })
  })
  await other.close()
})
