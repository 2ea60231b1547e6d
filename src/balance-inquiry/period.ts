/**
 * 照会期間 — which days an inquiry covers: 最近1週間, 当月, 前月, 前々月, or days that were typed.
 * How far back it may reach is the bank's parameter (13 months by default, internet-banking.md §3).
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { PeriodName } from './contract.ts'

export interface Period {
  readonly from: Temporal.PlainDate // inclusive
  readonly to: Temporal.PlainDate // inclusive
}

export interface PeriodAsked {
  readonly period: PeriodName
  /** As typed; read only when the period is `dates`. No `to` means today. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** In the order they are checked; each stands beside the field it names. */
export type PeriodRefusal =
  | 'from-day-unreadable'
  | 'to-day-unreadable'
  | 'from-after-to'
  | 'from-in-future'
  | 'period-too-old'

const { compare } = Temporal.PlainDate

export function resolvePeriod(
  asked: PeriodAsked,
  { today, monthsShown }: { today: Temporal.PlainDate; monthsShown: number },
): Outcome<Period, PeriodRefusal> {
  const earliest = earliestDay(today, monthsShown)
  if (asked.period !== 'dates') {
    const { from, to } = namedPeriod(asked.period, today)
    if (compare(to, earliest) < 0) return refused('period-too-old')
    return granted({ from: compare(from, earliest) < 0 ? earliest : from, to })
  }

  const from = typedDay(asked.from ?? '')
  if (from === null) return refused('from-day-unreadable')
  const to = asked.to?.trim() ? typedDay(asked.to) : today
  if (to === null) return refused('to-day-unreadable')
  if (compare(from, to) > 0) return refused('from-after-to')
  if (compare(from, today) > 0) return refused('from-in-future')
  if (compare(from, earliest) < 0) return refused('period-too-old')

  // Nothing is booked on days to come, and a statement must not claim to cover them.
  return granted({ from, to: compare(to, today) > 0 ? today : to })
}

/** The first day that can be asked for. A day that its month lacks becomes the month's last. */
export function earliestDay(today: Temporal.PlainDate, monthsShown: number): Temporal.PlainDate {
  return today.subtract({ months: monthsShown })
}

function namedPeriod(name: Exclude<PeriodName, 'dates'>, today: Temporal.PlainDate): Period {
  const firstOfMonth = today.with({ day: 1 })
  switch (name) {
    case 'last-week': // 最近1週間: seven days, today among them
      return { from: today.subtract({ days: 6 }), to: today }
    case 'this-month': // 当月
      return { from: firstOfMonth, to: today }
    case 'last-month': // 前月
      return wholeMonth(firstOfMonth.subtract({ months: 1 }))
    case 'month-before-last': // 前々月
      return wholeMonth(firstOfMonth.subtract({ months: 2 }))
  }
}

function wholeMonth(first: Temporal.PlainDate): Period {
  return { from: first, to: first.with({ day: first.daysInMonth }) }
}

const dayForms = [
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
]

/** Reads 20261105, 2026/11/5, 2026年11月5日, also in full-width. @returns null for no such day */
export function typedDay(text: string): Temporal.PlainDate | null {
  const plain = halfWidthFigures(text).replace(/\s/g, '')
  for (const form of dayForms) {
    const found = form.exec(plain)
    if (!found) continue
    const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
    try {
      return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
    } catch {
      return null
    }
  }
  return null
}

/** Full-width ASCII to half-width, so that what an input method leaves behind is read too. */
export function halfWidthFigures(text: string): string {
  return text
    .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/[ー―−‐]/g, '-')
    .replaceAll('　', ' ')
}
