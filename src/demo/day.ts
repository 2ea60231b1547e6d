/**
 * What happens on one day of the demo's past — pure: the day and the balances before it decide.
 *
 * Every rule of the calendar is one line of `events`; an event that an account could not pay for
 * does not happen, so the books never refuse a day.
 */
import type { AccountNumber } from '#kit/account-number.ts'
import { accountKey } from '#kit/account-number.ts'
import type {
  Particulars,
  Posting,
  PostingId,
  TransactionKind,
} from '#outside/core-banking/port.ts'
import { yen } from '#kit/yen.ts'
import { mihonAccounts, otherBank, ownBank, sampleAccounts } from './accounts.ts'
import { fallsAfter, fallsBefore, isBusinessDay } from './business-days.ts'
import { bankAccounts, customers, suppliers, type Counterparty } from './counterparties.ts'
import { chanceOf, type Chance } from './random.ts'

/** What may be spent, by account key; accounts that are not in it are without a floor. */
export type Purses = Map<string, bigint>

export interface Movement {
  readonly from: AccountNumber
  readonly to: AccountNumber
  readonly amount: number
  readonly kind: TransactionKind
  /** Printed on both sides, except where a side has its own. */
  readonly text: string
  readonly fromParticulars?: Partial<Particulars>
  readonly toParticulars?: Partial<Particulars>
}

const main = sampleAccounts.main.account
const current = sampleAccounts.current.account
const savings = sampleAccounts.savings.account
const mihon = mihonAccounts.main.account
const { cash, clearing, collections, fees, interest, tax, wages } = bankAccounts

/** @param idOf makes the id of the day's n-th posting; the same day gets the same ids again */
export function postingsOf(
  day: Temporal.PlainDate,
  purses: Purses,
  idOf: (nth: number) => PostingId,
): readonly Posting[] {
  const movements = eventsOf(day, chanceOf(`madoguchi ${day}`), purses)
  const possible = movements.filter((movement) => spend(purses, movement))
  return possible.map((movement, nth) => ({
    id: idOf(nth),
    debit: movement.from,
    credit: movement.to,
    amount: yen(movement.amount),
    kind: movement.kind,
    bookedOn: day,
    valueOn: day,
    debitParticulars: { description: movement.text, ...movement.fromParticulars },
    creditParticulars: { description: movement.text, ...movement.toParticulars },
  }))
}

function spend(purses: Purses, { from, to, amount }: Movement): boolean {
  const [payer, payee] = [accountKey(from), accountKey(to)]
  const purse = purses.get(payer)
  if (purse !== undefined && purse < BigInt(amount)) return false
  if (purse !== undefined) purses.set(payer, purse - BigInt(amount))
  const other = purses.get(payee)
  if (other !== undefined) purses.set(payee, other + BigInt(amount))
  return true
}

function eventsOf(day: Temporal.PlainDate, chance: Chance, purses: Purses): readonly Movement[] {
  const { between } = chance
  const open = isBusinessDay(day)
  const spendable = (account: AccountNumber) => Number(purses.get(accountKey(account)) ?? 0n)

  return [
    // Transfers arrive every day (モアタイム), most of them while the counter is open.
    ...many(open ? between(5, 9) : between(1, 2), () => sale(day, chance)),
    ...some(open && day.dayOfWeek === 5, () => cashSales(chance)),
    ...some(open && between(1, 12) === 1, () => otherBanksCheque(chance)),
    ...some(open && day.dayOfWeek === 1 && spendable(current) < 24_000_000, () =>
      topUp(24_000_000 - spendable(current)),
    ),
    ...some(open && between(1, 5) === 1, () => drawnCheque(day, chance)),
    ...many(open ? between(1, 2) : 0, () => supplierPayment(chance)).flat(),
    ...(fallsAfter(day, 20) || fallsBefore(day, 31) ? bigPayments(chance) : []),
    ...some(fallsBefore(day, 25), () => payroll(chance)),
    ...debits(day, chance),
    ...some(fallsAfter(day, 28), () => provision),
    ...yearly(day, chance),
    ...neighbours(day, chance),
  ]
}

function some<T>(when: boolean, make: () => T): readonly T[] {
  return when ? [make()] : []
}

function many<T>(count: number, make: () => T): readonly T[] {
  return Array.from({ length: count }, make)
}

/** 販売代金: a transfer from a customer, with the order's number where they send it. */
function sale(day: Temporal.PlainDate, { between, pick }: Chance): Movement {
  const customer = pick(customers)
  const reference = `${day.year % 100}${String(day.month).padStart(2, '0')}-${between(1000, 9999)}`
  return {
    from: customer.account,
    to: main,
    amount: between(1, 9) === 1 ? between(400, 1_300) * 1_100 : between(17, 390) * 1_100,
    kind: 'transfer',
    text: 'ﾌﾘｺﾐ',
    fromParticulars: { remitterName: sampleAccounts.main.holderKana },
    toParticulars: {
      ...remitter(customer),
      ...(between(1, 3) === 1 && { ediInformation: `INV ${reference}` }),
    },
  }
}

function remitter({ kana, bank, branchName }: Counterparty): Partial<Particulars> {
  const bankName = bank === 'own' ? ownBank.kana : otherBank.kana
  return { remitterName: kana, bankName, branchName }
}

function cashSales({ between }: Chance): Movement {
  const amount = between(120, 480) * 1_000
  return { from: cash, to: main, amount, kind: 'cash', text: 'ｹﾞﾝｷﾝ' }
}

function otherBanksCheque({ between }: Chance): Movement {
  const chequeNumber = String(between(1_000_000, 9_999_999))
  return {
    from: clearing,
    to: current,
    amount: between(20, 90) * 10_000,
    kind: 'other-bank-cheque',
    text: 'ﾀﾃﾝｹﾝ',
    toParticulars: { chequeNumber },
  }
}

function drawnCheque(day: Temporal.PlainDate, { between }: Chance): Movement {
  const chequeNumber = String(700_000 + day.dayOfYear * 10 + between(0, 9)).padStart(7, '0')
  return {
    from: current,
    to: clearing,
    amount: between(10, 180) * 10_000,
    kind: 'clearing',
    text: 'ｺｳｶﾝ',
    fromParticulars: { chequeNumber },
  }
}

/** 総合振込: the payment and the bank's fee, each a line of its own. */
function supplierPayment({ between, pick }: Chance, scale = 1): readonly Movement[] {
  const supplier = pick(suppliers)
  const fee = supplier.bank === 'own' ? 110 : 440
  return [
    {
      from: current,
      to: supplier.account,
      amount: between(40, 420) * 1_100 * scale,
      kind: 'transfer',
      text: 'ﾌﾘｺﾐ',
      fromParticulars: { remitterName: supplier.kana },
      toParticulars: {
        remitterName: sampleAccounts.current.holderKana,
        bankName: ownBank.kana,
        branchName: 'ﾎﾝﾃﾝｴｲｷﾞﾖｳﾌﾞ',
      },
    },
    { from: current, to: fees, amount: fee, kind: 'other', text: 'ﾌﾘｺﾐﾃｽｳﾘﾖｳ' },
  ]
}

function bigPayments(chance: Chance): readonly Movement[] {
  return many(chance.between(7, 10), () => supplierPayment(chance, 3)).flat()
}

function topUp(short: number): Movement {
  const amount = Math.ceil(short / 1_000_000) * 1_000_000
  return { from: main, to: current, amount, kind: 'book-transfer', text: 'ﾌﾘｶｴ' }
}

function payroll({ between }: Chance): Movement {
  const amount = 14_900_000 + between(0, 900) * 1_000
  return { from: main, to: wages, amount, kind: 'transfer', text: 'ｷﾕｳﾖ' }
}

/** 口座振替 and 公金, on their days of the month or the next business day. */
function debits(day: Temporal.PlainDate, { between }: Chance): readonly Movement[] {
  const monthly: readonly (readonly [number, AccountNumber, number, string])[] = [
    [5, fees, 5_500, 'IBｷﾎﾝﾃｽｳﾘﾖｳ'],
    [8, collections, between(60, 110) * 1_000 + between(0, 999), 'ﾃﾞﾝﾜ'],
    [10, tax, between(560, 640) * 1_000, 'ｼﾞﾕｳﾐﾝｾﾞｲ'],
    [10, tax, between(640, 760) * 1_000, 'ｹﾞﾝｾﾝｾﾞｲ'],
    [12, collections, between(180, 420) * 1_000 + between(0, 999), 'ﾃﾞﾝｷ'],
    [18, collections, between(40, 90) * 1_000 + between(0, 999), 'ｶﾞｽ'],
    [23, collections, between(18, 36) * 1_000 + between(0, 999), 'ｽｲﾄﾞｳ'],
    [26, collections, 264_000, 'ﾘ-ｽﾘﾖｳ'],
    [27, collections, 1_760_000, 'ﾔﾁﾝ'],
    [31, tax, between(2_900, 3_200) * 1_000, 'ｼﾔｶｲﾎｹﾝ'],
  ]
  return monthly
    .filter(([nominal]) => fallsAfter(day, nominal))
    .map(([, to, amount, text]) => ({ from: main, to, amount, kind: 'book-transfer', text }))
}

const provision: Movement = {
  from: main,
  to: savings,
  amount: 1_200_000,
  kind: 'book-transfer',
  text: 'ﾉｳｾﾞｲｼﾞﾕﾝﾋﾞ',
}

function yearly(day: Temporal.PlainDate, { between }: Chance): readonly Movement[] {
  const taxMonth = [2, 5, 8, 11].includes(day.month)
  const interestMonth = [2, 8].includes(day.month)
  return [
    ...some(taxMonth && fallsBefore(day, 20), () => ({
      from: savings,
      to: tax,
      amount: between(2_100, 3_300) * 1_000,
      kind: 'book-transfer' as const,
      text: day.month === 5 ? 'ﾎｳｼﾞﾝｾﾞｲ' : 'ｼﾖｳﾋｾﾞｲ',
    })),
    ...[main, savings].flatMap((to) =>
      some(interestMonth && fallsAfter(day, 14), () => ({
        from: interest,
        to,
        amount: between(4_000, 21_000),
        kind: 'other' as const,
        text: 'ﾘｿｸ',
      })),
    ),
  ]
}

/** 株式会社みほん物産 has a business of its own. */
function neighbours(day: Temporal.PlainDate, { between, pick }: Chance): readonly Movement[] {
  const customer = pick(customers)
  return [
    ...some(isBusinessDay(day) && between(1, 3) === 1, () => ({
      from: customer.account,
      to: mihon,
      amount: between(20, 300) * 1_100,
      kind: 'transfer' as const,
      text: 'ﾌﾘｺﾐ',
      toParticulars: remitter(customer),
    })),
    ...some(fallsAfter(day, 15), () => ({
      from: mihon,
      to: main,
      amount: between(200, 900) * 1_100,
      kind: 'transfer' as const,
      text: 'ﾌﾘｺﾐ',
      fromParticulars: { remitterName: sampleAccounts.main.holderKana },
      toParticulars: {
        remitterName: mihonAccounts.main.holderKana,
        bankName: ownBank.kana,
        branchName: 'ﾐﾅﾄ',
      },
    })),
  ]
}
