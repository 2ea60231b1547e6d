/** 営業日: both sides of weekends and holidays, and what always holds. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessCalendar } from './business-calendar.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const holidays = ['2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-11'].map(
  (text) => ({ day: day(text) }),
)
const [from, to] = [day('2026-12-01'), day('2027-03-31')]
const calendar = businessCalendar({ from, to, holidays })

test.each([
  ['2026-12-30', true],
  ['2026-12-31', false],
  ['2027-01-04', true], // Monday
  ['2027-01-08', true], // Friday
  ['2027-01-09', false],
  ['2027-01-10', false],
  ['2027-01-11', false], // 成人の日
  ['2027-01-12', true],
])('%s is a business day: %s', (text, open) => {
  expect(calendar.isBusinessDay(day(text))).toBe(open)
})

describe('business days later', () => {
  test.each([
    ['2027-01-08', 0, '2027-01-08'],
    ['2027-01-08', 1, '2027-01-12'],
    ['2027-01-09', 0, '2027-01-12'], // from a Saturday
    ['2027-01-09', 1, '2027-01-12'],
    ['2027-01-09', 2, '2027-01-13'],
    ['2027-01-09', -1, '2027-01-08'],
    ['2027-01-12', -1, '2027-01-08'],
    ['2026-12-30', 1, '2027-01-04'],
    ['2027-01-04', -1, '2026-12-30'],
    ['2027-01-25', -3, '2027-01-20'],
    ['2026-12-30', 7, '2027-01-13'],
  ])('%s and %i are %s', (text, count, wanted) => {
    expect(calendar.plus(day(text), count).toString()).toBe(wanted)
  })
})

test('nobody guesses a day that was not loaded', () => {
  expect(calendar.isBusinessDay(from)).toBe(true)
  expect(calendar.isBusinessDay(to)).toBe(true)
  for (const outside of [from.subtract({ days: 1 }), to.add({ days: 1 })]) {
    expect(() => calendar.isBusinessDay(outside)).toThrow(RangeError)
    expect(() => calendar.onOrAfter(outside)).toThrow(RangeError)
  }
  expect(() => calendar.plus(to, 1)).toThrow(RangeError)
})

describe('always', () => {
  const anyDay = fc.integer({ min: 30, max: 80 }).map((days) => from.add({ days }))
  const count = fc.integer({ min: 1, max: 10 })
  const compare = Temporal.PlainDate.compare
  const openBetween = (first: Temporal.PlainDate, last: Temporal.PlainDate) => {
    let open = 0
    for (let at = first; compare(at, last) <= 0; at = at.add({ days: 1 })) {
      if (calendar.isBusinessDay(at)) open += 1
    }
    return open
  }

  test('so many business days are counted, the day itself not', () => {
    fc.assert(
      fc.property(anyDay, count, (at, many) => {
        const later = calendar.plus(at, many)
        expect(calendar.isBusinessDay(later)).toBe(true)
        expect(openBetween(at.add({ days: 1 }), later)).toBe(many)
        const earlier = calendar.plus(at, -many)
        expect(calendar.isBusinessDay(earlier)).toBe(true)
        expect(openBetween(earlier, at.subtract({ days: 1 }))).toBe(many)
      }),
    )
  })

  test('there and back again, between business days', () => {
    fc.assert(
      fc.property(anyDay.map(calendar.onOrAfter), count, (at, many) => {
        expect(calendar.plus(calendar.plus(at, many), -many).equals(at)).toBe(true)
      }),
    )
  })
})
