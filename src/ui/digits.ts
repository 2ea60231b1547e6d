/** Digits that people copy from a device: read in groups of four, typed in any width. */
import { AuthenticationCode, TransactionCode } from '#kit/challenge.ts'

/** How many digits a code has; トランザクション認証番号 and トークン認証コード. */
export type DigitCount = 8 | 12

const shapes = { 8: TransactionCode, 12: AuthenticationCode }

/** `２8９9-8005 6976` → `2899 8005 6976`; what is no code is left as it was typed. */
export function groupDigits(typed: string): string {
  const digits = shapes[12].safeParse(typed)
  if (!digits.success || digits.data.length > 12) return typed
  return digits.data.replace(/\d{4}(?=\d)/g, '$& ')
}

/** What can be said of the digits before they are sent; their number is judged by the rule. */
export function digitsFault(typed: string, count: DigitCount): 'missing' | 'malformed' | null {
  const digits = shapes[count].safeParse(typed)
  if (!digits.success) return 'malformed'
  return digits.data === '' ? 'missing' : null
}
