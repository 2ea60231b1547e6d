/** What `transfers` is given by the composition root. */
import type { Administration, LimitUse } from '#administration/index.ts'
import type { Approvals } from '#approvals/index.ts'
import type { BankDirectory } from '#bank-directory/index.ts'
import type { Fees } from '#fees/index.ts'
import type { ConfirmationPassword } from '#identity/index.ts'
import type { AccountNumber } from '#kit/account-number.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { Calendar } from '#outside/calendar/port.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { CoreBanking } from '#outside/core-banking/port.ts'
import type { ZenginNet } from '#outside/zengin-net/port.ts'
import type { Payees } from '#payees/index.ts'
import type { Database } from '#platform/database/database.ts'
import type { Signing } from '#token/index.ts'
import type { TransferParameters } from './parameters.ts'
import type { TransferTeller } from './teller.ts'

export interface TransfersNeeds {
  readonly database: Database
  readonly administration: Pick<
    Administration,
    'companyById' | 'userById' | 'usersOf' | 'accountsFor'
  >
  readonly limits: LimitUse
  readonly approvals: Pick<Approvals, 'submit' | 'explain' | 'recall' | 'stepsOf'>
  readonly directory: Pick<BankDirectory, 'bank' | 'branches'>
  readonly fees: Pick<Fees, 'quote'>
  readonly payees: Pick<
    Payees,
    'byIds' | 'byNumber' | 'search' | 'groups' | 'checkName' | 'transferMade'
  >
  readonly confirmationPassword: ConfirmationPassword
  readonly signing: Pick<Signing, 'issue' | 'redeem' | 'holds'>
  readonly history: Pick<OperationHistory, 'record'>
  readonly tell: TransferTeller
  readonly calendar: Calendar
  readonly core: Pick<CoreBanking, 'balances' | 'hold' | 'settle' | 'release' | 'post'>
  readonly zenginNet: ZenginNet
  readonly clock: Clock
  readonly parameters: TransferParameters
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void
  /** Called by name between any two steps of the execution; a test lets the process die there. */
  readonly at?: (point: string) => void | Promise<void>
}

/** The bank's own accounts that stand on the other side (別段・為替). */
export interface BankAccounts {
  readonly settlement: AccountNumber // 為替決済
  readonly fees: AccountNumber // 受入手数料
}
