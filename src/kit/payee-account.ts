/**
 * 口座番号・科目 as somebody types them for a payee, and which kinds each business may pay to
 * (全銀協 レコード・フォーマット: 総合振込 データ・レコード 1, 2, 4, 9; 給与・賞与振込 1, 2).
 */
import type { PayeeAccountKind } from './bank-account.ts'
import { granted, refused, type Outcome } from './outcome.ts'

export const payeeKindsOf = {
  transfers: ['ordinary', 'current', 'savings', 'other'], // 振込振替, as 総合振込
  'supplier-payments': ['ordinary', 'current', 'savings', 'other'], // 総合振込 21
  payroll: ['ordinary', 'current'], // 給与・賞与振込 11, 12
} as const satisfies Record<string, readonly PayeeAccountKind[]>
export type PayingBusiness = keyof typeof payeeKindsOf

export function kindPermitted(business: PayingBusiness, kind: PayeeAccountKind): boolean {
  return (payeeKindsOf[business] as readonly PayeeAccountKind[]).includes(kind)
}

/** In the order of the checks. */
export const accountNumberRefusals = [
  'account-number-missing',
  'account-number-not-digits',
  'account-number-too-long', // more than 7 digits
  'account-number-zero', // 0000000 is nobody's account
] as const
export type AccountNumberRefusal = (typeof accountNumberRefusals)[number]

/**
 * 口座番号 as typed: any width, spaces and hyphens between; fewer digits are filled with zeros.
 * @returns seven digits
 */
export function readAccountNumber(typed: string): Outcome<string, AccountNumberRefusal> {
  const plain = typed.normalize('NFKC').replaceAll(/[\s\u2010-\u2015\u2212ー-]/g, '')
  if (plain === '') return refused('account-number-missing')
  if (!/^\d+$/.test(plain)) return refused('account-number-not-digits')
  if (plain.length > 7) return refused('account-number-too-long')
  if (/^0+$/.test(plain)) return refused('account-number-zero')
  return granted(plain.padStart(7, '0'))
}
