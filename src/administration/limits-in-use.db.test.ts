/** 限度額の使用 on a real database: splitting does not help, and what is taken comes back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { createAdministration, limitUse, type LimitAsked } from './index.ts'

const now = Temporal.Instant.from('2026-11-24T01:00:00Z')
const administration = createAdministration()
let db: TestDatabase
let companyId: CompanyId
let userId: UserId
const accountKey = '101-ordinary-1234567' as const

beforeAll(async () => {
  db = await testDatabase()
  const limited = 'transfers' as const
  await db.database.asBank(async (tx) => {
    const company = await administration.createCompany(
      tx,
      {
        ...{ name: '株式会社サンプル商事', nameKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ', state: 'active' },
        loginMethod: 'either',
        limits: [{ limited, perDay: yen(1_000), ceiling: yen(2_000) }],
        accounts: [
          {
            account: { branchCode: '101', kind: 'ordinary', number: '1234567' },
            ...{ branchName: '本店', holder: 'サンプル商事', holderKana: 'ｶ)ｻﾝﾌﾟﾙ', memo: '' },
            representative: true,
            limits: [],
          },
        ],
      },
      now,
    )
    if (!company.granted) throw new Error(company.reason)
    companyId = company.value.id
    const user = await administration.createUser(
      tx,
      {
        ...{ companyId, loginId: 'tanaka01', name: '田中 一郎', mail: 'tanaka@sample.example' },
        ...{ role: 'general', rights: [], accounts: [accountKey] },
        limits: [{ limited, perOrder: yen(500), perDay: yen(900) }],
      },
      now,
    )
    if (!user.granted) throw new Error(user.reason)
    userId = user.value.id
  })
})
afterAll(() => db.close())

let nextDay = Temporal.PlainDate.from('2026-12-01')
const someDay = () => (nextDay = nextDay.add({ days: 1 }))
const asked = (day: Temporal.PlainDate, amount: number, orderId = newId(1)): LimitAsked => ({
  ...{ companyId, orderId, userId, accountKey, day },
  amounts: new Map([['transfers', yen(amount)]]),
})
const reserve = (one: LimitAsked) =>
  db.database.asCompany(companyId, (tx) => limitUse.reserve(tx, one))
const release = (one: LimitAsked) =>
  db.database.asCompany(companyId, (tx) => limitUse.release(tx, one))

test('splitting an order does not help against the limit of the day', async () => {
  const day = someDay()
  expect((await reserve(asked(day, 500))).granted).toBe(true)
  expect((await reserve(asked(day, 400))).granted).toBe(true)
  expect(await reserve(asked(day, 1))).toMatchObject({
    facts: { level: 'user', limit: '900', used: '901', perOrder: 'no' },
  })
  expect((await reserve(asked(someDay(), 500))).granted).toBe(true) // another day
})

test('fifty orders at once never pass the limit together', async () => {
  const day = someDay()
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => reserve(asked(day, 100))))
  expect(outcomes.filter(({ granted }) => granted)).toHaveLength(9)
})

test('what an order took comes back once, and whole', async () => {
  const day = someDay()
  const one = asked(day, 500)
  await reserve(one)
  await reserve(one) // a repeat takes nothing more
  await release(one)
  await release(one)
  expect((await reserve(asked(day, 500))).granted).toBe(true)
  const lines = await db.database.asCompany(companyId, (tx) => limitUse.lines(tx, asked(day, 0)))
  expect(lines.map(({ level, used }) => `${level} ${used}`)).toEqual([
    'user 500',
    'company 500',
    'contract 500',
  ])
})

test('a limit that was lowered since is noticed, and the order itself is not counted twice', async () => {
  const one = asked(someDay(), 500)
  await reserve(one)
  const still = () => db.database.asCompany(companyId, (tx) => limitUse.stillFits(tx, one))
  expect((await still()).granted).toBe(true)
  const lower = 'update administration.user_limit set per_order = $1 where user_id = $2'
  await db.owner.query(lower, [499, userId])
  expect(await still()).toMatchObject({ reason: 'over-limit', facts: { level: 'user' } })
  await db.owner.query(lower, [500, userId])
})

test('another company sees nothing of it', async () => {
  const stranger = newId<'company'>(1)
  const seen = await db.database.asCompany(stranger, (tx) =>
    limitUse.lines(tx, { ...asked(nextDay, 1), companyId }),
  )
  expect(seen).toEqual([])
})
