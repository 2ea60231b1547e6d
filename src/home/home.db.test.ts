/** トップ: each block from its own door, and one that fails leaves the others standing. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createHome, type HomeNeeds, type UnapprovedOrder } from '#home/index.ts'
import { yenBalance, yen } from '#kit/yen.ts'
import type { Visitor } from '#kit/visitor.ts'
import { createNotices } from '#notices/index.ts'
import { operationHistory } from '#operation-history/index.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompanyWith, anEntry, calling, now } from '../../test/operation-history.ts'
import { contract } from './contract.ts'

let db: TestDatabase
let tanaka: Visitor
let faults: string[]
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())
beforeEach(async () => {
  faults = []
  const people = [{ name: '田中 一郎', role: 'general', rights: ['balance-inquiry'] }] as const
  tanaka = (await aCompanyWith(db.database, people as never))[0]!
})

function home(more: Partial<HomeNeeds> = {}) {
  const notices = createNotices({ database: db.database, operationHistory })
  const { routes } = createHome({
    database: db.database,
    operationHistory,
    notices,
    logins: { lastLogins: async () => [now, now.subtract({ hours: 24 })] },
    unapprovedOrders: [],
    balances: { balancesFor: async () => [] },
    reportFault: (block) => faults.push(block),
    ...more,
  })
  return calling(contract, routes, tanaka)
}
const away = () => Promise.reject(new Error('away'))

test('the page tells logins, operations, that nothing waits, and unread notices', async () => {
  await db.database.asCompany(tanaka.companyId, async (tx) => {
    for (let at = 1; at <= 7; at += 1) {
      const facts = { account: '101-ordinary-1234567', lines: String(at) }
      const more = { at: now.add({ seconds: at }), operation: 'statement-inquiry', facts } as const
      await operationHistory.record(tx, anEntry(tanaka, more))
    }
  })
  const page = await home()('showHome', {})
  expect(contract.showHome.out.safeParse(page)).toMatchObject({ success: true })
  expect(page).toMatchObject({
    logins: { told: true, at: [now.toString(), now.subtract({ hours: 24 }).toString()] },
    unapproved: { told: true, orders: [], total: 0, counts: { awaitingApproval: 0, drafts: 0 } },
    notices: { told: true, list: [], unread: 0 },
  })
  if (!page.operations.told) throw new Error('not told')
  expect(page.operations.list).toHaveLength(5)
  expect(page.operations.list[0]).toEqual({
    at: now.add({ seconds: 7 }).toString(),
    result: 'done',
    says: {
      ja: '入出金明細照会（口座 101 普通 1234567、7件）を行いました。',
      en: 'Statement inquiry (account 101 ordinary 1234567, 7 lines).',
    },
  })
  expect(faults).toEqual([])
})

test.for([
  ['logins', { logins: { lastLogins: away } }],
  ['operations', { operationHistory: { latest: away } }],
  ['unapproved', { unapprovedOrders: [{ unapproved: away }] }],
  ['notices', { notices: { unreadFor: away } }],
  ['certificate', { certificates: { ownCertificate: away } }],
] as const)('%s that cannot be told leave the other blocks', async ([block, broken]) => {
  const page = await home(broken)('showHome', {})
  const blocks = ['logins', 'operations', 'unapproved', 'notices', 'certificate'] as const
  for (const name of blocks) expect(page[name].told).toBe(name !== block)
  expect(faults).toEqual([block])
})

test('the certificate is told with its last day, and that there is none', async () => {
  const none = { told: true, validUntil: null, renewable: false, daysLeft: 0 }
  expect((await home()('showHome', {})).certificate).toEqual(none)
  const own = { validUntil: now.add({ hours: 39 * 24 }), renewable: true, daysLeft: 39 }
  const asked: unknown[] = []
  const certificates: NonNullable<HomeNeeds['certificates']> = {
    async ownCertificate(_tx, { userId }, at) {
      asked.push([userId, at])
      return asked.length === 1 ? own : null
    },
  }
  const page = await home({ certificates })('showHome', {})
  expect(contract.showHome.out.safeParse(page)).toMatchObject({ success: true })
  expect(page.certificate).toEqual({ ...own, told: true, validUntil: own.validUntil.toString() })
  expect((await home({ certificates })('showHome', {})).certificate).toEqual(none)
  expect(asked[0]).toEqual([tanaka.userId, now])
})

test('unapproved orders of all kinds stand in the order of their deadlines, ten at most', async () => {
  const order = (id: string, hours: number | null): UnapprovedOrder => ({
    id,
    state: hours === null ? 'draft' : 'awaiting-approval',
    kind: { ja: '総合振込', en: 'Supplier payments' },
    name: '十一月分',
    paymentDay: '2026-11-30',
    count: 3,
    amount: '1000000',
    approvableUntil: hours === null ? null : now.add({ hours }).toString(),
    path: `/orders/${id}`,
  })
  const kind = (orders: UnapprovedOrder[], total: number, drafts: number) => ({
    unapproved: async () => ({
      orders,
      total,
      counts: { awaitingApproval: total - drafts, drafts },
    }),
  })
  const page = await home({
    unapprovedOrders: [
      kind([order('c', 5), order('e', null)], 2, 1),
      kind([order('a', 1), order('b', 2), ...Array.from('fghijkl', (id) => order(id, 9))], 40, 7),
    ],
  })('showHome', {})
  if (!page.unapproved.told) throw new Error('not told')
  expect(page.unapproved.total).toBe(42)
  expect(page.unapproved.counts).toEqual({ awaitingApproval: 34, drafts: 8 })
  expect(page.unapproved.orders.map(({ id }) => id).join('')).toBe('abcfghijkl')
})

const account = {
  key: '101-ordinary-1234567',
  account: { branchCode: '101', kind: 'ordinary', number: '1234567' },
  branchName: '本店営業部',
  holder: '株式会社サンプル商事',
  holderKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ',
  representative: true,
  memo: '支払用',
} as const

test('balances are told with the time of inquiry, and an unknown account says so', async () => {
  const zero = yen(0)
  const balances = {
    account: account.account,
    uncleared: zero,
    asOf: now,
    current: yenBalance(-500),
    available: yenBalance(9_500),
    previousDay: zero,
    previousMonthEnd: zero,
  }
  const { companyId } = tanaka
  const balancesFor = async () => [
    { account: { ...account, companyId }, balances },
    { account: { ...account, companyId }, balances: null },
  ]
  const answer = await home({ balances: { balancesFor } })('showHomeBalances', {})
  expect(contract.showHomeBalances.out.safeParse(answer)).toMatchObject({ success: true })
  expect(answer).toMatchObject({
    told: true,
    accounts: [
      { balance: { current: '-500', available: '9500', asOf: now.toString() } },
      { balance: null },
    ],
  })
})

test('a core system that is away or too slow leaves the balances untold', async () => {
  const slow = () => new Promise<never>(() => {})
  for (const balancesFor of [away, slow]) {
    const asking = home({ balances: { balancesFor }, balancesWithinMilliseconds: 20 })
    expect(await asking('showHomeBalances', {})).toEqual({ told: false })
  }
  expect(faults).toEqual(['balances', 'balances'])
})
