/** What `token` is given by the composition root. */
import type { Administration } from '#administration/index.ts'
import type { Mails } from '#notices/index.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Database } from '#platform/database/database.ts'
import type { TokenParameters } from './parameters.ts'

export interface TokenNeeds {
  readonly database: Database
  readonly administration: Pick<
    Administration,
    'companyById' | 'userById' | 'userByLoginId' | 'usersOf'
  >
  readonly history: Pick<OperationHistory, 'record'>
  readonly vault: Pick<KeyVault, 'seal' | 'open'>
  readonly mails: Pick<Mails, 'queueToUserAndMasters'>
  readonly bankCode: string // 金融機関コード
  /** What differs from the defaults of parameters.ts. */
  readonly parameters?: Partial<TokenParameters>
}

/** The same with the defaults filled in. */
export type TokenDesk = Omit<TokenNeeds, 'parameters'> & { readonly parameters: TokenParameters }
