/**
 * ゆうちょ銀行の記号・番号 — what stands in a passbook, and the 店番・種目・口座番号 that a transfer
 * from another bank names (ゆうちょ銀行「他金融機関から振り込む際の店名・預金種目・口座番号」).
 *
 * 記号 1xxxx is a 総合口座 or 通常貯金: branch = its 2nd and 3rd digit and 8, kind 普通 (通常貯蓄貯金:
 * 貯蓄), number = 番号 of at most 8 digits, which ends in 1, without that 1. 記号 0xxxx is a 振替口座:
 * branch = its 2nd and 3rd digit and 9, kind 当座, number = 番号 of at most 6 digits. The single
 * digit that is printed between the two says nothing about the account and is passed over.
 */
import type { PayeeAccountKind } from './bank-account.ts'
import { granted, refused, type Outcome } from './outcome.ts'

export const japanPostBankCode = '9900'

/** In the order of the checks. */
export const japanPostRefusals = [
  'symbol-malformed', // 記号: five digits, the first 0 or 1
  'number-malformed', // 番号: digits, 2 to 8 of them (1xxxx) or 1 to 6 (0xxxx)
  'number-not-ending-in-1', // 番号 of 1xxxx
  'savings-without-passbook', // 貯蓄 is a kind of 1xxxx only
] as const
export type JapanPostRefusal = (typeof japanPostRefusals)[number]

export interface JapanPostAccount {
  readonly branchCode: string // 店番, 3 digits
  readonly kind: Extract<PayeeAccountKind, 'ordinary' | 'current' | 'savings'>
  readonly number: string // 口座番号, 7 digits
}

interface Passbook {
  readonly symbol: string // 記号 as typed; with the digit between, as in 10530-2
  readonly number: string // 番号 as typed
  readonly savings?: boolean // 通常貯蓄貯金
}

/** Digits as typed, in any width; null where something else is among them. */
function digitsTyped(typed: string): string | null {
  const plain = typed.normalize('NFKC').replaceAll(/[\s\u2010-\u2015\u2212ー-]/g, '')
  return /^\d+$/.test(plain) ? plain : null
}

/** From 記号・番号 to what the transfer names. */
export function fromPassbook({
  symbol: typedSymbol,
  number: typedNumber,
  savings = false,
}: Passbook): Outcome<JapanPostAccount, JapanPostRefusal> {
  const symbol = /^([01]\d{4})\d?$/.exec(digitsTyped(typedSymbol) ?? '')?.[1]
  if (symbol === undefined) return refused('symbol-malformed')
  const isPassbook = symbol.startsWith('1')
  const number = digitsTyped(typedNumber)
  const fits = isPassbook ? /^\d{2,8}$/ : /^\d{1,6}$/
  if (number === null || !fits.test(number) || (isPassbook ? /^0+.$/ : /^0+$/).test(number)) {
    return refused('number-malformed')
  }
  if (isPassbook && !number.endsWith('1')) return refused('number-not-ending-in-1')
  if (!isPassbook && savings) return refused('savings-without-passbook')

  const middle = symbol.slice(1, 3)
  if (!isPassbook) {
    return granted({ branchCode: `${middle}9`, kind: 'current', number: number.padStart(7, '0') })
  }
  return granted({
    branchCode: `${middle}8`,
    kind: savings ? 'savings' : 'ordinary',
    number: number.padStart(8, '0').slice(0, 7),
  })
}

/**
 * The way back, for showing beside the account.
 * @returns the 記号 with its unknown digits as `*`, and the 番号; null for what no passbook gives
 */
export function toPassbook({
  branchCode,
  kind,
  number,
}: {
  readonly branchCode: string
  readonly kind: PayeeAccountKind
  readonly number: string
}): { readonly symbol: string; readonly number: string } | null {
  if (!/^\d{3}$/.test(branchCode) || !/^\d{7}$/.test(number)) return null
  const middle = branchCode.slice(0, 2)
  if (branchCode.endsWith('8') && (kind === 'ordinary' || kind === 'savings')) {
    return { symbol: `1${middle}**`, number: `${number}1`.replace(/^0+(?=\d\d)/, '') }
  }
  if (branchCode.endsWith('9') && kind === 'current' && number.startsWith('0')) {
    return { symbol: `0${middle}**`, number: number.replace(/^0+(?=\d)/, '') }
  }
  return null
}
