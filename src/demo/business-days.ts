/**
 * 営業日 of the demo's past. Good enough for a plausible statement; orders will ask the calendar
 * of the bank, not this file.
 */
const closed = [
  '01-01 01-02 01-03 12-31', // 年末年始
  '02-11 02-23 03-20 04-29 05-03 05-04 05-05 08-11 09-23 11-03 11-23', // 祝日
].flatMap((days) => days.split(' '))
/** Month and which Monday of it: 成人の日, 海の日, 敬老の日, スポーツの日. */
const mondays = { 1: 2, 7: 3, 9: 3, 10: 2 } as const

export function isBusinessDay(day: Temporal.PlainDate): boolean {
  if (day.dayOfWeek > 5 || closed.includes(day.toString().slice(5))) return false
  const wanted = (mondays as Readonly<Record<number, number>>)[day.month]
  return !(day.dayOfWeek === 1 && Math.ceil(day.day / 7) === wanted)
}

/** True on the business day that a debit of the `nominal` of the month falls on: that or the next. */
export function fallsAfter(day: Temporal.PlainDate, nominal: number): boolean {
  return isBusinessDay(day) && daysSinceLast(day).some((one) => isNominal(one, nominal))
}

/** The same for what is paid early when the bank is closed, such as wages. */
export function fallsBefore(day: Temporal.PlainDate, nominal: number): boolean {
  return isBusinessDay(day) && daysUntilNext(day).some((one) => isNominal(one, nominal))
}

/** 31 stands for the last day of any month. */
function isNominal(day: Temporal.PlainDate, nominal: number): boolean {
  return day.day === Math.min(nominal, day.daysInMonth)
}

function daysSinceLast(day: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  const before = day.subtract({ days: 1 })
  return isBusinessDay(before) ? [day] : [...daysSinceLast(before), day]
}

function daysUntilNext(day: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  const after = day.add({ days: 1 })
  return isBusinessDay(after) ? [day] : [day, ...daysUntilNext(after)]
}
