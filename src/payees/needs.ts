/** What `payees` is given by the composition root, and what its parts make of it. */
import type { Administration } from '#administration/index.ts'
import type { BankDirectory } from '#bank-directory/index.ts'
import type { AccountNumber } from '#kit/account-number.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { ZenginNet } from '#outside/zengin-net/port.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import type { Signing } from '#token/index.ts'
import type { PayeeParameters } from './parameters.ts'

/** Who did it, and when: what every mail of 振込先 says. */
export interface PayeeTold {
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly at: Temporal.Instant
}

/** What is told by mail, in the transaction of what happened. */
export interface PayeeTeller {
  /**
   * Payees were registered or changed: told to the user and to those who answer for him.
   * `payeeEnd`: the last three digits of the account number, or 「12件」 of a file.
   */
  changed(
    tx: Tx,
    told: PayeeTold & { readonly userName: string; readonly payeeEnd: string },
  ): Promise<void>
  /** 「入金先口座確認停止のご案内」, once for each stop. */
  nameCheckStopped(tx: Tx, told: PayeeTold): Promise<void>
}

export interface PayeesNeeds {
  readonly database: Pick<Database, 'asBank' | 'asCompany'>
  readonly administration: Pick<Administration, 'userByLoginId'>
  readonly directory: Pick<BankDirectory, 'bank' | 'branches'>
  readonly signing: Pick<Signing, 'issue' | 'redeem'>
  readonly history: Pick<OperationHistory, 'record'>
  readonly tell: PayeeTeller
  /** Our own bank's accounts; null: 該当口座なし. */
  readonly core: {
    holderOf(account: AccountNumber): Promise<{ readonly holderKana: string } | null>
  }
  readonly zenginNet: Pick<ZenginNet, 'lookUp'>
  readonly bankCode: string // 金融機関コード of our own
  /** What differs from the defaults of parameters.ts. */
  readonly parameters?: Partial<PayeeParameters>
  readonly log: (message: string, facts: Readonly<Record<string, string>>) => void
}

/** With the defaults filled in. */
export type PayeesDesk = Omit<PayeesNeeds, 'parameters'> & { readonly parameters: PayeeParameters }
