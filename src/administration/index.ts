/**
 * 管理 — companies, their users, and what these may do: the door.
 */
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import { granted, refused } from '#kit/outcome.ts'
import { dayLimitFaults, userLimitFaults } from './limits.ts'
import type { Administration, NewCompany, NewUser } from './people.ts'
import * as store from './people-store.ts'

export { limitedBusinesses, limitedPerAccount } from './limits.ts'
export { limitUse } from './limits-in-use.ts'
export { forgetUse } from './limit-use-store.ts'
export type { LimitAsked, LimitLevel, LimitLine, LimitOutcome, LimitUse } from './limit-use.ts'
export type { DayLimit, LimitedBusiness, LimitedPerAccount, UserLimit } from './limits.ts'
export type {
  Administration,
  Company,
  CompanyAccount,
  NewCompany,
  NewCompanyAccount,
  NewUser,
  User,
} from './people.ts'

/** ログインID: internet-banking.md §1.3. */
const loginIdForm = /^[A-Za-z0-9]{6,12}$/

export function createAdministration(): Administration {
  const { companyById, userById, userByLoginId, usersOf } = store
  const { companyLimits, accountLimits, userLimits, setUserState, setCompanyState } = store
  const { setLoginMethod } = store
  return {
    companyById,
    userById,
    userByLoginId,
    usersOf,
    companyLimits,
    accountLimits,
    userLimits,
    setUserState,
    setCompanyState,
    setLoginMethod,
    createCompany,
    createUser,
    accountsFor: (tx, { companyId, userId, role }) =>
      store.accountsOf(tx, { companyId, userId: role === 'master' ? null : userId }),
  }
}

const createCompany: Administration['createCompany'] = async (tx, asked, now) => {
  const { accounts, limits, id = newId<'company'>(now.epochMilliseconds), ...rest } = asked
  const company = { ...rest, id: id satisfies CompanyId }

  if (!hasOneRepresentative(asked)) return refused('not-one-representative-account')
  const [fault] = [limits, ...accounts.map((account) => account.limits)].flatMap(dayLimitFaults)
  if (fault !== undefined) return refused(fault)

  await store.insertCompany(tx, company, limits, now)
  for (const account of accounts) {
    await store.insertAccount(tx, company.id, account)
  }
  return granted(company)
}

function hasOneRepresentative({ accounts }: NewCompany): boolean {
  return accounts.filter(({ representative }) => representative).length === 1
}

const createUser: Administration['createUser'] = async (tx, asked: NewUser, now) => {
  const { companyId, role } = asked

  if (!loginIdForm.test(asked.loginId)) return refused('login-id-malformed')
  if ((await store.userByLoginId(tx, asked.loginId)) !== null) return refused('login-id-taken')
  const colleagues = await store.usersOf(tx, companyId)
  if (role === 'master' && colleagues.some((user) => user.role === 'master')) {
    return refused('master-exists')
  }
  const accounts = await store.accountsOf(tx, { companyId, userId: null })
  const keys = new Set(accounts.map(({ key }) => key))
  if (asked.accounts.some((key) => !keys.has(key))) return refused('unknown-account')
  const [fault] = userLimitFaults(asked.limits)
  if (fault !== undefined) return refused(fault)

  const id: UserId = asked.id ?? newId<'user'>(now.epochMilliseconds)
  // Two registrations at once: the second finds the ID taken here.
  if (!(await store.insertUser(tx, id, asked, now))) return refused('login-id-taken')
  const user = await store.userById(tx, id)
  if (user === null) throw new Error(`user ${id} was inserted and cannot be read`)
  return granted(user)
}
