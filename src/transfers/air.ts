/**
 * What is asked of other institutions before a transaction begins, for they are asked on
 * connections of their own: the calendar, and which banks take part in モアタイム.
 */
import { businessCalendar, type BusinessCalendar } from '#kit/business-calendar.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { TransfersNeeds } from './needs.ts'

export interface Air {
  readonly now: Temporal.Instant
  readonly calendar: BusinessCalendar
  /** Of the banks asked about: true where they can be paid outside of the core time. */
  readonly moreTime: ReadonlyMap<string, boolean>
}

const daysBack = 40
const daysAhead = 400

export async function airFor(
  {
    calendar,
    zenginNet,
    parameters,
  }: Pick<TransfersNeeds, 'calendar' | 'zenginNet' | 'parameters'>,
  bankCodes: readonly string[],
  now: Temporal.Instant,
): Promise<Air> {
  const today = dayInJapan(now)
  const [from, to] = [today.subtract({ days: daysBack }), today.add({ days: daysAhead })]
  const others = [...new Set(bankCodes)].filter((code) => code !== parameters.bankCode)
  const [holidays, ...takes] = await Promise.all([
    calendar.holidays(from, to),
    ...others.map((code) => zenginNet.takesMoreTime(code)),
  ])
  return {
    now,
    calendar: businessCalendar({ from, to, holidays }),
    moreTime: new Map([
      [parameters.bankCode, true],
      ...others.map((code, at) => [code, takes[at]!] as const),
    ]),
  }
}
