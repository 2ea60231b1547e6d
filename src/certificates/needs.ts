/** What `certificates` is given by the composition root, and what its parts make of it. */
import type { Administration } from '#administration/index.ts'
import type { Identity } from '#identity/index.ts'
import type { Mails } from '#notices/index.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import type { CertificateAuthority, HostCertificates } from '#outside/certificate-authority/port.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { BankParameters } from '#platform/bank-parameters.ts'
import type { Config } from '#platform/config.ts'
import type { Database } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'
import type { Signing } from '#token/index.ts'
import type { CertificateParameters } from './parameters.ts'

export interface CertificatesNeeds {
  readonly database: Database
  readonly administration: Pick<
    Administration,
    'companyById' | 'userById' | 'userByLoginId' | 'usersOf' | 'setLoginMethod'
  >
  readonly history: Pick<OperationHistory, 'record'>
  readonly signing: Pick<Signing, 'hasToken' | 'issue' | 'redeem'>
  readonly mails: Pick<Mails, 'queueToUserAndMasters'>
  readonly authority: CertificateAuthority & HostCertificates
  readonly clock: Clock
  readonly config: Pick<
    Config,
    'publicOrigin' | 'host' | 'dataDir' | 'drainSeconds' | 'certificateEntry'
  >
  readonly parameters: Pick<BankParameters, 'bankName' | 'bankNameEnglish'> & {
    /** What differs from the defaults of parameters.ts. */
    readonly certificates?: Partial<CertificateParameters>
  }
  readonly log: Pick<Log, 'info' | 'error'>
}

/** With the defaults filled in. */
export type CertificateDesk = Omit<CertificatesNeeds, 'parameters'> & {
  readonly parameters: CertificateParameters
  readonly bankNames: { readonly ja: string; readonly en: string }
}

/** What needs the password as well; `identity` is made later, for it needs the entry. */
export type IssueDesk = CertificateDesk & {
  readonly identity: Pick<Identity, 'authenticate' | 'confirmationPassword' | 'coolDowns'>
}
