/** 管理 on a real database: creation, reading, and the wall between companies. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type CompanyId } from '#kit/ids.ts'
import { rights } from '#kit/rights.ts'
import { yen } from '#kit/yen.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { createAdministration, type Company, type NewCompany, type NewUser } from './index.ts'

const now = Temporal.Instant.from('2026-11-22T01:00:00Z')
const administration = createAdministration()
let db: TestDatabase
let sample: Company

function company(name: string, number: string): NewCompany {
  const account = (kind: 'ordinary' | 'current', representative: boolean) => ({
    account: { branchCode: '101', kind, number },
    branchName: '本店',
    holder: name,
    holderKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ',
    representative,
    memo: '',
    limits: [{ limited: 'transfers' as const, perDay: yen(5), ceiling: yen(9) }],
  })
  return {
    name,
    nameKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ',
    state: 'active',
    loginMethod: 'either',
    accounts: [account('current', false), account('ordinary', true)],
    limits: [{ limited: 'payroll', perDay: yen(1_000), ceiling: yen(1_000) }],
  }
}
function user(loginId: string, more: Partial<NewUser> = {}): NewUser {
  return {
    companyId: sample.id,
    loginId,
    name: '田中 依子',
    mail: 'tanaka@example.jp',
    role: 'general',
    rights: ['balance-inquiry'],
    accounts: ['101-ordinary-1234567'],
    limits: [{ limited: 'payroll', perOrder: yen(1), perDay: yen(2) }],
    ...more,
  }
}
const create = (asked: NewUser) =>
  db.database.asBank((tx) => administration.createUser(tx, asked, now))

beforeAll(async () => {
  db = await testDatabase()
  const made = await db.database.asBank((tx) =>
    administration.createCompany(tx, company('株式会社サンプル商事', '1234567'), now),
  )
  if (!made.granted) throw new Error(made.reason)
  sample = made.value
  await create(user('tanaka01'))
  await create(user('satou001', { role: 'master', rights: [], accounts: [] }))
})
afterAll(() => db.close())

const found = (loginId: string) =>
  db.database.asBank((tx) => administration.userByLoginId(tx, loginId))

describe('a user', () => {
  test('is found by the exact login ID, with the rights that were given', async () => {
    expect(await found('tanaka01')).toMatchObject({ rights: new Set(['balance-inquiry']) })
    expect(await found('TANAKA01')).toBeNull()
  })

  test('who is master holds every right and sees every account', async () => {
    const master = (await found('satou001'))!
    expect(master.rights).toEqual(new Set(rights))
    const seen = await db.database.asCompany(sample.id, (tx) =>
      administration.accountsFor(tx, { ...master, userId: master.id }),
    )
    expect(seen.map(({ key }) => key)).toEqual(['101-ordinary-1234567', '101-current-1234567'])
  })

  test('who is not sees the accounts given, and has the limits given', async () => {
    const tanaka = (await found('tanaka01'))!
    const of = { companyId: sample.id, userId: tanaka.id, role: tanaka.role }
    await db.database.asCompany(sample.id, async (tx) => {
      const seen = await administration.accountsFor(tx, of)
      expect(seen.map(({ key }) => key)).toEqual(['101-ordinary-1234567'])
      expect(await administration.userLimits(tx, of)).toEqual(user('').limits)
      const accountKey = '101-ordinary-1234567'
      expect(await administration.accountLimits(tx, { ...of, accountKey })).toHaveLength(1)
      expect(await administration.companyLimits(tx, sample.id)).toHaveLength(1)
    })
  })

  test.for([
    ['login-id-malformed', { loginId: 'short' }],
    ['login-id-malformed', { loginId: 'thirteen13chr' }],
    ['login-id-taken', { loginId: 'tanaka01' }],
    ['master-exists', { role: 'master' }],
    ['unknown-account', { accounts: ['101-savings-1234567'] }],
    ['order-over-day', { limits: [{ limited: 'payroll', perOrder: yen(3), perDay: yen(2) }] }],
  ] as const)('is not created: %s', async ([reason, spoiled]) => {
    expect(await create(user('suzuki01', spoiled as Partial<NewUser>))).toEqual({
      granted: false,
      reason,
    })
    expect(await found('suzuki01')).toBeNull()
  })

  test('created twice at once exists once', async () => {
    const both = await Promise.all([create(user('yamada01')), create(user('yamada01'))])
    expect(both.filter(({ granted }) => granted)).toHaveLength(1)
  })
})

test('a company has exactly one representative account', async () => {
  const asked = company('となり工業', '7654321')
  const accounts = asked.accounts.map((account) => ({ ...account, representative: true }))
  const made = await db.database.asBank((tx) =>
    administration.createCompany(tx, { ...asked, accounts }, now),
  )
  expect(made).toEqual({ granted: false, reason: 'not-one-representative-account' })
})

describe('the wall', () => {
  const other = newId<'company'>(7) as CompanyId
  const tables = ['company', 'app_user', 'user_right', 'company_account', 'user_account']
  const limits = ['company_limit', 'account_limit', 'user_limit']

  test.for([...tables, ...limits])('hides administration.%s from another company', async (name) => {
    const count = sql<{
      count: bigint
    }>`select count(*) from ${sql.table(`administration.${name}`)}`
    const as = async (id: CompanyId) =>
      (await db.database.asCompany(id, (tx) => count.execute(tx))).rows[0]!.count
    expect(await as(sample.id)).toBeGreaterThan(0n)
    expect(await as(other)).toBe(0n)
  })

  test('lets a company change nothing', async () => {
    const stop = db.database.asCompany(sample.id, (tx) =>
      administration.setCompanyState(tx, sample.id, 'stopped'),
    )
    await expect(stop).rejects.toMatchObject({ code: '42501' })
  })
})
