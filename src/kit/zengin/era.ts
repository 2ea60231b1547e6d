/**
 * 和暦 — dates of six digits, YYMMDD, with the year of the Japanese era and no mark of which era.
 *
 * Years run within one era only. When an old date is read, the era is the one that puts it
 * nearest to a day the reader knows: 平成38 and 令和8 both mean 2026.
 */
const reiwa = { from: Temporal.PlainDate.from('2019-05-01'), yearZero: 2018 } // 令和
const heisei = { from: Temporal.PlainDate.from('1989-01-08'), yearZero: 1988 } // 平成

/** @throws RangeError before 平成 */
export function eraDigits(day: Temporal.PlainDate): string {
  const { year, month, day: dayOfMonth } = day
  return two(year - yearZeroOf(day, year)) + two(month) + two(dayOfMonth)
}

function yearZeroOf(day: Temporal.PlainDate, year: number): number {
  if (year > reiwa.from.year) return reiwa.yearZero
  const era = [reiwa, heisei].find(({ from }) => Temporal.PlainDate.compare(day, from) >= 0)
  if (!era) throw new RangeError(`${day.toString()} is before 平成`)
  return era.yearZero
}

const two = (part: number) => (part < 10 ? `0${part}` : String(part))

/** @returns null when the six digits are no day */
export function readEraDigits(digits: string, near: Temporal.PlainDate): Temporal.PlainDate | null {
  if (!/^\d{6}$/.test(digits)) return null
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [
    number,
    number,
    number,
  ]
  if (year === 0) return null
  // The year first, then the day in it: 080229 is no day of 令和8, not a leap day of 平成8.
  const [nearest] = [reiwa, heisei]
    .map(({ yearZero }) => yearZero + year)
    .toSorted((one, other) => Math.abs(near.year - one) - Math.abs(near.year - other))
  try {
    return Temporal.PlainDate.from({ year: nearest!, month, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}
