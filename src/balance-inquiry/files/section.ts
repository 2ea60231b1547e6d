/** What every statement file is made from: the bank, the period, and one section per account. */
import type { CompanyAccount } from '#administration/index.ts'
import type { StatementLine, StatementTotals } from '#outside/core-banking/port.ts'
import type { Period } from '../period.ts'

/** The bank, as files name it. */
export interface BankFace {
  readonly code: string // 金融機関コード
  readonly name: string
  readonly nameKana: string // half-width
  /** Half-width names by 支店番号; a branch without one is named by its number alone. */
  readonly branchNamesKana: Readonly<Record<string, string>>
}

export interface StatementFile {
  readonly bank: BankFace
  readonly period: Period
  readonly madeAt: Temporal.Instant // 作成日時
  readonly sections: readonly Section[]
}

export interface Section {
  readonly account: CompanyAccount
  readonly totals: StatementTotals
  readonly lines: AsyncIterable<readonly StatementLine[]>
}

export function linesOf({ totals }: Pick<Section, 'totals'>): number {
  return totals.inCount + totals.outCount
}

/**
 * The lines that were counted, and not one more: what is booked while a file is on its way comes
 * after them, and the file's sums and closing balance stay those that its head announces.
 *
 * @throws when the lines do not add up to the totals, rather than let a wrong file be complete
 */
export async function* countedLines({
  account,
  totals,
  lines,
}: Section): AsyncIterable<readonly StatementLine[]> {
  const wanted = linesOf({ totals })
  let seen = 0
  let inAmount = 0n
  let outAmount = 0n
  if (wanted === 0) return

  for await (const chunk of lines) {
    const counted = chunk.length > wanted - seen ? chunk.slice(0, wanted - seen) : chunk
    seen += counted.length
    for (const { direction, amount } of counted) {
      if (direction === 'in') inAmount += amount
      else outAmount += amount
    }
    if (counted.length > 0) yield counted
    if (seen === wanted) break
  }

  if (seen !== wanted || inAmount !== totals.inAmount || outAmount !== totals.outAmount) {
    throw new Error(`the lines of ${account.key} do not add up to their totals`)
  }
}
