/** 管理 — the SQL of companies, users, accounts and limits. Decides nothing. */
import { sql } from 'kysely'
import { accountKey, type AccountKey, type DepositKind } from '#kit/account-number.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import { rights, type Right, type Role } from '#kit/rights.ts'
import { yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { DayLimit, LimitedBusiness, UserLimit } from './limits.ts'
import type { Company, CompanyAccount, NewCompanyAccount, NewUser, User } from './people.ts'

interface CompanyRow {
  id: CompanyId
  name: string
  name_kana: string
  state: Company['state']
  login_method: Company['loginMethod']
}
interface UserRow {
  id: UserId
  company_id: CompanyId
  login_id: string
  name: string
  mail: string
  role: Role
  state: User['state']
  created_at: string
  rights: string[]
}
interface AccountRow {
  company_id: CompanyId
  branch_code: string
  kind: DepositKind
  number: string
  branch_name: string
  holder: string
  holder_kana: string
  representative: boolean
  memo: string
}

export async function companyById(tx: Tx, id: CompanyId): Promise<Company | null> {
  const { rows } = await sql<CompanyRow>`
    select id, name, name_kana, state, login_method
      from administration.company where id = ${id}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return null
  const { name_kana: nameKana, login_method: loginMethod, ...same } = row
  return { ...same, nameKana, loginMethod }
}

const userColumns = sql`u.id, u.company_id, u.login_id, u.name, u.mail, u.role, u.state,
  u.created_at,
  array(select r.right_name from administration.user_right r
         where r.company_id = u.company_id and r.user_id = u.id) as rights`

export async function userById(tx: Tx, id: UserId): Promise<User | null> {
  const { rows } = await sql<UserRow>`
    select ${userColumns} from administration.app_user u where u.id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : userOf(rows[0])
}

export async function userByLoginId(tx: Tx, loginId: string): Promise<User | null> {
  const { rows } = await sql<UserRow>`
    select ${userColumns} from administration.app_user u where u.login_id = ${loginId}`.execute(tx)
  return rows[0] === undefined ? null : userOf(rows[0])
}

export async function usersOf(tx: Tx, company: CompanyId): Promise<readonly User[]> {
  const { rows } = await sql<UserRow>`
    select ${userColumns} from administration.app_user u
     where u.company_id = ${company} order by u.created_at, u.id`.execute(tx)
  return rows.map(userOf)
}

const known: ReadonlySet<string> = new Set(rights)

function userOf(row: UserRow): User {
  const { company_id: companyId, login_id: loginId, rights: stored, created_at, ...same } = row
  const unknown = stored.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`user ${row.id} holds unknown rights: ${unknown}`)
  const held = row.role === 'master' ? rights : (stored as Right[])
  return { ...same, companyId, loginId, registeredAt: instant(created_at), rights: new Set(held) }
}

/** @param user null for every account of the company */
export async function accountsOf(
  tx: Tx,
  { companyId, userId }: { companyId: CompanyId; userId: UserId | null },
): Promise<readonly CompanyAccount[]> {
  const { rows } = await sql<AccountRow>`
    select a.company_id, a.branch_code, a.kind, a.number, a.branch_name, a.holder, a.holder_kana,
           a.representative, a.memo
      from administration.company_account a
     where a.company_id = ${companyId}
       and (${userId}::uuid is null or exists (
             select 1 from administration.user_account ua
              where ua.company_id = a.company_id and ua.account_key = a.account_key
                and ua.user_id = ${userId}::uuid))
     order by a.representative desc, a.account_key`.execute(tx)
  return rows.map((row) => {
    const account = { branchCode: row.branch_code, kind: row.kind, number: row.number }
    return {
      companyId: row.company_id,
      key: accountKey(account),
      account,
      branchName: row.branch_name,
      holder: row.holder,
      holderKana: row.holder_kana,
      representative: row.representative,
      memo: row.memo,
    }
  })
}

interface DayLimitRow {
  limited: LimitedBusiness
  per_day: bigint
  ceiling: bigint
}
const dayLimitOf = ({ limited, per_day: perDay, ceiling }: DayLimitRow): DayLimit => ({
  limited,
  perDay: yen(perDay),
  ceiling: yen(ceiling),
})

export async function companyLimits(tx: Tx, company: CompanyId): Promise<readonly DayLimit[]> {
  const { rows } = await sql<DayLimitRow>`
    select limited, per_day, ceiling from administration.company_limit
     where company_id = ${company} order by limited`.execute(tx)
  return rows.map(dayLimitOf)
}

export async function accountLimits(
  tx: Tx,
  { companyId, accountKey: key }: { companyId: CompanyId; accountKey: AccountKey },
): Promise<readonly DayLimit[]> {
  const { rows } = await sql<DayLimitRow>`
    select limited, per_day, ceiling from administration.account_limit
     where company_id = ${companyId} and account_key = ${key} order by limited`.execute(tx)
  return rows.map(dayLimitOf)
}

export async function userLimits(
  tx: Tx,
  { companyId, userId }: { companyId: CompanyId; userId: UserId },
): Promise<readonly UserLimit[]> {
  const { rows } = await sql<{ limited: LimitedBusiness; per_order: bigint; per_day: bigint }>`
    select limited, per_order, per_day from administration.user_limit
     where company_id = ${companyId} and user_id = ${userId} order by limited`.execute(tx)
  return rows.map((row) => ({
    limited: row.limited,
    perOrder: yen(row.per_order),
    perDay: yen(row.per_day),
  }))
}

export async function insertCompany(
  tx: Tx,
  company: Company,
  limits: readonly DayLimit[],
  now: Temporal.Instant,
): Promise<void> {
  const { id, name, nameKana, state, loginMethod } = company
  await sql`
    insert into administration.company (id, name, name_kana, state, login_method, created_at)
    values (${id}, ${name}, ${nameKana}, ${state}, ${loginMethod}, ${now})`.execute(tx)
  await sql`
    insert into administration.company_limit (company_id, limited, per_day, ceiling)
    select ${id}, limited, per_day, ceiling from ${dayLimitRows(limits)}`.execute(tx)
}

function dayLimitRows(limits: readonly DayLimit[]) {
  return sql`unnest(${limits.map(({ limited }) => limited)}::text[],
    ${limits.map(({ perDay }) => perDay)}::bigint[],
    ${limits.map(({ ceiling }) => ceiling)}::bigint[]) as l (limited, per_day, ceiling)`
}

export async function insertAccount(
  tx: Tx,
  companyId: CompanyId,
  added: NewCompanyAccount,
): Promise<void> {
  const { account, branchName, holder, holderKana, representative, memo, limits } = added
  const { branchCode, kind, number } = account
  const key = accountKey(account)
  await sql`
    insert into administration.company_account (company_id, account_key, branch_code, kind, number,
      branch_name, holder, holder_kana, representative, memo)
    values (${companyId}, ${key}, ${branchCode}, ${kind}, ${number}, ${branchName}, ${holder},
      ${holderKana}, ${representative}, ${memo})`.execute(tx)
  await sql`
    insert into administration.account_limit (company_id, account_key, limited, per_day, ceiling)
    select ${companyId}, ${key}, limited, per_day, ceiling from ${dayLimitRows(limits)}`.execute(tx)
}

/** @returns false when the login ID is taken */
export async function insertUser(
  tx: Tx,
  id: UserId,
  user: NewUser,
  now: Temporal.Instant,
): Promise<boolean> {
  const { companyId, loginId, name, mail, role, limits } = user
  const { numAffectedRows } = await sql`
    insert into administration.app_user (id, company_id, login_id, name, mail, role, created_at)
    values (${id}, ${companyId}, ${loginId}, ${name}, ${mail}, ${role}, ${now})
    on conflict (login_id) do nothing`.execute(tx)
  if (numAffectedRows !== 1n) return false
  await sql`
    insert into administration.user_right (company_id, user_id, right_name)
    select ${companyId}, ${id}, unnest(${user.rights}::text[])`.execute(tx)
  await sql`
    insert into administration.user_account (company_id, user_id, account_key)
    select ${companyId}, ${id}, unnest(${user.accounts}::text[])`.execute(tx)
  await sql`
    insert into administration.user_limit (company_id, user_id, limited, per_order, per_day)
    select ${companyId}, ${id}, * from unnest(${limits.map(({ limited }) => limited)}::text[],
      ${limits.map(({ perOrder }) => perOrder)}::bigint[],
      ${limits.map(({ perDay }) => perDay)}::bigint[])`.execute(tx)
  return true
}

export async function setUserState(tx: Tx, user: UserId, state: User['state']): Promise<void> {
  await sql`update administration.app_user set state = ${state} where id = ${user}`.execute(tx)
}

/** ログイン方式 */
export async function setLoginMethod(
  tx: Tx,
  company: CompanyId,
  method: Company['loginMethod'],
): Promise<void> {
  await sql`
    update administration.company set login_method = ${method} where id = ${company}`.execute(tx)
}

export async function setCompanyState(
  tx: Tx,
  company: CompanyId,
  state: Company['state'],
): Promise<void> {
  await sql`update administration.company set state = ${state} where id = ${company}`.execute(tx)
}
