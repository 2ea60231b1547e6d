/**
 * What every calendar must do. An adapter's own test calls this with a way to open it for the years
 * around 2026.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { businessCalendar } from '#kit/business-calendar.ts'
import type { Calendar } from './port.ts'

export interface OpenedCalendar {
  readonly calendar: Calendar
  close(): Promise<void>
}

const day = (text: string) => Temporal.PlainDate.from(text)

export function calendarContract(open: () => Promise<OpenedCalendar>): void {
  let opened: OpenedCalendar
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())
  const holidays = async (from: string, to: string) =>
    (await opened.calendar.holidays(day(from), day(to))).map((one) => one.day.toString())

  /** Loaded with room on both sides, as orders load it. */
  async function loaded() {
    const [from, to] = [day('2025-12-01'), day('2028-01-31')]
    return businessCalendar({ from, to, holidays: await opened.calendar.holidays(from, to) })
  }

  describe('a calendar', () => {
    test('gives the holidays in order, first and last day included', async () => {
      expect(await holidays('2026-12-31', '2027-01-03')).toEqual([
        '2026-12-31',
        '2027-01-01',
        '2027-01-02',
        '2027-01-03',
      ])
      expect(await holidays('2026-11-03', '2026-11-03')).toEqual(['2026-11-03'])
      expect(await holidays('2026-11-04', '2026-11-22')).toEqual([])
    })

    test('names them', async () => {
      const names = (await opened.calendar.holidays(day('2026-12-31'), day('2027-01-01'))).map(
        ({ name }) => name,
      )
      expect(names).toEqual(['銀行休業日', '元日'])
    })

    test('refuses to guess a year that it does not know', async () => {
      await expect(holidays('9998-12-01', '9999-01-31')).rejects.toThrow(RangeError)
    })

    test.each([
      [2026, 242],
      [2027, 244],
    ])('has the business days of %i: %i (formats.md §7)', async (year, count) => {
      const calendar = await loaded()
      const first = day(`${year}-01-01`)
      const open = Array.from({ length: first.daysInYear }, (_, days) => first.add({ days }))
      expect(open.filter(calendar.isBusinessDay)).toHaveLength(count)
    })

    test('turns the year at 2026-12-30 and 2027-01-04', async () => {
      const calendar = await loaded()
      expect(calendar.plus(day('2027-01-01'), -1).toString()).toBe('2026-12-30')
      expect(calendar.plus(day('2026-12-30'), 1).toString()).toBe('2027-01-04')
      expect(calendar.plus(day('2027-01-25'), -3).toString()).toBe('2027-01-20')
    })

    test('moves the 10th to the next business day', async () => {
      const calendar = await loaded()
      expect(calendar.onOrAfter(day('2027-01-10')).toString()).toBe('2027-01-12')
      expect(calendar.onOrAfter(day('2027-04-10')).toString()).toBe('2027-04-12')
    })
  })
}
