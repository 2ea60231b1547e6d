/** What `identity` is given by the composition root. */
import type { Administration } from '#administration/index.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Database } from '#platform/database/database.ts'
import type { CertificateEntry } from './certificate-entry.ts'
import type { LoginNotices } from './login-notices.ts'
import type { IdentityParameters } from './parameters.ts'
import type { TokenSteps } from './token-steps.ts'

export interface IdentityNeeds {
  readonly database: Database
  readonly administration: Pick<Administration, 'companyById' | 'userById' | 'userByLoginId'>
  readonly history: Pick<OperationHistory, 'record'>
  readonly loginNotices: LoginNotices
  readonly tokenSteps: TokenSteps
  readonly certificateEntry: CertificateEntry
  readonly vault: Pick<KeyVault, 'pepper' | 'mac'>
  /** Lower-case passwords that the profile `modern` does not take; see common-passwords.ts. */
  readonly commonPasswords?: ReadonlySet<string>
  /** What differs from the defaults of parameters.ts. */
  readonly parameters?: Partial<IdentityParameters>
  /** For what the bank's log is to know and nobody else. */
  readonly log?: (message: string, facts: Readonly<Record<string, string>>) => void
}
