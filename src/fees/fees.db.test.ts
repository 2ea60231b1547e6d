/** 手数料 over the tables: what holds on which day, for which company, and who may see it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAdministration } from '#administration/index.ts'
import { createFees, readFeeTable, type DeductionSettings, type FeeAsked } from '#fees/index.ts'
import type { CompanyId } from '#kit/ids.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import { yen } from '#kit/yen.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompanyWith, now } from '../../test/operation-history.ts'

let db: TestDatabase
let folder: string
let sample: CompanyId
let mihon: CompanyId
beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'fees-'))
  const aCompany = async () =>
    (await aCompanyWith(db.database, [{ name: '田中 一郎', role: 'general' }]))[0]!.companyId
  ;[sample, mihon] = [await aCompany(), await aCompany()]
})
afterAll(async () => {
  await db?.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await db.owner.query(
    'truncate fees.standard_fee, fees.special_fee, fees.deduction_fee, fees.deduction_setting',
  )
  await fees().seed()
})

const fees = () => createFees({ database: db.database, administration: createAdministration() })
const day = (text: string) => Temporal.PlainDate.from(text)
const whole = (fee: number) => [{ min: 1, max: null, fee }]
const flat = (fee: number) => ({
  ...{ 'same-branch': whole(fee), 'same-bank': whole(fee), 'other-bank': whole(fee) },
})
function table(fee: number) {
  const read = readFeeTable(flat(fee))
  if (!read.granted) throw new Error(read.reason)
  return read.value
}
const item: FeeAsked = { payable: yen(30_000), class: 'other-bank', bearer: { by: 'payer' } }
const byPayee: FeeAsked = { ...item, bearer: { by: 'payee', fee: 'table' } }

async function feesOn(on: string, companyId = sample, items: readonly FeeAsked[] = [item]) {
  const asked = { companyId, service: 'transfers', day: day(on), items } as const
  const quotes = await db.database.asCompany(companyId, (tx) => fees().quote(tx, asked))
  return quotes.map((one) => (one.granted ? one.value : one.reason))
}
async function command(...words: string[]) {
  const printed: string[] = []
  const code = await fees().command(words, now, (line) => void printed.push(line))
  return { code, printed }
}
async function file(content: unknown): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const set = (companyId: CompanyId, settings: DeductionSettings) =>
  db.database.asCompany(companyId, (tx) =>
    fees().setSettings(tx, { companyId, service: 'transfers' }, settings, now),
  )

test('a bank without tables gets the first ones, once, and keeps its own', async () => {
  const path = await file(flat(700))
  expect((await command('set', 'transfers', path, '--from', '2030-04-01')).code).toBe(0)
  await Promise.all([fees().seed(), fees().seed()])
  expect(await feesOn('2030-03-31')).toMatchObject([{ bankFee: 605n }])
  expect(await feesOn('2030-04-01')).toMatchObject([{ bankFee: 700n, debit: 30_700n }])
})

test('quotes come in the order asked, each with its own refusal', async () => {
  const items: FeeAsked[] = [
    { ...item, class: 'same-branch' },
    { ...byPayee, payable: yen(440) },
    { ...item, payable: yen(29_999), class: 'same-bank' },
  ]
  expect(await feesOn('2026-11-24', sample, items)).toMatchObject([
    { bankFee: 0n },
    'nothing-left-to-transfer',
    { bankFee: 110n },
  ])
})

test('a 特約 stands before the table of the bank, for its company and from its day on', async () => {
  const path = await file(flat(99))
  const words = ['set', 'transfers', path, '--from', '2030-04-01', '--company', sample]
  expect(await command(...words)).toEqual({
    code: 0,
    printed: ['transfers: valid from 2030-04-01'],
  })
  expect(await feesOn('2030-03-31')).toMatchObject([{ bankFee: 605n }])
  // What is deducted is 基準手数料 still.
  expect(await feesOn('2030-04-01', sample, [item, byPayee])).toMatchObject([
    { bankFee: 99n },
    { deducted: 605n, bankFee: 99n, difference: 506n },
  ])
  expect(await feesOn('2030-04-01', mihon)).toMatchObject([{ bankFee: 605n }])
  expect((await command('show', '--company', sample)).printed).toContain(
    '  other-bank   from 1 yen: 99 yen',
  )
})

test('a company deducts by its own settings, and goes back to 基準手数料', async () => {
  const settings = { method: 'add-low', payableMin: yen(1_000), own: table(300) } as const
  await set(sample, settings)
  expect(await feesOn('2026-11-24', sample, [byPayee])).toMatchObject([
    { deducted: 300n, amount: 29_700n, bankFee: 440n, difference: -140n },
  ])
  const stored = (companyId: CompanyId) =>
    db.database.asCompany(companyId, (tx) => fees().settings(tx, companyId, 'transfers'))
  expect(await stored(sample)).toEqual(settings)
  expect(await stored(mihon)).toEqual({ method: 'keep', payableMin: 0n, own: null })
  await set(sample, { ...settings, own: null })
  expect(await feesOn('2026-11-24', sample, [byPayee])).toMatchObject([{ deducted: 440n }])
})

test('a company sees no other one, and sets no fee that it is charged', async () => {
  await set(sample, { method: 'keep', payableMin: yen(1), own: table(1) })
  const path = await file(flat(99))
  await command('set', 'transfers', path, '--from', '2030-04-01', '--company', sample)
  const seen = (name: string) =>
    db.database.asCompany(mihon, async (tx) => {
      const { rows } = await sql`select from ${sql.table(`fees.${name}`)}`.execute(tx)
      return rows.length
    })
  for (const name of ['special_fee', 'deduction_fee', 'deduction_setting']) {
    expect(await seen(name)).toBe(0)
  }
  await expect(
    db.database.asCompany(sample, (tx) => sql`delete from fees.special_fee`.execute(tx)),
  ).rejects.toThrow('permission denied')
  await expect(
    db.database.asCompany(sample, (tx) => sql`delete from fees.standard_fee`.execute(tx)),
  ).rejects.toThrow('permission denied')
  await expect(
    db.database.asCompany(mihon, (tx) =>
      fees().setSettings(
        tx,
        { companyId: sample, service: 'transfers' },
        { method: 'keep', payableMin: yen(0), own: table(1) },
        now,
      ),
    ),
  ).rejects.toThrow('row-level security')
})

test('what cannot be set is refused by name', async () => {
  const good = await file(flat(1))
  const gap = await file({ ...flat(1), 'same-bank': [{ min: 1, max: 9, fee: 1 }] })
  const [today, stranger] = [dayInJapan(now).toString(), crypto.randomUUID()]
  const yesterday = dayInJapan(now).subtract({ days: 1 }).toString()
  for (const [words, refusal] of [
    [['transfers', good, '--from', yesterday], 'day-past'],
    [['transfers', join(folder, 'none'), '--from', '2030-01-01'], 'file-unreadable'],
    [['transfers', await file('{'), '--from', '2030-01-01'], 'file-unreadable'],
    [['transfers', gap, '--from', '2030-01-01'], 'last-band-not-open'],
    [['transfers', good, '--from', '2030-01-01', '--company', stranger], 'company-unknown'],
    [['transfers', good, '--from', '2030-01-01', '--company', 'x'], 'company-unknown'],
  ] as const) {
    expect(await command('set', ...words)).toEqual({ code: 1, printed: [`refused: ${refusal}`] })
  }
  expect((await command('set', 'payroll', good, '--from', today)).code).toBe(0)
  for (const words of [
    [],
    ['show', 'x'],
    ['set', 'fx', good, '--from', today],
    ['set', 'payroll', good],
    ['set', 'payroll', good, '--from', '2027-02-29'],
    ['show', '--all'],
  ]) {
    expect((await command(...words)).code).toBe(2)
  }
})
