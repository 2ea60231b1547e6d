import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { yen } from '#kit/yen.ts'
import { aMessage, holderKana, zenginNetContract } from './port.contract.ts'
import type { TransferMessage } from './port.ts'
import { neighbour, testSimulator, type TestSimulator } from './simulator.fixture.ts'

describe('the simulated 全銀システム', () => {
  zenginNetContract(() => testSimulator())
})

let bank: TestSimulator
beforeAll(async () => {
  bank = await testSimulator()
})
afterAll(() => bank?.close())

const taken = { granted: true, value: undefined }
const answersOf = async ({ id }: TransferMessage) =>
  (await bank.net.answers(1_000)).filter(({ messageId }) => messageId === id)
const on = (name: Parameters<typeof bank.net.setSwitch>[0]['name'], times: number | null = 1) =>
  bank.net.setSwitch({ name, bankCode: null, times })

describe('time', () => {
  test('an answer comes two seconds later, not before', async () => {
    const message = aMessage(bank.accounts.open)
    await bank.net.send(message)
    bank.passing(1.999)
    expect(await answersOf(message)).toEqual([])
    bank.passing(0.001)
    expect(await answersOf(message)).toHaveLength(1)
  })

  test('a bank outside of モアタイム is closed outside of the core time, and on holidays', async () => {
    const to = neighbour('1111111', '9996')
    await bank.net.openAccount({ account: to, holderKana })
    expect(await bank.net.takesMoreTime('9996')).toBe(true)
    await bank.net.setBank({ bankCode: '9996', takesMoreTime: false })
    expect(await bank.net.takesMoreTime('9996')).toBe(false)
    const results: unknown[] = []
    const early = aMessage(to)
    for (const moment of [
      '2026-11-24T15:29:59+09:00',
      '2026-11-24T15:30:00+09:00',
      '2026-11-23T12:00:00+09:00', // 勤労感謝の日
      '2026-11-22T12:00:00+09:00', // Sunday
    ]) {
      bank.at(moment)
      const outcome = await bank.net.send(results.length === 0 ? early : aMessage(to))
      results.push(outcome.granted || outcome.reason)
    }
    expect(results).toEqual([true, 'bank-closed', 'bank-closed', 'bank-closed'])
    expect(await bank.net.send(early)).toEqual(taken) // was taken when it was open
    const closed = { found: 'no-answer', why: 'bank-closed' }
    expect(await bank.net.lookUp(to)).toEqual(closed)
    expect(await bank.net.send(aMessage(bank.accounts.open))).toEqual(taken) // takes part
    bank.at('2026-11-25T10:00:00+09:00')
    expect(await bank.net.lookUp(to)).toEqual({ found: 'holder', holderKana })
  })

  test('a bank out of service takes nothing at any time', async () => {
    await bank.net.setBank({ bankCode: '0009', inService: false })
    const to = { ...neighbour('1234567', '0009'), branchCode: '200' }
    expect(await bank.net.send(aMessage(to))).toMatchObject({ reason: 'bank-closed' })
    expect(await bank.net.lookUp(to)).toEqual({ found: 'no-answer', why: 'not-in-service' })
    const unknown = await bank.net.setBank({ bankCode: '9997', inService: true })
    expect(unknown).toEqual({ granted: false, reason: 'unknown-bank' })
  })
})

describe('a bank of the country', () => {
  const mizuho = (number: string, branchCode = '001') => ({
    ...neighbour(number, '0001'),
    branchCode,
  })

  test('has every account at its branches, but for three numbers', async () => {
    const name = await bank.net.lookUp(mizuho('1234567'))
    expect(name).toMatchObject({ found: 'holder' })
    expect(await bank.net.lookUp(mizuho('1234567'))).toEqual(name)
    for (const account of [mizuho('9999999'), mizuho('9999998'), mizuho('1234567', '999')]) {
      expect(await bank.net.lookUp(account)).toEqual({ found: 'no-such-account' })
    }
    expect(await bank.net.lookUp(mizuho('9999997'))).toMatchObject({ found: 'holder' })
  })

  test('credits an account that nobody opened, under any name, and shows it then', async () => {
    const to = mizuho('7654321')
    await bank.net.send(aMessage(to, { payeeName: 'ﾀﾞﾚｶ', amount: yen(70) }))
    await bank.net.send(aMessage(to, { amount: yen(7) }))
    expect(await bank.seen(to)).toMatchObject({ balance: 77n, opened: false, state: 'open' })
  })
})

describe('an amount', () => {
  test.for([
    [29_901, 'no-such-account'],
    [9_902, 'name-differs'],
    [19_903, 'account-closed'],
    [9_904, 'account-refuses'],
  ] as const)('of %i yen comes back as %s', async ([amount, why]) => {
    const before = await bank.received(bank.accounts.open)
    const message = aMessage(bank.accounts.open, { amount: yen(amount) })
    await bank.net.send(message)
    bank.passing(2)
    expect(await answersOf(message)).toMatchObject([{ result: { was: 'returned', why } }])
    expect(await bank.received(bank.accounts.open)).toBe(before)
  })

  test('ending in 9905 is credited and its answer held until it is released', async () => {
    const message = aMessage(bank.accounts.open, { amount: yen(9_905) })
    await bank.net.send(message)
    bank.passing(9_999)
    expect(await answersOf(message)).toEqual([])
    expect(await bank.net.releaseAnswers()).toBeGreaterThan(0)
    expect(await answersOf(message)).toMatchObject([{ result: { was: 'credited' } }])
  })
})

describe('a switch', () => {
  test('lost-answers: taken, then a fault; the same again finds it', async () => {
    await on('lost-answers', 2)
    const before = await bank.received(bank.accounts.open)
    const message = aMessage(bank.accounts.open, { amount: yen(5) })
    await expect(bank.net.send(message)).rejects.toThrow('lost')
    expect(await bank.received(bank.accounts.open)).toBe(before + 5n)
    await expect(bank.net.send(message)).rejects.toThrow('lost')
    expect(await bank.net.send(message)).toEqual(taken)
    expect(await bank.received(bank.accounts.open)).toBe(before + 5n)
  })

  test('lost-messages: a fault, and nothing was taken', async () => {
    await on('lost-messages')
    const before = await bank.received(bank.accounts.open)
    const message = aMessage(bank.accounts.open, { amount: yen(5) })
    await expect(bank.net.send(message)).rejects.toThrow('lost')
    expect(await bank.received(bank.accounts.open)).toBe(before)
    expect(await bank.net.send(message)).toEqual(taken)
    expect(await bank.received(bank.accounts.open)).toBe(before + 5n)
  })

  test('duplicate-answers: two with ids of their own, credited once', async () => {
    await on('duplicate-answers')
    const message = aMessage(bank.accounts.open)
    await bank.net.send(message)
    bank.passing(2)
    const answers = await answersOf(message)
    expect(answers.map(({ result }) => result.was)).toEqual(['credited', 'credited'])
    await bank.net.acknowledge([answers[0]!.id])
    expect(await answersOf(message)).toEqual([answers[1]])
  })

  test('slow-answers: a minute; held-answers: until released', async () => {
    const [slow, held] = [aMessage(bank.accounts.open), aMessage(bank.accounts.open)]
    await on('slow-answers')
    await bank.net.send(slow)
    await on('held-answers')
    await bank.net.send(held)
    bank.passing(59.999)
    expect(await answersOf(slow)).toEqual([])
    bank.passing(0.001)
    expect(await answersOf(slow)).toHaveLength(1)
    expect(await answersOf(held)).toEqual([])
    await bank.net.releaseAnswers()
    expect(await answersOf(held)).toHaveLength(1)
  })

  test('refused-payments: so many come back, of that bank only', async () => {
    await bank.net.setSwitch({ name: 'refused-payments', bankCode: '9998', times: 2 })
    const other = { ...neighbour('1000000', '0001'), branchCode: '001' }
    const sent = [other, ...Array.from({ length: 3 }, () => bank.accounts.open)].map((to) =>
      aMessage(to),
    )
    for (const message of sent) await bank.net.send(message)
    bank.passing(2)
    const results: string[] = []
    for (const message of sent) results.push((await answersOf(message))[0]!.result.was)
    expect(results).toEqual(['credited', 'returned', 'returned', 'credited'])
  })

  test('without a count it stays on until it is off', async () => {
    await on('unanswered-look-ups', null)
    const silent = { found: 'no-answer', why: 'not-in-service' }
    for (let time = 0; time < 4; time++) {
      expect(await bank.net.lookUp(bank.accounts.open)).toEqual(silent)
    }
    expect((await bank.net.overview()).switches).toEqual([
      { name: 'unanswered-look-ups', bankCode: '*', remaining: null },
    ])
    await on('unanswered-look-ups', 0)
    expect((await bank.net.overview()).switches).toEqual([])
    expect(await bank.net.lookUp(bank.accounts.open)).toMatchObject({ found: 'holder' })
  })

  test('slow-look-ups: the answer takes its time', async () => {
    await on('slow-look-ups')
    const start = performance.now()
    expect(await bank.net.lookUp(bank.accounts.open)).toMatchObject({ found: 'holder' })
    expect(performance.now() - start).toBeGreaterThan(45)
  })

  test('is used up exactly, however many come at once', async () => {
    await on('refused-payments', 5)
    const sent = Array.from({ length: 12 }, () => aMessage(bank.accounts.open))
    await Promise.all(sent.map((message) => bank.net.send(message)))
    const { messages } = await bank.net.overview()
    const ids = new Set(sent.map(({ id }) => id))
    const returned = messages.filter(({ id, returned: why }) => ids.has(id) && why !== null)
    expect(returned).toHaveLength(5)
  })
})

test('opening an account again changes its name and state and keeps its balance', async () => {
  const account = neighbour('8888888')
  await bank.net.openAccount({ account, holderKana })
  await bank.net.send(aMessage(account, { amount: yen(30) }))
  await bank.net.openAccount({ account, holderKana: 'ｱﾀﾗｼｲ', state: 'closed' })
  expect(await bank.seen(account)).toMatchObject({
    ...{ balance: 30n, holderKana: 'ｱﾀﾗｼｲ', state: 'closed', opened: true },
    payments: [{ amount: 30n, remitterName: 'ｻﾝﾌﾟﾙｼﾖｳｼﾞ(ｶ', returned: null }],
  })
})

test('no company sees any of it', async () => {
  for (const table of ['bank', 'account', 'message', 'answer', 'switch']) {
    const client = await bank.db.owner.connect()
    try {
      await client.query('set role madoguchi_company')
      await expect(client.query(`select from zengin_net.${table}`)).rejects.toThrow('permission')
    } finally {
      client.release(true)
    }
  }
})
