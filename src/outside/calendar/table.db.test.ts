/** The bank's calendar table: the contract, its seed, and the bank's edits. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { calendarContract } from './port.contract.ts'
import { openCalendar, type CalendarTable } from './table.ts'

const now = Temporal.Instant.from('2026-11-24T10:00:00+09:00')
const day = (text: string) => Temporal.PlainDate.from(text)
const on = (db: TestDatabase, at = now) =>
  openCalendar({ database: db.database, clock: { now: () => at } })

calendarContract(async () => {
  const db = await testDatabase()
  const calendar = on(db)
  await calendar.seed()
  return { calendar, close: () => db.close() }
})

describe('the table', () => {
  let db: TestDatabase
  let calendar: CalendarTable
  beforeAll(async () => {
    db = await testDatabase()
    calendar = on(db)
  })
  afterAll(() => db?.close())
  beforeEach(() => db.owner.query('truncate calendar.holiday, calendar.known_year'))

  const names = async (from: string, to = from) =>
    (await calendar.holidays(day(from), day(to))).map(({ name }) => name)
  async function command(...words: string[]) {
    const printed: string[] = []
    const code = await calendar.command(words, now, (line) => void printed.push(line))
    return { code, printed }
  }

  test('knows nothing before it is seeded', async () => {
    await expect(names('2026-11-23')).rejects.toThrow('does not know the year 2026')
  })

  test('is seeded from the year before to 2050, and the same twice or together', async () => {
    await Promise.all([calendar.seed(), calendar.seed()])
    const count = async () =>
      (await db.owner.query('select count(*)::integer as count from calendar.holiday')).rows[0]
        .count
    const before = await count()
    await calendar.seed()
    expect(await count()).toBe(before)
    expect(await names('2025-11-24')).toEqual(['勤労感謝の日 振替休日'])
    expect(await names('2050-12-31')).toEqual(['銀行休業日'])
    await expect(names('2051-01-01')).rejects.toThrow(RangeError)
    await expect(names('2024-12-31')).rejects.toThrow(RangeError)
  })

  test('confirms a forecast at the first start after its announcement', async () => {
    await calendar.seed()
    const confirmed = async () =>
      (await calendar.holidays(day('2028-03-20'), day('2028-03-20'))).map((one) => one.confirmed)
    expect(await confirmed()).toEqual([false])
    await on(db, Temporal.Instant.from('2027-03-01T00:00:00+09:00')).seed()
    expect(await confirmed()).toEqual([true])
  })

  test('lists a year, with the marks of what the bank changed', async () => {
    await calendar.seed()
    expect((await command('add', '2028-05-06', '創立', '記念日')).code).toBe(0)
    expect((await command('remove', '2028-11-03')).code).toBe(0)
    const { code, printed } = await command('list', '2028')
    expect(code).toBe(0)
    expect(printed).toContain('2028-01-01  元日')
    expect(printed).toContain('2028-03-20  春分の日  forecast')
    expect(printed).toContain('2028-05-06  創立 記念日  of the bank')
    expect(printed).toContain('2028-11-03  文化の日  removed by the bank')
  })

  test('keeps the edits of the bank when it is seeded again', async () => {
    await calendar.seed()
    await command('add', '2027-05-06', '臨時休業日')
    await command('remove', '2027-11-03')
    await command('add', '2027-01-01', '正月')
    await calendar.seed()
    expect(await names('2027-05-06')).toEqual(['臨時休業日'])
    expect(await names('2027-11-03')).toEqual([])
    expect(await names('2027-01-01')).toEqual(['正月'])
  })

  test('takes away a seeded day that is published no more, and no day of the bank', async () => {
    await calendar.seed()
    await db.owner.query(
      `insert into calendar.holiday values ('2027-06-01', 'x', true, 'seed', false, now())`,
    )
    await command('add', '2027-06-02', '臨時休業日')
    await calendar.seed()
    expect(await names('2027-06-01', '2027-06-02')).toEqual(['臨時休業日'])
  })

  test('puts a removed day back', async () => {
    await calendar.seed()
    await command('remove', '2027-11-03')
    expect((await command('remove', '2027-11-03')).printed).toEqual([
      'refused: not-a-holiday 2027-11-03',
    ])
    await command('add', '2027-11-03', '文化の日')
    expect(await names('2027-11-03')).toEqual(['文化の日'])
  })

  test('refuses by name, and tells its usage when it does not understand', async () => {
    await calendar.seed()
    expect(await command('add', '2051-01-01', '元日')).toEqual({
      code: 1,
      printed: ['refused: year-unknown 2051'],
    })
    expect((await command('list', '2051')).code).toBe(1)
    expect((await command('add', '2027-01-02', 'あ'.repeat(41))).code).toBe(1)
    expect((await command('add', '2027-01-02', 'あ'.repeat(40))).code).toBe(0)
    expect((await command('remove', '2027-06-03')).code).toBe(1)
    for (const words of [
      [],
      ['list'],
      ['add', '2027-02-29', 'x'],
      ['add', '2027-01-02'],
      ['drop'],
    ]) {
      expect((await command(...words)).code).toBe(2)
    }
  })

  test('is not seen by a company', async () => {
    const asked = db.database.asCompany(
      '01990000-0000-7000-8000-000000000001' as never,
      async (tx) => {
        const { sql } = await import('kysely')
        return sql`select * from calendar.holiday`.execute(tx)
      },
    )
    await expect(asked).rejects.toThrow('permission denied')
  })
})
