/** The companies and users of the demo world, as `administration` and `identity` take them. */
import {
  limitedBusinesses,
  limitedPerAccount,
  type LimitedBusiness,
  type NewCompany,
  type NewUser,
  type UserLimit,
} from '#administration/index.ts'
import type { CompanyId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import {
  branches,
  mihonAccounts,
  sampleAccounts,
  type BranchCode,
  type DemoAccount,
} from './accounts.ts'
import { companies, loginMethods, type CastMember } from './cast.ts'

const accountsOf = {
  sample: Object.values(sampleAccounts),
  mihon: Object.values(mihonAccounts),
} as const

const companyDay = { perDay: yen(100_000_000), ceiling: yen(300_000_000) }
const accountDay = { perDay: yen(50_000_000), ceiling: yen(100_000_000) }

export function newCompany(company: CastMember['company']): NewCompany {
  return {
    ...companies[company],
    state: 'active',
    loginMethod: loginMethods[company],
    accounts: accountsOf[company].map((one: DemoAccount, nth: number) => ({
      account: one.account,
      branchName: branches[one.account.branchCode as BranchCode].name,
      holder: one.holder,
      holderKana: one.holderKana,
      representative: nth === 0,
      memo: one.memo,
      limits: limitedPerAccount.map((limited) => ({ limited, ...accountDay })),
    })),
    limits: limitedBusinesses.map((limited) => ({ limited, ...companyDay })),
  }
}

export function newUser(member: CastMember, companyId: CompanyId): NewUser {
  const { loginId, name, mail, role, rights, accounts } = member
  return { companyId, loginId, name, mail, role, rights, accounts, limits: limitsOf(member) }
}

/** Only what a right of theirs names is limited; a master has every right. */
function limitsOf({ role, rights, limit }: CastMember): readonly UserLimit[] {
  if (limit.perDay === 0n) return []
  const named = (business: LimitedBusiness) =>
    role === 'master' || rights.some((right) => right.startsWith(business.replace(/-any$/, '')))
  return limitedBusinesses
    .filter(named)
    .map((limited) => ({ limited, perOrder: yen(limit.perOrder), perDay: yen(limit.perDay) }))
}
