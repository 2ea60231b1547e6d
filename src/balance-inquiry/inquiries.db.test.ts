/** 照会 through the counter: who may ask what, pages that never shift, and what is written down. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountKey } from '#kit/account-number.ts'
import { sampleAccounts } from '#demo/accounts.ts'
import { foreignKey, mainKey, testWorld, type Who, type World } from './inquiry.fixture.ts'

let world: World
beforeAll(async () => {
  world = await testWorld()
  await world.arrives('2026-10-15', 1_000_000n, { remitterName: 'ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ', bankName: 'ﾄﾅﾘ' })
  await world.leaves('2026-11-05', 250_000n, { description: 'ﾃﾞﾝｷﾘﾖｳ' })
  await world.arrives('2026-11-21', 12_345n, { remitterName: '<b>"=1+1"</b>' })
  await world.arrives('2026-11-22', 655n)
})
afterAll(() => world.close())

const thisMonth = { account: mainKey, period: 'this-month' }
const savingsKey = accountKey(sampleAccounts.savings.account)

describe('who may ask what', () => {
  const questions = {
    accounts: ['accounts', {}],
    balances: ['balances', { account: mainKey }],
    statement: ['statement', thisMonth],
    incoming: ['incoming-transfers', thisMonth],
    line: ['balance-line', thisMonth],
    'statement file': ['statement/file', { ...thisMonth, format: 'csv' }],
    'incoming file': ['incoming-transfers/file', { ...thisMonth, format: 'zengin' }],
    'balances file': ['balances/file', { account: mainKey, format: 'csv' }],
  } as const
  type Question = keyof typeof questions
  const all = Object.keys(questions) as Question[]

  test.each([
    ['sato', all],
    ['yamada', all],
    ['tanaka', all],
    ['suzuki', all],
    // 振込入金明細照会 is not among 高橋's rights.
    ['takahashi', all.filter((question) => !question.startsWith('incoming'))],
  ] as const)('%s may ask %s', async (who, allowed) => {
    for (const question of all) {
      const [path, query] = questions[question]
      const { statusCode } = await world.ask(who, path, query)
      expect([question, statusCode]).toEqual([question, allowed.includes(question) ? 200 : 403])
    }
  })

  test('the other company is told that no such account exists, as for one nobody has', async () => {
    for (const question of all.filter((one) => one !== 'accounts')) {
      const [path, query] = questions[question]
      const foreign = await world.ask('nakamura', path, { ...query, account: mainKey })
      const unknown = await world.ask('nakamura', path, {
        ...query,
        account: '999-ordinary-0000000',
      })
      expect([question, foreign.statusCode]).toEqual([question, 404])
      const { inquiryNumber: _one, ...told } = foreign.json()
      const { inquiryNumber: _other, ...toldOfUnknown } = unknown.json()
      expect(told).toEqual(toldOfUnknown)
      expect(told.code).toBe('no-such-account')
    }
  })

  test.each([
    ['takahashi', savingsKey],
    ['tanaka', savingsKey],
    ['sato', foreignKey],
    ['sato', "' or 1=1 --"],
    ['sato', '𠮷🏦'],
  ] as const)('%s does not get %s', async (who, account) => {
    for (const path of ['statement', 'balance-line']) {
      expect((await world.ask(who, path, { ...thisMonth, account })).statusCode).toBe(404)
    }
    expect((await world.ask(who, 'balances', { account })).statusCode).toBe(404)
  })

  test.each([
    ['sato', 3],
    ['tanaka', 2],
    ['takahashi', 1],
    ['nakamura', 1],
  ] as const)('%s sees %i accounts, everywhere', async (who, count) => {
    expect((await world.ask(who, 'accounts')).json().accounts).toHaveLength(count)
    expect((await world.ask(who, 'balances')).json().accounts).toHaveLength(count)
    expect(await world.inquiry.balancesFor(world.visitor(who))).toHaveLength(count)
  })

  test('without the right to 残高照会 the top page gets no balances', async () => {
    const visitor = { ...world.visitor('tanaka'), rights: new Set(['statement-inquiry'] as const) }
    expect(await world.inquiry.balancesFor(visitor)).toEqual([])
  })
})

describe('answers', () => {
  test('balances are those of the books', async () => {
    const answer = (await world.ask('sato', 'balances', { account: mainKey })).json()
    expect(answer.accounts[0].balances).toMatchObject({
      current: '763000',
      available: '763000',
      previousDay: '762345',
      previousMonthEnd: '1000000',
      uncleared: '0',
    })
    expect(answer.accounts[0].account).toMatchObject({
      branchName: '本店営業部',
      number: '1234567',
    })
    // The current account may be overdrawn by ten million.
    expect((await world.ask('sato', 'balances')).json().total).toEqual({
      current: '763000',
      available: '10763000',
    })
  })

  test('a statement has running balances and the sums of its period', async () => {
    const answer = (
      await world.ask('sato', 'statement', { ...thisMonth, order: 'oldest-first' })
    ).json()
    expect(answer.period).toEqual({ from: '2026-11-01', to: '2026-11-22' })
    expect(answer.lines.map(({ balance }: { balance: string }) => balance)).toEqual([
      '750000',
      '762345',
      '763000',
    ])
    expect(answer.totals).toEqual({
      inCount: 2,
      inAmount: '13000',
      outCount: 1,
      outAmount: '250000',
      opening: '1000000',
      closing: '763000',
    })
    expect(answer.next).toBeNull()
  })

  test.each([
    [{ text: 'デンキ' }, 1],
    [{ text: '<b>"=1+1"</b>' }, 1],
    [{ text: '%' }, 0],
    [{ direction: 'out' }, 1],
    [{ amountFrom: '１２，３４５', amountTo: '12345円' }, 1],
    [{ amountFrom: '250001' }, 0],
    [{ text: "'; drop table ledger.transfer; --" }, 0],
  ])('searched for %j there are %i lines', async (search, count) => {
    const answer = (await world.ask('sato', 'statement', { ...thisMonth, ...search })).json()
    expect(answer.lines).toHaveLength(count)
  })

  test('incoming transfers are transfers that came in, and nothing else', async () => {
    const query = { account: mainKey, period: 'dates', from: '２０２６年１０月１日', to: '' }
    const answer = (await world.ask('sato', 'incoming-transfers', query)).json()
    expect(answer.lines.map(({ amount }: { amount: string }) => amount)).toEqual([
      '655',
      '12345',
      '1000000',
    ])
    expect(answer.totals).toMatchObject({ inCount: 3, outCount: 0 })
  })

  test('the balance line has one balance for each day, with the outermost named', async () => {
    const answer = (await world.ask('sato', 'balance-line', thisMonth)).json()
    expect(answer.days).toHaveLength(22)
    expect(answer.highest).toEqual({ day: '2026-11-01', balance: '1000000' })
    expect(answer.lowest).toEqual({ day: '2026-11-05', balance: '750000' })
  })

  test.each([
    [{ period: 'dates', from: '2026-11-31' }, 'from-day-unreadable', 'from'],
    [{ period: 'dates', from: '2026-11-02', to: '2026-11-01' }, 'from-after-to', 'from'],
    [{ period: 'dates', from: '2025-10-21' }, 'period-too-old', 'from'],
    [{ amountTo: 'abc' }, 'amount-to-unreadable', 'amountTo'],
  ])('%j is refused at its field', async (query, code, field) => {
    const answer = await world.ask('sato', 'statement', { ...thisMonth, ...query })
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code, errors: [{ path: field, code }] })
  })
})

test('all that is wrong with the conditions is told at once', async () => {
  const query = { ...thisMonth, period: 'dates', from: 'x', amountFrom: 'y' }
  expect((await world.ask('sato', 'statement', query)).json()).toMatchObject({
    code: 'from-day-unreadable',
    errors: [
      { path: 'from', code: 'from-day-unreadable' },
      { path: 'amountFrom', code: 'amount-from-unreadable' },
    ],
  })
})

describe('pages', () => {
  const period = { account: mainKey, period: 'last-week', limit: '20', order: 'newest-first' }

  test('never shift while postings arrive', async () => {
    for (let at = 0; at < 70; at += 1) await world.arrives('2026-11-22', BigInt(1000 + at))
    const before = (await world.ask('sato', 'statement', period)).json()
    const seen = before.lines.map(({ sequence }: { sequence: string }) => sequence)
    let cursor: string | null = before.next

    while (cursor) {
      await world.arrives('2026-11-22', 1n)
      const page = (await world.ask('sato', 'statement', { ...period, cursor })).json()
      expect(page.totals).toBeNull()
      seen.push(...page.lines.map(({ sequence }: { sequence: string }) => sequence))
      cursor = page.next
    }
    expect(seen).toHaveLength(before.totals.inCount + before.totals.outCount)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(seen.toSorted((one: string, other: string) => Number(other) - Number(one)))
  })

  test('a cursor serves its own inquiry, session and user, and no other', async () => {
    const { next } = (await world.ask('sato', 'statement', period)).json()
    const answers = [
      await world.ask('sato', 'statement', { ...period, cursor: next }),
      await world.ask('sato', 'statement', { ...period, cursor: next, text: 'ﾌﾘｺﾐ' }),
      await world.ask('sato', 'statement', { ...period, cursor: next, order: 'oldest-first' }),
      await world.ask('sato', 'statement', { ...period, cursor: next, period: 'this-month' }),
      await world.ask('sato', 'incoming-transfers', { ...period, cursor: next }),
      await world.ask('suzuki', 'statement', { ...period, cursor: next }),
      await world.ask('sato', 'statement', { ...period, cursor: `${next}x` }),
      await world.ask('sato', 'statement', { ...period, cursor: 'made.up' }),
      await world.ask('sato', 'statement', { ...period, cursor: '....' }),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, ...Array(8).fill(422)])
    expect(answers[1]!.json().code).toBe('cursor-of-another-inquiry')
  })
})

test('every inquiry and file is in the operation history, also those refused', async () => {
  const asked: readonly (readonly [Who, string, Record<string, string>])[] = [
    ['suzuki', 'balances', { account: mainKey }],
    ['suzuki', 'statement', { ...thisMonth, text: 'ﾔﾏﾀﾞ' }],
    ['suzuki', 'incoming-transfers', thisMonth],
    ['suzuki', 'balance-line', thisMonth],
    ['suzuki', 'statement/file', { ...thisMonth, format: 'csv' }],
    ['suzuki', 'statement/file', { ...thisMonth, format: 'zengin' }],
    ['suzuki', 'statement/file', { ...thisMonth, format: 'camt053' }],
    ['suzuki', 'incoming-transfers/file', { ...thisMonth, format: 'csv' }],
    ['suzuki', 'balances/file', { format: 'csv' }],
    ['suzuki', 'statement', { ...thisMonth, account: foreignKey }],
  ]
  const before = (await historyOf('suzuki')).length
  for (const [who, path, query] of asked) await world.ask(who, path, query)

  const written = (await historyOf('suzuki')).slice(before)
  expect(written.map(({ operation, result }) => `${operation} ${result}`)).toEqual([
    'balance-inquiry done',
    'statement-inquiry done',
    'incoming-transfer-inquiry done',
    'balance-chart done',
    'statement-csv done',
    'statement-zengin done',
    'statement-camt053 done',
    'incoming-transfer-csv done',
    'balance-csv done',
    'statement-inquiry refused',
  ])
  expect(written[1]!.facts).toEqual({
    account: mainKey,
    from: '2026-11-01',
    to: '2026-11-22',
    search: 'text',
  })
})

/** Oldest first. */
async function historyOf(who: Who) {
  const { operationHistory } = await import('#operation-history/index.ts')
  const { companyId, userId } = world.visitor(who)
  const entries = await world.db.database.asCompany(companyId, (tx) =>
    operationHistory.latest(tx, { companyId, userId }, 100),
  )
  return entries.toReversed()
}
