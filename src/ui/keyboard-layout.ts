/**
 * ソフトウェアキーボード — which letter stands where.
 *
 * Shuffling moves digits among digits and letters among letters: a watcher who records clicks
 * learns places, not letters, and the clerk still knows in which block to look.
 */
export interface KeyboardLayout {
  readonly digits: readonly string[]
  readonly letters: readonly (readonly string[])[]
}

export const usualLayout: KeyboardLayout = {
  digits: [...'1234567890'],
  letters: [[...'qwertyuiop'], [...'asdfghjkl'], [...'zxcvbnm']],
}

/** @param below a random whole number from 0 up to, not including, its argument */
export function shuffledLayout(below: (limit: number) => number = randomBelow): KeyboardLayout {
  const letters = shuffled(usualLayout.letters.flat(), below)
  let taken = 0
  return {
    digits: shuffled(usualLayout.digits, below),
    letters: usualLayout.letters.map((row) => letters.slice(taken, (taken += row.length))),
  }
}

function shuffled(keys: readonly string[], below: (limit: number) => number): readonly string[] {
  const result = [...keys]
  for (let last = result.length - 1; last > 0; last -= 1) {
    const chosen = below(last + 1)
    ;[result[last], result[chosen]] = [result[chosen]!, result[last]!]
  }
  return result
}

/** Unbiased: a draw that would favour small numbers is thrown away. */
function randomBelow(limit: number): number {
  const fair = 256 - (256 % limit)
  for (;;) {
    const [drawn] = crypto.getRandomValues(new Uint8Array(1))
    if (drawn! < fair) return drawn! % limit
  }
}

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

/** Where an arrow leads from a key, over rows of unequal length; the edges hold. */
export function step(
  rows: readonly number[],
  from: { row: number; column: number },
  arrow: Arrow,
): { row: number; column: number } {
  const at = (row: number, column: number) => ({
    row,
    column: Math.min(Math.max(column, 0), rows[row]! - 1),
  })
  switch (arrow) {
    case 'ArrowLeft':
      return at(from.row, from.column - 1)
    case 'ArrowRight':
      return at(from.row, from.column + 1)
    case 'ArrowUp':
      return at(Math.max(from.row - 1, 0), from.column)
    case 'ArrowDown':
      return at(Math.min(from.row + 1, rows.length - 1), from.column)
    case 'Home':
      return at(from.row, 0)
    case 'End':
      return at(from.row, rows[from.row]! - 1)
  }
}
