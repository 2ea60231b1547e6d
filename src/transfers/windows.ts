/**
 * 指定日と締切 — which days can be chosen, how the order will be handled, until when it can be
 * approved and when it is carried out. Pure: the calendar and the banks' モアタイム come from `Air`.
 *
 * 当日扱い: within the core time of a business day for every bank, outside of it only where all
 * payees' banks take part in モアタイム (our own always). 予約扱い: a business day ahead, within the
 * window (internet-banking.md §4.5; formats.md §7). Every figure is a bank parameter.
 */
import { bankZone, dayInJapan, startOfDayInJapan } from '#kit/japan-time.ts'
import type { Air } from './air.ts'

export interface TransferWindow {
  /** 全銀コアタイム of a business day. */
  readonly coreTime: { readonly from: string; readonly to: string } // 08:30, 15:30
  readonly moreTime: {
    readonly used: boolean
    readonly until: string // the last moment of a day for 当日扱い: 23:50
    /** 休止: from one day of the year to another, both inclusive, as MM-DD. */
    readonly closed: readonly { readonly from: string; readonly to: string }[]
  }
  readonly bookableBusinessDays: number // 予約可能期間
  readonly bookedAt: string // 予約 are carried out from then on their day: 08:30
}

interface Case {
  readonly air: Air
  readonly window: TransferWindow
}
interface DayCase extends Case {
  readonly day: Temporal.PlainDate // 指定日
  readonly bankCodes: readonly string[] // of the payees
}

export type DayFault = 'day-past' | 'day-not-business' | 'day-too-far' | 'day-closed-for-same-day'
export type Handling = 'same-day' | 'booked'

/** Why this day cannot be chosen; null: it can. In the order of the checks. */
export function judgeDay(asked: DayCase): DayFault | null {
  const { air, day, window } = asked
  const today = dayInJapan(air.now)
  const ahead = Temporal.PlainDate.compare(day, today)
  if (ahead < 0) return 'day-past'
  if (ahead === 0) return sameDayUntil(asked) === null ? 'day-closed-for-same-day' : null
  const last = air.calendar.plus(today, window.bookableBusinessDays)
  if (Temporal.PlainDate.compare(day, last) > 0) return 'day-too-far'
  if (!air.calendar.isBusinessDay(day)) return 'day-not-business'
  return null
}

export function handlingOf({ air, day }: Pick<DayCase, 'air' | 'day'>): Handling {
  return day.equals(dayInJapan(air.now)) ? 'same-day' : 'booked'
}

/** 承認期限: of 当日扱い the end of its time, of 予約扱い the moment it is carried out. */
export function deadlineOf(asked: DayCase): Temporal.Instant {
  return handlingOf(asked) === 'booked'
    ? atTime(asked.day, asked.window.bookedAt)
    : (sameDayUntil(asked) ?? asked.air.now)
}

/** When an order that is accepted at that moment is carried out. */
export function dueOf({
  day,
  handling,
  at,
  window,
}: {
  readonly day: Temporal.PlainDate
  readonly handling: Handling
  readonly at: Temporal.Instant
  readonly window: TransferWindow
}): Temporal.Instant {
  return handling === 'same-day' ? at : atTime(day, window.bookedAt)
}

export function dueAt(asked: DayCase): Temporal.Instant {
  const { day, window, air } = asked
  return dueOf({ day, window, handling: handlingOf(asked), at: air.now })
}

export interface Choice {
  readonly day: Temporal.PlainDate
  readonly handling: Handling
  readonly until: Temporal.Instant
}

/** The days that can be chosen, for payees whose banks take part in モアタイム. */
export function daysFor({ air, window }: Case): readonly Choice[] {
  const today = dayInJapan(air.now)
  const until = sameDayUntil({ air, window, day: today, bankCodes: [] })
  const choices: Choice[] = until === null ? [] : [{ day: today, handling: 'same-day', until }]
  const last = air.calendar.plus(today, window.bookableBusinessDays)
  for (let day = today.add({ days: 1 }); Temporal.PlainDate.compare(day, last) <= 0;) {
    if (air.calendar.isBusinessDay(day)) {
      choices.push({ day, handling: 'booked', until: atTime(day, window.bookedAt) })
    }
    day = day.add({ days: 1 })
  }
  return choices
}

/** Why today cannot be chosen at all; null: it can. */
export function sameDayClosedBy({ air, window }: Case): 'closed-day' | 'cut-off-passed' | null {
  const day = dayInJapan(air.now)
  if (sameDayUntil({ air, window, day, bankCodes: [] }) !== null) return null
  return air.calendar.isBusinessDay(day) ? 'cut-off-passed' : 'closed-day'
}

/** Until when 当日扱い is open for these payees, at this moment; null: it is closed. */
function sameDayUntil({ air, day, window, bankCodes }: DayCase): Temporal.Instant | null {
  const { coreTime, moreTime } = window
  const { now, calendar } = air
  const earlier = (one: Temporal.Instant, other: Temporal.Instant) =>
    Temporal.Instant.compare(one, other) < 0
  const all = bankCodes.every((code) => air.moreTime.get(code) === true)
  if (moreTime.used && all && !isClosed(day, moreTime.closed)) {
    const end = atTime(day, moreTime.until)
    return earlier(now, end) ? end : null
  }
  if (!calendar.isBusinessDay(day)) return null
  const [from, to] = [atTime(day, coreTime.from), atTime(day, coreTime.to)]
  return !earlier(now, from) && earlier(now, to) ? to : null
}

function isClosed(day: Temporal.PlainDate, closed: TransferWindow['moreTime']['closed']): boolean {
  const date = day.toString().slice(5)
  return closed.some(({ from, to }) =>
    from <= to ? from <= date && date <= to : from <= date || date <= to,
  )
}

function atTime(day: Temporal.PlainDate, time: string): Temporal.Instant {
  if (time === '24:00') return startOfDayInJapan(day.add({ days: 1 }))
  return day
    .toZonedDateTime({ timeZone: bankZone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
}
