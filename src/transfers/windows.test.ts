/** 指定日と締切: both sides of every edge, at the hours of the clock in Japan. */
import { expect, test } from 'vitest'
import { businessCalendar } from '#kit/business-calendar.ts'
import type { Air } from './air.ts'
import { defaultTransferParameters } from './parameters.ts'
import {
  daysFor,
  deadlineOf,
  dueAt,
  handlingOf,
  judgeDay,
  sameDayClosedBy,
  type TransferWindow,
} from './windows.ts'

const window: TransferWindow = defaultTransferParameters.window
const withoutMoreTime: TransferWindow = {
  ...window,
  moreTime: { ...window.moreTime, used: false },
}
const day = (text: string) => Temporal.PlainDate.from(text)
const calendar = businessCalendar({
  from: day('2026-10-01'),
  to: day('2027-03-31'),
  holidays: ['2026-11-03', '2026-11-23', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03']
    .map(day)
    .map((one) => ({ day: one })),
})

/** On that moment of the clock in Japan; となり銀行 takes part in モアタイム, 9997 does not. */
function air(local: string): Air {
  return {
    now: Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Tokyo').toInstant(),
    calendar,
    moreTime: new Map([
      ['9999', true],
      ['9998', true],
      ['9997', false],
    ]),
  }
}
const local = (at: Temporal.Instant) =>
  at.toZonedDateTimeISO('Asia/Tokyo').toPlainDateTime().toString({ smallestUnit: 'minute' })

// 2026-11-24 is a Tuesday after a holiday.
test.each([
  ['2026-11-24T10:00:00', '2026-11-23', '9998', 'day-past'],
  ['2026-11-24T10:00:00', '2026-11-24', '9997', null],
  ['2026-11-24T08:29:59', '2026-11-24', '9997', 'day-closed-for-same-day'],
  ['2026-11-24T08:30:00', '2026-11-24', '9997', null],
  ['2026-11-24T15:29:59', '2026-11-24', '9997', null],
  ['2026-11-24T15:30:00', '2026-11-24', '9997', 'day-closed-for-same-day'],
  ['2026-11-24T15:30:00', '2026-11-24', '9998', null],
  ['2026-11-24T23:49:59', '2026-11-24', '9998', null],
  ['2026-11-24T23:50:00', '2026-11-24', '9998', 'day-closed-for-same-day'],
  ['2026-11-23T12:00:00', '2026-11-23', '9998', null],
  ['2026-11-23T12:00:00', '2026-11-23', '9997', 'day-closed-for-same-day'],
  ['2026-11-28T12:00:00', '2026-11-28', '9999', null],
  ['2027-01-03T12:00:00', '2027-01-03', '9998', 'day-closed-for-same-day'],
  ['2027-01-04T00:00:00', '2027-01-04', '9998', null],
  ['2026-11-24T10:00:00', '2026-11-28', '9998', 'day-not-business'],
  ['2026-11-24T10:00:00', '2026-12-03', '9998', null],
  ['2026-11-24T10:00:00', '2026-12-04', '9998', 'day-too-far'],
  ['2026-12-28T10:00:00', '2026-12-31', '9998', 'day-not-business'],
  ['2026-12-28T10:00:00', '2027-01-08', '9998', null],
  ['2026-12-28T10:00:00', '2027-01-09', '9998', 'day-too-far'],
])('at %s a transfer on %s to %s is judged %s', (now, wanted, bank, fault) => {
  expect(judgeDay({ air: air(now), day: day(wanted), window, bankCodes: [bank] })).toBe(fault)
})

test('one payee whose bank is not in モアタイム closes the evening for all of them', () => {
  const asked = { day: day('2026-11-24'), window, bankCodes: ['9998', '9997'] }
  expect(judgeDay({ ...asked, air: air('2026-11-24T16:00:00') })).toBe('day-closed-for-same-day')
  expect(local(deadlineOf({ ...asked, air: air('2026-11-24T10:00:00') }))).toBe('2026-11-24T15:30')
})

test('without モアタイム the core time of business days is all there is', () => {
  const asked = { day: day('2026-11-24'), window: withoutMoreTime, bankCodes: ['9999'] }
  expect(judgeDay({ ...asked, air: air('2026-11-24T15:29:00') })).toBeNull()
  expect(judgeDay({ ...asked, air: air('2026-11-24T15:31:00') })).toBe('day-closed-for-same-day')
})

test('当日扱い is due at once and can be approved until its time is over', () => {
  const asked = { air: air('2026-11-24T10:00:00'), day: day('2026-11-24'), window }
  const core = { ...asked, bankCodes: ['9998'] }
  expect(handlingOf(core)).toBe('same-day')
  expect(local(dueAt(core))).toBe('2026-11-24T10:00')
  expect(local(deadlineOf(core))).toBe('2026-11-24T23:50')
})

test('予約扱い is carried out, and can be approved, until the morning of its day', () => {
  const asked = { air: air('2026-11-24T10:00:00'), day: day('2026-11-27'), window }
  const booked = { ...asked, bankCodes: ['9997'] }
  expect(handlingOf(booked)).toBe('booked')
  expect(local(dueAt(booked))).toBe('2026-11-27T08:30')
  expect(local(deadlineOf(booked))).toBe('2026-11-27T08:30')
})

test('the days that can be chosen are today and seven business days', () => {
  const days = daysFor({ air: air('2026-11-24T10:00:00'), window })
  expect(days.map(({ day: one, handling }) => `${one.toString()} ${handling}`)).toEqual([
    '2026-11-24 same-day',
    '2026-11-25 booked',
    '2026-11-26 booked',
    '2026-11-27 booked',
    '2026-11-30 booked',
    '2026-12-01 booked',
    '2026-12-02 booked',
    '2026-12-03 booked',
  ])
})

test.each([
  ['2026-11-24T10:00:00', window, null],
  ['2026-11-24T23:55:00', window, 'cut-off-passed'],
  ['2027-01-02T10:00:00', window, 'closed-day'],
  ['2026-11-28T10:00:00', withoutMoreTime, 'closed-day'],
  ['2026-11-24T16:00:00', withoutMoreTime, 'cut-off-passed'],
] as const)('at %s today is closed by %#: %s', (now, by, closed) => {
  expect(sameDayClosedBy({ air: air(now), window: by })).toBe(closed)
})
