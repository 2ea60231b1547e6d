/**
 * What a clerk typed, read kindly: full-width figures, commas and 円 in an amount, several
 * customary ways to write a day. Reading never guesses: unreadable text gives null and is left
 * as it stands, so that the clerk sees what was typed.
 */
import { daysSinceEpoch, isoDayOf } from './format.ts'

/** Full-width ASCII and spaces to half-width; other letters stay as they are. */
export function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replaceAll('　', ' ')
}

const thousands = /^\d{1,3}(,\d{3})+$/

/** @returns whole yen as decimal text, or null. At most fourteen digits, as the 全銀 formats carry. */
export function readAmount(text: string): string | null {
  const plain = halfWidth(text)
    .replace(/[\s¥￥円]/g, '')
    .replaceAll('、', ',')
  if (plain.includes(',') && !thousands.test(plain)) return null
  const digits = plain.replaceAll(',', '')
  if (!/^\d+$/.test(digits)) return null
  const shortest = digits.replace(/^0+(?=\d)/, '')
  return shortest.length <= 14 ? shortest : null
}

const dayForms = [
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
]
const reiwaForm = /^(?:令和|R)(\d{1,2}|元)[年/.-](\d{1,2})[月/.-](\d{1,2})日?$/i
const reiwaStart = '2019-05-01' // 令和元年5月1日

/** @returns `YYYY-MM-DD`, or null when the text does not name a day of the calendar. */
export function readDay(text: string): string | null {
  const plain = halfWidth(text)
    .replace(/\s/g, '')
    .replace(/[ー―−‐]/g, '-')
  for (const form of dayForms) {
    const found = form.exec(plain)
    if (found) return existingDay(Number(found[1]), Number(found[2]), Number(found[3]))
  }
  const reiwa = reiwaForm.exec(plain)
  if (!reiwa) return null
  const year = 2018 + (reiwa[1] === '元' ? 1 : Number(reiwa[1]))
  const day = existingDay(year, Number(reiwa[2]), Number(reiwa[3]))
  return day !== null && day >= reiwaStart ? day : null
}

function existingDay(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  const iso = isoDayOf(daysSinceEpoch(year, month, day))
  const back = iso.split('-').map(Number)
  return back[0] === year && back[1] === month && back[2] === day ? iso : null
}
