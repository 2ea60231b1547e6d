/**
 * What every adapter of the core system must do. An adapter's own test calls this with a way to
 * open it; the clock is the test's.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountNumber } from '#kit/account-number.ts'
import { newId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import type { Clock } from '#outside/clock/port.ts'
import type {
  CoreBanking,
  HoldId,
  Particulars,
  Posting,
  PostingId,
  StatementFilter,
  StatementLine,
  TransactionKind,
} from './port.ts'

export interface OpenedCore {
  readonly core: CoreBanking
  close(): Promise<void>
}

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-11-22')
const clock: Clock = { now: () => Temporal.Instant.from('2026-11-22T10:15:00+09:00') }

let next = 0
function account(branchCode = '101'): AccountNumber {
  return { branchCode, kind: 'ordinary', number: String((next += 1)).padStart(7, '0') }
}
const id = () => newId<'posting'>(clock.now().epochMilliseconds + (next += 1)) as PostingId
const holdId = () => id() as string as HoldId

/** An internal account: the other side of everything here. */
let vault: AccountNumber
const nothing: Particulars = { description: '' }

function posting(changes: Partial<Posting>): Posting {
  return {
    id: id(),
    debit: vault,
    credit: vault,
    amount: yen(1),
    kind: 'transfer',
    bookedOn: today,
    valueOn: changes.bookedOn ?? today,
    debitParticulars: nothing,
    creditParticulars: nothing,
    ...changes,
  }
}

export function coreBankingContract(open: (clock: Clock) => Promise<OpenedCore>): void {
  let opened: OpenedCore
  let core: CoreBanking
  beforeAll(async () => {
    opened = await open(clock)
    core = opened.core
  })
  afterAll(() => opened?.close())

  async function newAccount(overdraftLimit: number | null = 0): Promise<AccountNumber> {
    const made = account()
    const limit = overdraftLimit === null ? null : yen(overdraftLimit)
    await core.openAccount({ account: made, holderKana: 'ｶ)ｻﾝﾌﾟﾙ', overdraftLimit: limit })
    return made
  }
  async function post(...changes: Partial<Posting>[]) {
    const outcome = await core.post(changes.map(posting))
    if (!outcome.granted) return outcome.reason
    return outcome.value.repeated ? 'repeated' : 'posted'
  }
  const balancesOf = async (of: AccountNumber) => (await core.balances([of]))[0]!

  describe('balances', () => {
    test('come in the order asked; an account nobody knows is null', async () => {
      const [one, two] = [await newAccount(), await newAccount(1_000)]
      const found = await core.balances([two, account(), one])
      expect(found.map((balances) => balances && balances.account)).toEqual([two, null, one])
    })

    test('and the name of its holder belong to a known account', async () => {
      expect(await core.holderOf(await newAccount())).toEqual({ holderKana: 'ｶ)ｻﾝﾌﾟﾙ' })
      expect(await core.holderOf(account())).toBeNull()
    })

    test('stay as they are when the account is opened again', async () => {
      const one = await newAccount()
      vault = await newAccount(null)
      await post({ credit: one, amount: yen(70) })
      await core.openAccount({ account: one, holderKana: 'ﾍﾞﾂ', overdraftLimit: yen(9_999) })
      expect(await balancesOf(one)).toMatchObject({ current: 70n, available: 70n })
    })

    test('tell what is available: less what is held, more by the overdraft', async () => {
      const one = await newAccount(500)
      vault = await newAccount(null)
      await post({ credit: one, amount: yen(1_000) })
      await core.hold({ id: holdId(), account: one, amount: yen(300) })
      expect(await balancesOf(one)).toMatchObject({ current: 1_000n, available: 1_200n })
    })

    test('tell yesterday, the end of last month, and uncleared cheques', async () => {
      const one = await newAccount()
      vault = await newAccount(null)
      await post({ credit: one, amount: yen(100), bookedOn: day('2026-10-30') })
      await post({ credit: one, amount: yen(20), bookedOn: day('2026-11-01') })
      await post({ credit: one, amount: yen(3), bookedOn: day('2026-11-21') })
      const cheque = { kind: 'other-bank-cheque', credit: one, amount: yen(4_000) } as const
      await post({ ...cheque, valueOn: day('2026-11-24') })
      await post({ ...cheque, valueOn: today })
      expect(await balancesOf(one)).toEqual({
        account: one,
        current: 8_123n,
        available: 8_123n,
        uncleared: 4_000n,
        previousDay: 123n,
        previousMonthEnd: 100n,
        asOf: clock.now(),
      })
    })
  })

  describe('a posting', () => {
    test('is made once, however often it is sent', async () => {
      const one = await newAccount()
      vault = await newAccount(null)
      const payment = posting({ credit: one, amount: yen(5) })
      const answers = await Promise.all([core.post([payment]), core.post([payment])])
      answers.push(await core.post([payment]))
      expect(answers.every(({ granted }) => granted)).toBe(true)
      const repeats = answers.filter((outcome) => outcome.granted && outcome.value.repeated)
      expect(repeats).toHaveLength(2)
      expect((await balancesOf(one)).current).toBe(5n)
    })

    test('in a group is made with all the others or not at all', async () => {
      const [one, two] = [await newAccount(), await newAccount()]
      vault = await newAccount(null)
      const funding = { credit: one, amount: yen(10) }
      expect(await post(funding, { debit: one, credit: two, amount: yen(11) })).toBe(
        'insufficient-funds',
      )
      expect((await balancesOf(one)).current).toBe(0n)
      expect(await post(funding, { debit: one, credit: two, amount: yen(10) })).toBe('posted')
      expect((await balancesOf(two)).current).toBe(10n)
    })

    test('is refused by name', async () => {
      const one = await newAccount()
      vault = await newAccount(null)
      const used = posting({ credit: one, amount: yen(10) })
      await core.post([used])
      expect([
        await post(),
        await post({ debit: one, credit: one }),
        await post({ credit: one, amount: yen(0) }),
        await post({ ...used, amount: yen(11) }),
        await post({ debit: one, credit: account() }),
        await post({ debit: one, bookedOn: today.subtract({ days: 1 }) }),
        await post({ debit: one, amount: yen(11) }),
      ]).toEqual([
        'group-is-empty',
        'same-account-on-both-sides',
        'amount-not-positive',
        'id-used-for-something-else',
        'unknown-account',
        'booked-before-last-line',
        'insufficient-funds',
      ])
    })
  })

  describe('a hold', () => {
    async function held(amount: number) {
      const one = await newAccount()
      vault = await newAccount(null)
      await post({ credit: one, amount: yen(1_000) })
      const hold = { id: holdId(), account: one, amount: yen(amount) }
      expect(await core.hold(hold)).toMatchObject({ granted: true })
      return { one, hold }
    }

    test('may be made again with the same content only', async () => {
      const { hold } = await held(100)
      expect(await core.hold(hold)).toMatchObject({ granted: true })
      const other = await core.hold({ ...hold, amount: yen(101) })
      expect(other).toEqual({ granted: false, reason: 'id-used-for-something-else' })
    })

    test('is settled once, up to its amount, and the rest is given back', async () => {
      const { one, hold } = await held(600)
      const settle = (changes: Partial<Posting>) =>
        core.settle(hold.id, [posting({ debit: one, credit: vault, ...changes })])
      expect(await settle({ amount: yen(601) })).toMatchObject({ reason: 'over-held-amount' })
      const payment = { id: id(), amount: yen(550) }
      expect(await settle(payment)).toEqual({ granted: true, value: { repeated: false } })
      expect(await settle(payment)).toEqual({ granted: true, value: { repeated: true } })
      expect(await settle({ amount: yen(1) })).toMatchObject({ reason: 'hold-already-settled' })
      expect(await core.release(hold.id)).toMatchObject({ reason: 'hold-already-settled' })
      expect(await balancesOf(one)).toMatchObject({ current: 450n, available: 450n })
    })

    test('is settled with the postings beside it, all or none', async () => {
      const { one, hold } = await held(1_000)
      const group = (fee: number) => [
        posting({ debit: one, credit: vault, amount: yen(670) }),
        posting({ debit: one, credit: vault, amount: yen(fee) }),
      ]
      expect(await core.settle(hold.id, [])).toMatchObject({ reason: 'group-is-empty' })
      expect(await core.settle(hold.id, group(331))).toMatchObject({ reason: 'insufficient-funds' })
      expect(await balancesOf(one)).toMatchObject({ current: 1_000n, available: 0n })
      const both = group(330)
      expect(await core.settle(hold.id, both)).toEqual({
        granted: true,
        value: { repeated: false },
      })
      expect(await core.settle(hold.id, both)).toEqual({ granted: true, value: { repeated: true } })
      expect(await balancesOf(one)).toMatchObject({ current: 0n, available: 0n })
    })

    test('is given back once, and cannot be settled then', async () => {
      const { one, hold } = await held(600)
      expect(await core.release(hold.id)).toMatchObject({ granted: true })
      expect(await core.release(hold.id)).toMatchObject({ granted: true })
      const late = await core.settle(hold.id, [posting({ debit: one })])
      expect(late).toMatchObject({ reason: 'hold-already-released' })
      expect(await core.release(holdId())).toMatchObject({ reason: 'unknown-hold' })
      expect(await balancesOf(one)).toMatchObject({ current: 1_000n, available: 1_000n })
    })

    test('beyond its time cannot be settled', async () => {
      const { one } = await held(1)
      const hold = { id: holdId(), account: one, amount: yen(5), expiresAt: clock.now() }
      await core.hold(hold)
      const late = await core.settle(hold.id, [posting({ debit: one })])
      expect(late).toMatchObject({ reason: 'hold-already-released' })
    })
  })

  describe('a statement', () => {
    const from = day('2026-09-01')
    const kinds: readonly TransactionKind[] = ['cash', 'transfer', 'book-transfer']
    let one: AccountNumber

    beforeAll(async () => {
      one = await newAccount()
      vault = await newAccount(null)
      const lines = Array.from({ length: 60 }, (_, index) =>
        posting({
          ...(index % 3 === 2 ? { debit: one, credit: vault } : { debit: vault, credit: one }),
          amount: yen(100 + index),
          kind: kinds[index % 3]!,
          bookedOn: day('2026-09-10').add({ days: Math.floor(index / 4) }),
          valueOn: day('2026-09-10'),
          creditParticulars: {
            description: '振込',
            remitterName: index % 2 ? 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ' : 'ﾔﾏﾀﾞ ﾊﾅｺ',
            ...(index === 7 && { ediInformation: 'INV-0007' }),
          },
          debitParticulars: { description: `支払 ${index}` },
        }),
      )
      expect(await core.post(lines)).toMatchObject({ granted: true })
    })

    async function pages(
      order: 'newest-first' | 'oldest-first',
      limit: number,
      filter: StatementFilter = {},
      between: () => Promise<unknown> = async () => {},
    ) {
      const found: StatementLine[] = []
      for (;;) {
        const after = found.at(-1)
        const query = { account: one, from, to: today, order, limit, filter }
        const page = await core.statement({ ...query, ...(after && { after }) })
        found.push(...page.lines)
        if (!page.more) return found
        expect(page.lines).toHaveLength(limit)
        await between()
      }
    }

    test('carries the running balance and gapless numbers', async () => {
      const lines = await pages('oldest-first', 100)
      let balance = 0n
      for (const [index, line] of lines.entries()) {
        balance += line.direction === 'in' ? line.amount : -line.amount
        expect(line).toMatchObject({ balance, sequence: BigInt(index + 1), account: one })
      }
      expect(lines).toHaveLength(60)
      expect(lines[7]!.particulars).toEqual({
        description: '振込',
        remitterName: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ',
        ediInformation: 'INV-0007',
      })
    })

    test.for([1, 7, 30, 59, 60, 61])('is the same in pages of %i, both ways', async (limit) => {
      const whole = await pages('oldest-first', 100)
      expect(await pages('oldest-first', limit)).toEqual(whole)
      expect(await pages('newest-first', limit)).toEqual(whole.toReversed())
    })

    test('does not shift while postings arrive', async () => {
      const whole = await pages('newest-first', 100)
      const arriving = () => post({ credit: one, amount: yen(1), bookedOn: today })
      expect(await pages('newest-first', 25, {}, arriving)).toEqual(whole)
    })

    test.for<[string, StatementFilter, (line: StatementLine) => boolean]>([
      ['money in', { direction: 'in' }, ({ direction }) => direction === 'in'],
      ['money out', { direction: 'out' }, ({ direction }) => direction === 'out'],
      ['amounts from', { amountFrom: yen(150) }, ({ amount }) => amount >= 150n],
      ['amounts up to', { amountTo: yen(110) }, ({ amount }) => amount <= 110n],
      ['kinds', { kinds: ['cash', 'transfer'] }, ({ kind }) => kind !== 'book-transfer'],
      ['no kinds', { kinds: [] }, () => false],
      ['half-width text', { text: 'ﾔﾏﾀﾞ' }, has('ﾔﾏﾀﾞ')],
      ['full-width text', { text: 'ヤマダ' }, has('ﾔﾏﾀﾞ')],
      ['wide, lower-case letters', { text: 'ｉｎｖ－０００７' }, has('INV-0007')],
      ['signs that patterns are made of', { text: '%_' }, () => false],
      [
        'everything together',
        {
          direction: 'in',
          amountFrom: yen(104),
          amountTo: yen(150),
          kinds: ['cash'],
          text: 'サンプル',
        },
        (line) =>
          line.kind === 'cash' && line.amount >= 104n && line.amount <= 150n && has('ｻﾝﾌﾟﾙ')(line),
      ],
    ])('is filtered by %s', async ([, filter, wanted]) => {
      const expected = (await pages('oldest-first', 100)).filter(wanted)
      expect(await pages('oldest-first', 9, filter)).toEqual(expected)
      expect(await streamed({ account: one, from, to: today, filter })).toEqual(expected)

      const totals = await core.statementTotals({ account: one, from, to: today, filter })
      const sum = (way: 'in' | 'out') =>
        expected.reduce((all, line) => all + (line.direction === way ? line.amount : 0n), 0n)
      const count = (way: 'in' | 'out') => expected.filter((line) => line.direction === way).length
      expect(totals).toMatchObject({
        inCount: count('in'),
        inAmount: sum('in'),
        outCount: count('out'),
        outAmount: sum('out'),
      })
    })

    test('of some days holds exactly their lines, with the balances around them', async () => {
      const [first, last] = [day('2026-09-12'), day('2026-09-13')]
      const whole = await pages('oldest-first', 100)
      const inside = whole.filter(({ bookedOn }) => ['12', '13'].includes(String(bookedOn.day)))
      const query = { account: one, from: first, to: last }
      expect(await streamed(query)).toEqual(inside.filter(({ bookedOn }) => bookedOn.month === 9))
      expect(await core.statementTotals(query)).toMatchObject({
        opening: whole[7]!.balance,
        closing: whole[15]!.balance,
      })
    })

    test('tells the balance at the end of every day, also of days without a line', async () => {
      const whole = await pages('oldest-first', 100)
      const days = await core.closingBalances(one, day('2026-09-08'), day('2026-09-30'))
      expect(days).toHaveLength(23)
      for (const { day: at, balance } of days) {
        const before = whole.filter(({ bookedOn }) => Temporal.PlainDate.compare(bookedOn, at) <= 0)
        expect(balance).toBe(before.at(-1)?.balance ?? 0n)
      }
    })

    test('of an account that nobody knows is empty', async () => {
      const query = { account: account(), from, to: today }
      expect(await streamed(query)).toEqual([])
      expect(await core.statementTotals(query)).toMatchObject({ inCount: 0, closing: 0n })
    })

    async function streamed(query: Parameters<CoreBanking['statementLines']>[0]) {
      const lines: StatementLine[] = []
      for await (const some of core.statementLines(query)) lines.push(...some)
      return lines
    }
  })
}

function has(text: string) {
  return ({ particulars }: StatementLine) =>
    Object.values(particulars).some((field: string) => field.includes(text))
}
