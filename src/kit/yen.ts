/**
 * Yen — whole yen in a bigint that cannot be mixed up with other numbers.
 *
 * Amounts that are paid are never negative; a balance may be, under 当座貸越 (overdraft), and is
 * therefore a YenBalance. On the wire both are decimal text (design §5.1).
 */
declare const unit: unique symbol
export type Yen = bigint & { readonly [unit]: 'JPY' }
export type YenBalance = bigint & { readonly [unit]: 'JPY' | 'JPY-signed' }

/** The 全銀 formats carry at most fourteen digits (N14); nothing of ours is larger. */
const largest = 99_999_999_999_999n

/** @throws RangeError for a fraction, a negative amount, or more than fourteen digits. */
export function yen(amount: bigint | number | string): Yen {
  const value = BigInt(amount)
  if (value < 0n) throw new RangeError(`an amount is not negative: ${value}`)
  if (value > largest) throw new RangeError(`an amount has at most 14 digits: ${value}`)
  return value as Yen
}

/** @throws RangeError for a fraction or more than fourteen digits. */
export function yenBalance(amount: bigint | number | string): YenBalance {
  const value = BigInt(amount)
  if (value > largest || value < -largest) {
    throw new RangeError(`a balance has at most 14 digits: ${value}`)
  }
  return value as YenBalance
}
