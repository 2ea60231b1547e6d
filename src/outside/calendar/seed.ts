/**
 * 祝日と年末年始 — what the calendar is filled with: the holidays of the package, and the days on
 * which banks are closed by 銀行法施行令 第5条 (December 31, January 2 and 3; formats.md §7).
 */
import holidayJp from '@holiday-jp/holiday_jp'
import type { Holiday } from './port.ts'

const published: Readonly<Record<string, { readonly name: string }>> = holidayJp.holidays
const lastYear = Number(Object.keys(published).at(-1)!.slice(0, 4))

/** 年末年始; January 1 is 元日. */
const yearEnd = ['01-02', '01-03', '12-31'] as const

export interface Seed {
  readonly years: readonly number[]
  readonly holidays: readonly Holiday[] // in their order
}

/** From the year before (for business days counted back over New Year) to the package's end. */
export function seedFor(today: Temporal.PlainDate): Seed {
  const first = today.year - 1
  const years = Array.from({ length: Math.max(0, lastYear - first + 1) }, (_, at) => first + at)
  return { years, holidays: years.flatMap((year) => holidaysOf(year, today)) }
}

function holidaysOf(year: number, today: Temporal.PlainDate): readonly Holiday[] {
  const names = new Map(yearEnd.map((day) => [`${year}-${day}`, '銀行休業日']))
  // A 振替休日 on January 2 keeps its own name.
  for (const [day, { name }] of Object.entries(published)) {
    if (day.startsWith(`${year}-`)) names.set(day, name)
  }
  return [...names]
    .map(([text, name]) => {
      const day = Temporal.PlainDate.from(text)
      return { day, name, confirmed: !isForecast(day, today) }
    })
    .toSorted((one, other) => Temporal.PlainDate.compare(one.day, other.day))
}

/**
 * 春分の日 and 秋分の日 of a year are announced on the first of February before (暦要項). Until then
 * they, and the days that hang on them (振替休日, 国民の休日), are computed.
 */
function isForecast(day: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  const announced = today.month >= 3 ? today.year + 1 : today.year
  const hangsOnEquinox = day.month === 3 || (day.month === 9 && day.day >= 21)
  return day.year > announced && hangsOnEquinox
}
