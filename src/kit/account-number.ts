/**
 * 口座番号 — how a Japanese deposit account is named: branch, kind and seven digits.
 * Codes of kinds: 全銀協 レコード・フォーマット 入出金取引明細 (03), 預金種目.
 */
export const depositKinds = {
  ordinary: { code: '1', japanese: '普通' },
  current: { code: '2', japanese: '当座' },
  savings: { code: '4', japanese: '貯蓄' },
} as const
export type DepositKind = keyof typeof depositKinds

export interface AccountNumber {
  readonly branchCode: string // 支店番号, 3 digits
  readonly kind: DepositKind // 科目
  readonly number: string // 口座番号, 7 digits, zero-filled
}

/** One text per account, for keys and addresses: `101-ordinary-1234567`. */
export type AccountKey = `${string}-${DepositKind}-${string}`

export const accountKeyForm = /^\d{3}-(ordinary|current|savings)-\d{7}$/

export function accountKey({ branchCode, kind, number }: AccountNumber): AccountKey {
  return `${branchCode}-${kind}-${number}`
}

/** @returns null when the text does not name an account */
export function parseAccountKey(text: string): AccountNumber | null {
  if (!accountKeyForm.test(text)) return null
  const [branchCode, kind, number] = text.split('-') as [string, DepositKind, string]
  return { branchCode, kind, number }
}
