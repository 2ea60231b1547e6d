/** The seed, compared with a second source that computes holidays by the law instead of a list. */
import japaneseHolidays from 'japanese-holidays'
import { expect, test } from 'vitest'
import { seedFor } from './seed.ts'

const today = Temporal.PlainDate.from('2026-11-24')
const { years, holidays } = seedFor(today)
const seeded = new Map(holidays.map((one) => [one.day.toString(), one]))
const bankOnly = /-(12-31|01-02|01-03)$/

test('holds the years from 2025 to 2050', () => {
  expect([years[0], years.at(-1)]).toEqual([2025, 2050])
})

test('agrees with the rules of the law on every day, but for 年末年始 of the banks', () => {
  const differing: string[] = []
  const end = Temporal.PlainDate.from('2050-12-31')
  for (
    let day = Temporal.PlainDate.from('2025-01-01');
    Temporal.PlainDate.compare(day, end) <= 0;
    day = day.add({ days: 1 })
  ) {
    const text = day.toString()
    // oxlint-disable-next-line no-restricted-globals -- the package takes nothing else
    const noon = new Date(day.year, day.month - 1, day.day, 12)
    const byLaw = japaneseHolidays.isHoliday(noon) !== undefined
    if (seeded.has(text) !== (byLaw || bankOnly.test(text))) differing.push(text)
  }
  expect(differing).toEqual([])
})

test('knows the days between two holidays that others miss', () => {
  expect(seeded.get('2032-09-21')?.name).toBe('休日')
  expect(seeded.get('2049-09-21')?.name).toBe('休日')
})

test('every day stands once, in order', () => {
  const days = holidays.map(({ day }) => day.toString())
  expect(days).toEqual([...new Set(days)].toSorted())
})

test.each([
  ['2027-03-21', '2026-02-28', false], // announced in February 2026
  ['2027-03-21', '2026-03-01', true],
  ['2028-03-20', '2027-02-28', false],
  ['2028-03-20', '2027-03-01', true],
  ['2032-09-21', '2030-01-01', false], // hangs on 秋分の日
  ['2032-09-20', '2030-01-01', true], // 敬老の日
  ['2040-01-02', '2030-01-01', true],
])('%s, seen on %s, is confirmed: %s', (day, seenOn, confirmed) => {
  const one = seedFor(Temporal.PlainDate.from(seenOn)).holidays.find(
    (holiday) => holiday.day.toString() === day,
  )
  expect(one?.confirmed).toBe(confirmed)
})
