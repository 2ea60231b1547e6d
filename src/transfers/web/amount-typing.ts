/** 金額の入力 — thousands separators while one types, the caret kept where it was; and live sums. */
import { halfWidth, readAmount } from '#ui/reading.ts'

export interface TypedText {
  readonly text: string
  readonly caret: number
}

/**
 * Regroups what was typed or pasted: full-width digits, commas, spaces, ¥ and 円 are read.
 * What is no amount is left as it stands. The caret keeps the digits at its right.
 */
export function groupWhileTyping({ text, caret }: TypedText): TypedText {
  const digits = digitsOf(text)
  if (digits === null) return { text, caret }
  const grouped = group(digits)
  const right = digitsOf(text.slice(caret))?.length ?? 0
  return { text: grouped, caret: caretWith(right, grouped) }
}

/** @returns the digits alone; null where something else stands among them */
function digitsOf(text: string): string | null {
  const plain = halfWidth(text).replace(/[\s,、¥￥\\円]/g, '')
  return /^\d*$/.test(plain) ? plain : null
}

function group(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',')
}

/** The leftmost place that has so many digits at its right, so that erasing goes over a comma. */
function caretWith(digitsRight: number, text: string): number {
  let caret = text.length
  for (let seen = 0; caret > 0 && seen < digitsRight; caret -= 1) {
    if (text[caret - 1] !== ',') seen += 1
  }
  return text[caret - 1] === ',' ? caret - 1 : caret
}

/** An amount as the contract carries it: at most 11 digits. */
export type ReadFault = 'missing' | 'unreadable' | 'too-large'

/** @returns the amount, or the name of a ReadFault */
export function readPayable(text: string): string {
  if (text.trim() === '') return 'missing'
  const amount = readAmount(text)
  if (amount === null) return 'unreadable'
  return amount.length > 11 ? 'too-large' : amount
}

export function isReadFault(read: string): read is ReadFault {
  return !/^\d+$/.test(read)
}

/** The sum of what can be read, and how many cannot. Fees come from the server. */
export function sumOf(texts: readonly string[]): { readonly sum: string; readonly unread: number } {
  const amounts = texts.map(readPayable)
  const read = amounts.filter((amount) => !isReadFault(amount))
  const sum = read.reduce((total, amount) => total + BigInt(amount), 0n)
  return { sum: String(sum), unread: amounts.length - read.length }
}
