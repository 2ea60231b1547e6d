/** What every way to 全銀システム must do. Called by each adapter's own test. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BankAccount } from '#kit/bank-account.ts'
import { newId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import type { AnswerId, MessageId, TransferAnswer, TransferMessage, ZenginNet } from './port.ts'

/** An open way, and accounts of every state behind it. Their holder is ｶ)ﾄﾅﾘｼﾖｳｼﾞ. */
export interface OpenedZenginNet {
  readonly net: ZenginNet
  readonly accounts: {
    readonly open: BankAccount
    readonly closed: BankAccount
    readonly refuses: BankAccount
    readonly unknown: BankAccount // at a bank that exists
    readonly unknownBank: BankAccount
  }
  /** 入金: what has arrived on the account, as its bank sees it. */
  received(account: BankAccount): Promise<bigint>
  /** Lets so much time pass that every answer of what was sent is there. */
  untilAnswered(): Promise<void>
  close(): Promise<void>
}

export const holderKana = 'ｶ)ﾄﾅﾘｼﾖｳｼﾞ'
let made = 0

export function aMessage(to: BankAccount, more: Partial<TransferMessage> = {}): TransferMessage {
  return {
    id: newId<'zengin-message'>(1_800_000_000_000 + (made += 1)) as MessageId,
    from: { bankCode: '9999', branchCode: '101' },
    to,
    payeeName: holderKana,
    amount: yen(1_000),
    remitterName: 'ｻﾝﾌﾟﾙｼﾖｳｼﾞ(ｶ',
    ediInformation: null,
    paymentDay: Temporal.PlainDate.from('2026-11-24'),
    ...more,
  }
}

export function zenginNetContract(open: () => Promise<OpenedZenginNet>): void {
  let opened: OpenedZenginNet
  let net: ZenginNet
  let accounts: OpenedZenginNet['accounts']
  beforeAll(async () => {
    opened = await open()
    ;({ net, accounts } = opened)
  })
  afterAll(() => opened?.close())

  const taken = { granted: true, value: undefined }
  async function answersOf(message: TransferMessage): Promise<readonly TransferAnswer[]> {
    const all = await net.answers(1_000)
    return all.filter(({ messageId }) => messageId === message.id)
  }

  describe('a message', () => {
    test('is credited, and answered when its time has come', async () => {
      const before = await opened.received(accounts.open)
      const message = aMessage(accounts.open, { amount: yen(12_345) })
      expect(await net.send(message)).toEqual(taken)
      await opened.untilAnswered()
      expect(await answersOf(message)).toMatchObject([{ result: { was: 'credited' } }])
      expect(await opened.received(accounts.open)).toBe(before + 12_345n)
    })

    test('is applied once, however often and however much at once it is sent', async () => {
      const before = await opened.received(accounts.open)
      const message = aMessage(accounts.open, { amount: yen(7), ediInformation: 'INV 1' })
      const sent = await Promise.all(Array.from({ length: 8 }, () => net.send(message)))
      sent.push(await net.send(message))
      await opened.untilAnswered()
      sent.push(await net.send(message))
      expect(sent).toEqual(Array.from({ length: 10 }, () => taken))
      expect(await opened.received(accounts.open)).toBe(before + 7n)
    })

    test.for<Partial<TransferMessage>>([
      { amount: yen(8) },
      { payeeName: 'ﾍﾞﾂ' },
      { ediInformation: '' },
      { remitterName: 'ﾍﾞﾂ' },
      { paymentDay: Temporal.PlainDate.from('2026-11-25') },
    ])('under a used id with other content is refused', async (other) => {
      const message = aMessage(accounts.open, { amount: yen(7) })
      await net.send(message)
      const reason = 'id-used-for-something-else'
      expect(await net.send({ ...message, ...other })).toEqual({ granted: false, reason })
    })

    test('to a bank that does not exist is refused before its id is looked at', async () => {
      const message = aMessage(accounts.open)
      await net.send(message)
      const elsewhere = { ...message, to: accounts.unknownBank }
      const refusal = { granted: false, reason: 'unknown-bank' }
      expect(await net.send(elsewhere)).toEqual(refusal)
      expect(await net.send(aMessage(accounts.unknownBank))).toEqual(refusal)
    })

    test.for([
      ['unknown', 'no-such-account'],
      ['closed', 'account-closed'],
      ['refuses', 'account-refuses'],
    ] as const)('to an account that is %s comes back as %s', async ([which, why]) => {
      const message = aMessage(accounts[which])
      expect(await net.send(message)).toEqual(taken)
      await opened.untilAnswered()
      expect(await answersOf(message)).toMatchObject([{ result: { was: 'returned', why } }])
    })

    test('under another name comes back, and nothing is credited', async () => {
      const before = await opened.received(accounts.open)
      const message = aMessage(accounts.open, { payeeName: 'ﾍﾞﾂ ﾉ ﾋﾄ' })
      await net.send(message)
      await opened.untilAnswered()
      const result = { was: 'returned', why: 'name-differs' }
      expect(await answersOf(message)).toMatchObject([{ result }])
      expect(await opened.received(accounts.open)).toBe(before)
    })
  })

  describe('an answer', () => {
    test('is given out until it is acknowledged, also when that is said twice', async () => {
      const message = aMessage(accounts.open)
      await net.send(message)
      await opened.untilAnswered()
      const answers = await answersOf(message)
      expect(answers.length).toBeGreaterThan(0)
      expect(await answersOf(message)).toEqual(answers)
      const ids = answers.map(({ id }) => id)
      await net.acknowledge(ids)
      await net.acknowledge([...ids, newId<'zengin-answer'>(1) as AnswerId])
      await net.acknowledge([])
      expect(await answersOf(message)).toEqual([])
    })

    test('comes oldest first, as many as are asked for', async () => {
      const sent = [aMessage(accounts.open), aMessage(accounts.open), aMessage(accounts.closed)]
      for (const message of sent) await net.send(message)
      await opened.untilAnswered()
      const all = await net.answers(1_000)
      const times = all.map(({ at }) => at.epochMilliseconds)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(await net.answers(2)).toEqual(all.slice(0, 2))
    })
  })

  describe('口座確認', () => {
    test('tells the holder as the bank keeps it, and knows no closed account', async () => {
      expect(await net.lookUp(accounts.open)).toEqual({ found: 'holder', holderKana })
      expect(await net.lookUp(accounts.refuses)).toEqual({ found: 'holder', holderKana })
      expect(await net.lookUp(accounts.closed)).toEqual({ found: 'no-such-account' })
      expect(await net.lookUp(accounts.unknown)).toEqual({ found: 'no-such-account' })
      expect(await net.lookUp(accounts.unknownBank)).toMatchObject({ found: 'no-answer' })
    })

    test('a bank that does not exist is not open outside of the core time', async () => {
      expect(await net.takesMoreTime(accounts.unknownBank.bankCode)).toBe(false)
    })
  })
}
