/** From the core's values to the contract's: amounts as decimal text, absent names as ''. */
import type { CompanyAccount } from '#administration/index.ts'
import type {
  Balances,
  StatementLine as CoreLine,
  StatementTotals,
} from '#outside/core-banking/port.ts'
import type { Account, StatementLine, Totals } from './contract.ts'
import type { Period } from './period.ts'

export function accountOut(of: CompanyAccount): Account {
  const { key, account, branchName, holder, memo, representative } = of
  return { key, ...account, branchName, holder, memo, representative }
}

export function balancesOut(balances: Balances) {
  return {
    current: String(balances.current),
    available: String(balances.available),
    uncleared: String(balances.uncleared),
    previousDay: String(balances.previousDay),
    previousMonthEnd: String(balances.previousMonthEnd),
    asOf: balances.asOf.toString(),
  }
}

export function lineOut({ particulars, ...line }: CoreLine): StatementLine {
  return {
    sequence: String(line.sequence),
    bookedOn: line.bookedOn.toString(),
    valueOn: line.valueOn.toString(),
    direction: line.direction,
    amount: String(line.amount),
    balance: String(line.balance),
    kind: line.kind,
    description: particulars.description,
    remitterCode: particulars.remitterCode ?? '',
    remitterName: particulars.remitterName ?? '',
    bankName: particulars.bankName ?? '',
    branchName: particulars.branchName ?? '',
    ediInformation: particulars.ediInformation ?? '',
    chequeNumber: particulars.chequeNumber ?? '',
  }
}

export function totalsOut(totals: StatementTotals): Totals {
  return {
    inCount: totals.inCount,
    inAmount: String(totals.inAmount),
    outCount: totals.outCount,
    outAmount: String(totals.outAmount),
    opening: String(totals.opening),
    closing: String(totals.closing),
  }
}

export function periodOut({ from, to }: Period) {
  return { from: from.toString(), to: to.toString() }
}
