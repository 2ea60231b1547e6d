/**
 * 振込先口座 — an account at any bank of Japan, as an order names it.
 * Kinds: 全銀協 レコード・フォーマット 総合振込, データ・レコード 預金種目 (1, 2, 4, 9).
 */
export const payeeAccountKinds = {
  ordinary: { code: '1', japanese: '普通' },
  current: { code: '2', japanese: '当座' },
  savings: { code: '4', japanese: '貯蓄' },
  other: { code: '9', japanese: 'その他' },
} as const
export type PayeeAccountKind = keyof typeof payeeAccountKinds

export interface BankAccount {
  readonly bankCode: string // 金融機関コード, 4 digits
  readonly branchCode: string // 支店コード, 3 digits
  readonly kind: PayeeAccountKind // 科目
  readonly number: string // 口座番号, 7 digits, zero-filled
}

/** One text per account, for keys and comparisons: `9998-101-ordinary-7654321`. */
export type BankAccountKey = `${string}-${string}-${PayeeAccountKind}-${string}`

export const bankAccountKeyForm = /^\d{4}-\d{3}-(ordinary|current|savings|other)-\d{7}$/

export function bankAccountKey({
  bankCode,
  branchCode,
  kind,
  number,
}: BankAccount): BankAccountKey {
  return `${bankCode}-${branchCode}-${kind}-${number}`
}

/** @returns null when the text does not name an account */
export function parseBankAccountKey(text: string): BankAccount | null {
  if (!bankAccountKeyForm.test(text)) return null
  const [bankCode, branchCode, kind, number] = text.split('-') as [
    string,
    string,
    PayeeAccountKind,
    string,
  ]
  return { bankCode, branchCode, kind, number }
}
