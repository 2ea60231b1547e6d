/**
 * What every inquiry does around its question: find out which accounts the visitor may see, and
 * write down what was asked (操作履歴) before the answer leaves.
 */
import type { Administration, CompanyAccount } from '#administration/index.ts'
import type { Operation } from '#kit/operations.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { CoreBanking } from '#outside/core-banking/port.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { BankParameters } from '#platform/bank-parameters.ts'
import type { Database } from '#platform/database/database.ts'
import { allAccounts } from './contract.ts'

export interface Needs {
  readonly coreBanking: CoreBanking
  readonly administration: Pick<Administration, 'accountsFor'>
  readonly operationHistory: Pick<OperationHistory, 'record'>
  readonly database: Pick<Database, 'asCompany'>
  readonly keyVault: Pick<KeyVault, 'mac'>
  readonly parameters: InquiryParameters
}

/** Of the bank's parameters, those that inquiries depend on. */
export type InquiryParameters = Pick<
  BankParameters,
  | 'bankCode'
  | 'bankName'
  | 'bankNameKana'
  | 'branchNamesKana'
  | 'statementMonthsShown'
  | 'statementPdfLinesMax'
>

/** Of a handler's call, what is written down. */
export interface Asked {
  readonly visitor: Visitor
  readonly origin: Origin
  readonly now: Temporal.Instant
}

export interface Desk {
  accountsOf(visitor: Visitor): Promise<readonly CompanyAccount[]>
  /** @returns null when the text names no account that this visitor may see */
  accountOf(visitor: Visitor, asked: string): Promise<CompanyAccount | null>
  /** As accountOf, and `all` for every account; null when there is none. */
  chosen(visitor: Visitor, asked: string): Promise<readonly CompanyAccount[] | null>
  record(asked: Asked, operation: Operation, facts: Facts): Promise<void>
  recordRefusal(asked: Asked, operation: Operation, reason: string, facts: Facts): Promise<void>
}
type Facts = Readonly<Record<string, string>>

export function createDesk(needs: Needs): Desk {
  const { administration, database, operationHistory } = needs

  const accountsOf = ({ companyId, userId, role }: Visitor) =>
    database.asCompany(companyId, (tx) =>
      administration.accountsFor(tx, { companyId, userId, role }),
    )
  const write = (
    { visitor: { companyId, userId }, origin, now }: Asked,
    entry: { operation: Operation; result: 'done' | 'refused'; reason?: string; facts: Facts },
  ) =>
    database.asCompany(companyId, (tx) =>
      operationHistory.record(tx, { at: now, companyId, userId, origin, ...entry }),
    )

  return {
    accountsOf,
    accountOf: async (visitor, asked) =>
      (await accountsOf(visitor)).find(({ key }) => key === asked) ?? null,
    chosen: async (visitor, asked) => {
      const accounts = await accountsOf(visitor)
      const chosen = asked === allAccounts ? accounts : accounts.filter(({ key }) => key === asked)
      return chosen.length === 0 ? null : chosen
    },
    record: (asked, operation, facts) => write(asked, { operation, result: 'done', facts }),
    recordRefusal: (asked, operation, reason, facts) =>
      write(asked, { operation, result: 'refused', reason, facts }),
  }
}
