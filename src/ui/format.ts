/**
 * How dates and amounts are written. Both arrive as text (ISO 8601, decimal yen) and are turned
 * into text: no Date, because the browser's zone has no say in what a bank's screen shows, and no
 * number, because yen have up to fourteen digits and are never computed here.
 */
const two = (part: number) => String(part).padStart(2, '0')

/** `2026-11-22` → `2026/11/22` */
export function dayText(isoDay: string): string {
  return isoDay.slice(0, 10).replaceAll('-', '/')
}

/** `2026-11-22T08:04:05.123Z` → `2026/11/22 17:04:05`, in Japan's time. */
export function momentText(isoInstant: string): string {
  const utc = secondsOf(isoInstant)
  if (utc === null) return isoInstant
  const seconds = utc + japanAheadSeconds
  const days = Math.floor(seconds / 86_400)
  const rest = seconds - days * 86_400
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(two).join(':')
  return `${dayText(isoDayOf(days))} ${clock}`
}

/** Whole seconds since 1970; null for what is not an instant. */
export function secondsOf(isoInstant: string): number | null {
  const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/
  const found = form.exec(isoInstant)
  if (!found) return null
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const days = daysSinceEpoch(year!, month!, day!)
  return days * 86_400 + hour! * 3600 + minute! * 60 + second! - offsetSeconds(found[7]!)
}

/** `2026-11-22T08:04:05Z` → `2026/11/22 17:04` */
export function minuteText(isoInstant: string): string {
  return momentText(isoInstant).slice(0, 16)
}

/** Japan has kept one offset, and no summer time, since 1951. */
const japanAheadSeconds = 9 * 3600

function offsetSeconds(offset: string): number {
  if (offset === 'Z') return 0
  const size = Number(offset.slice(1, 3)) * 3600 + Number(offset.slice(4, 6)) * 60
  return offset.startsWith('-') ? -size : size
}

/** Days from 1970-01-01 in the Gregorian calendar (H. Hinnant, chrono-compatible algorithms). */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of daysSinceEpoch, as `YYYY-MM-DD`. */
export function isoDayOf(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** 0 is Sunday (日). */
export function weekdayOf(isoDay: string): number {
  const [year, month, day] = isoDay.slice(0, 10).split('-').map(Number)
  return (((daysSinceEpoch(year!, month!, day!) + 4) % 7) + 7) % 7
}

/**
 * Half-width kana as the books and files carry them, in the width that people read. Only what is
 * shown is widened; ﾞ and ﾟ join their letters.
 */
export function wideKana(text: string): string {
  return text.replace(/[\uff61-\uff9f]+/g, (run) => run.normalize('NFKC'))
}

/** `48210356` → `48,210,356`; a negative balance keeps its sign. */
export function yenText(decimal: string): string {
  return decimal.replace(/\B(?=(\d{3})+$)/g, ',')
}
