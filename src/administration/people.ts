/**
 * 契約法人 (company), 利用者 (user), 利用口座 (account of the contract) and their limits.
 * Roles and rights: internet-banking.md §0 and §8.2; limits: §4.7.
 */
import type { AccountKey, AccountNumber } from '#kit/account-number.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Right, Role } from '#kit/rights.ts'
import type { Tx } from '#platform/database/database.ts'
import type { DayLimit, LimitedPerAccount, LimitFault, UserLimit } from './limits.ts'

export interface Company {
  readonly id: CompanyId
  readonly name: string // 企業名
  readonly nameKana: string
  readonly state: 'active' | 'stopped' // 利用中・停止
  readonly loginMethod: 'certificate' | 'password' | 'either' // ログイン方式
}

export interface User {
  readonly id: UserId
  readonly companyId: CompanyId
  readonly loginId: string
  readonly name: string // 利用者名
  readonly mail: string
  readonly role: Role
  readonly state: 'active' | 'stopped-by-administrator'
  readonly registeredAt: Temporal.Instant // 利用者登録日時
  /** A master's rights are all of them, whatever is stored. */
  readonly rights: ReadonlySet<Right>
}

/** 利用口座 */
export interface CompanyAccount {
  readonly companyId: CompanyId
  readonly key: AccountKey
  readonly account: AccountNumber
  readonly branchName: string // 支店名
  readonly holder: string // 口座名義
  readonly holderKana: string
  readonly representative: boolean // 代表口座
  readonly memo: string // 口座メモ
}

export interface NewCompany extends Omit<Company, 'id'> {
  readonly id?: CompanyId
  readonly accounts: readonly NewCompanyAccount[]
  readonly limits: readonly DayLimit[]
}
export interface NewCompanyAccount extends Omit<CompanyAccount, 'companyId' | 'key'> {
  readonly limits: readonly DayLimit<LimitedPerAccount>[]
}

export interface NewUser extends Omit<User, 'id' | 'rights' | 'state' | 'registeredAt'> {
  readonly id?: UserId
  readonly rights: readonly Right[]
  readonly accounts: readonly AccountKey[] // 利用可能口座
  readonly limits: readonly UserLimit[]
}

/** In the order in which they are checked. */
export type NewCompanyRefusal = 'not-one-representative-account' | LimitFault
export type NewUserRefusal =
  | 'login-id-malformed'
  | 'login-id-taken'
  | 'master-exists'
  | 'unknown-account'
  | LimitFault

export interface Administration {
  companyById(tx: Tx, id: CompanyId): Promise<Company | null>
  userById(tx: Tx, id: UserId): Promise<User | null>
  /** Exact and case-sensitive; runs as the bank, for no company is known yet. */
  userByLoginId(tx: Tx, loginId: string): Promise<User | null>
  usersOf(tx: Tx, company: CompanyId): Promise<readonly User[]>
  /** The accounts that this user may see, representative account first. */
  accountsFor(
    tx: Tx,
    user: { companyId: CompanyId; userId: UserId; role: Role },
  ): Promise<readonly CompanyAccount[]>

  companyLimits(tx: Tx, company: CompanyId): Promise<readonly DayLimit[]>
  accountLimits(
    tx: Tx,
    of: { companyId: CompanyId; accountKey: AccountKey },
  ): Promise<readonly DayLimit[]>
  userLimits(tx: Tx, of: { companyId: CompanyId; userId: UserId }): Promise<readonly UserLimit[]>

  /** Opens a contract. Runs as the bank. */
  createCompany(
    tx: Tx,
    company: NewCompany,
    now: Temporal.Instant,
  ): Promise<Outcome<Company, NewCompanyRefusal>>
  /** Registers a user of a company. Runs as the bank. */
  createUser(tx: Tx, user: NewUser, now: Temporal.Instant): Promise<Outcome<User, NewUserRefusal>>
  /** 管理者による利用停止, and its end. Runs as the bank. */
  setUserState(tx: Tx, user: UserId, state: User['state']): Promise<void>
  /** ログイン方式: by certificate, by ID and password, or by either. Runs as the bank. */
  setLoginMethod(tx: Tx, company: CompanyId, method: Company['loginMethod']): Promise<void>
  setCompanyState(tx: Tx, company: CompanyId, state: Company['state']): Promise<void>
}
