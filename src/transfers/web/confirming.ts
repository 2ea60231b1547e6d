/** 内容確認 — small reckonings on what the server answered. Amounts are whole yen as decimal text. */
import type { SheetItem } from '#kit/order-sheet.ts'

/** 引落後の残高（見込み） */
export function balanceAfter(available: string, debit: string): string {
  return String(BigInt(available) - BigInt(debit))
}

/** 差: what the payees bear less what the bank takes for it; null where no payee bears a fee. */
export function differenceOf(items: readonly SheetItem[]): string | null {
  const borne = items.filter(({ deductedFee }) => deductedFee !== '0')
  if (borne.length === 0) return null
  const sum = borne.reduce(
    (total, { deductedFee, bankFee }) => total + BigInt(deductedFee) - BigInt(bankFee),
    0n,
  )
  return String(sum)
}

/** How much of a limit is used, from 0 to 1. */
export function shareUsed(used: string, limit: string): number {
  if (BigInt(limit) === 0n) return 1
  const thousandths = (BigInt(used) * 1000n) / BigInt(limit)
  return Math.min(Number(thousandths), 1000) / 1000
}
