/** Which days an inquiry covers, at the ends of months and years, and how far back it may reach. */
import { describe, expect, test } from 'vitest'
import { earliestDay, resolvePeriod, typedDay } from './period.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
function period(
  asked: Parameters<typeof resolvePeriod>[0],
  today = '2026-11-22',
  monthsShown = 13,
) {
  const outcome = resolvePeriod(asked, { today: day(today), monthsShown })
  return outcome.granted ? `${outcome.value.from}/${outcome.value.to}` : outcome.reason
}

describe('named periods', () => {
  test.each([
    ['last-week', '2026-11-22', '2026-11-16/2026-11-22'],
    ['last-week', '2027-01-03', '2026-12-28/2027-01-03'],
    ['last-week', '2024-03-01', '2024-02-24/2024-03-01'],
    ['this-month', '2026-11-22', '2026-11-01/2026-11-22'],
    ['this-month', '2026-11-01', '2026-11-01/2026-11-01'],
    ['last-month', '2026-11-22', '2026-10-01/2026-10-31'],
    ['last-month', '2027-01-31', '2026-12-01/2026-12-31'],
    ['last-month', '2024-03-31', '2024-02-01/2024-02-29'],
    ['last-month', '2026-03-31', '2026-02-01/2026-02-28'],
    ['month-before-last', '2026-11-22', '2026-09-01/2026-09-30'],
    ['month-before-last', '2027-01-01', '2026-11-01/2026-11-30'],
    ['month-before-last', '2024-04-30', '2024-02-01/2024-02-29'],
  ] as const)('%s on %s is %s', (name, today, expected) => {
    expect(period({ period: name }, today)).toBe(expected)
  })

  test('a bank that shows little cuts a named period, and refuses one wholly out of reach', () => {
    expect(period({ period: 'last-month' }, '2026-11-22', 1)).toBe('2026-10-22/2026-10-31')
    expect(period({ period: 'month-before-last' }, '2026-11-22', 1)).toBe('period-too-old')
  })
})

describe('typed days', () => {
  test.each([
    ['2026/11/01', '2026/11/20', '2026-11-01/2026-11-20'],
    ['２０２６年１１月１日', '２０２６／１１／２０', '2026-11-01/2026-11-20'],
    ['20261101', '', '2026-11-01/2026-11-22'],
    ['2026-11-22', '2026-11-22', '2026-11-22/2026-11-22'],
    ['2026-11-22', '2027-05-01', '2026-11-22/2026-11-22'],
    ['2025-10-22', '2025-10-22', '2025-10-22/2025-10-22'],
    ['2025-10-21', '2025-10-22', 'period-too-old'],
    ['2026-11-23', '2026-11-24', 'from-in-future'],
    ['2026-11-21', '2026-11-20', 'from-after-to'],
    ['2026-11-31', '2026-11-20', 'from-day-unreadable'],
    ['', '2026-11-20', 'from-day-unreadable'],
    ['2026-11-01', 'yesterday', 'to-day-unreadable'],
    ['2026-11-01', '2026-02-29', 'to-day-unreadable'],
  ])('%s to %s is %s', (from, to, expected) => {
    expect(period({ period: 'dates', from, to })).toBe(expected)
  })

  test.each([
    ['2024/2/29', '2024-02-29'],
    ['2026.11.5', '2026-11-05'],
    [' ２０２６　１１　０５ ', '2026-11-05'],
    ['2100-02-29', null],
    ['2026/13/01', null],
    ['2026/11', null],
    ['令和8年11月5日', null],
    ['99999999', null],
    ['🏦', null],
  ])('%j is read as %s', (typed, expected) => {
    expect(typedDay(typed)?.toString() ?? null).toBe(expected)
  })
})

test.each([
  ['2026-11-22', 13, '2025-10-22'],
  ['2026-03-31', 13, '2025-02-28'],
  ['2025-03-31', 13, '2024-02-29'],
])('on %s, with %i months shown, the first day is %s', (today, months, expected) => {
  expect(earliestDay(day(today), months).toString()).toBe(expected)
})
