/**
 * Durable, constraint-checked transfers by many callers at once, against TPC-B on the same server
 * in the same minute: before, between and after.
 */
import type { AccountNumber } from '#kit/account-number.ts'
import { fundedAccounts, openBank, payment, type Bank } from './bank.ts'
import {
  ascending,
  milliseconds,
  percentile,
  perSecond,
  type Figure,
  type Measure,
} from './measure.ts'
import { prepareTpcb } from './tpcb.ts'

export const posting: Measure = {
  name: 'posting',
  async run({ server, settings, say }) {
    const { seconds, callers } = settings
    say('posting: opening 10,000 accounts')
    const tpcb = await prepareTpcb(server)
    const bank = await openBank(await server.newDatabase('bench_posting'))
    const accounts = await fundedAccounts(bank, 10_000)
    const any = () => accounts[Math.floor(Math.random() * accounts.length)]!
    const hot = accounts[0]!

    const other = (than: AccountNumber): AccountNumber => {
      const found = any()
      return found === than ? other(than) : found
    }
    const randomPair: Pair = () => {
      const debit = any()
      return [debit, other(debit)]
    }
    const hotPair: Pair = () => (Math.random() < 0.5 ? [hot, other(hot)] : [other(hot), hot])

    say(`posting: ${callers} callers, ${seconds} s each`)
    await tpcb.run(1)
    const before = await tpcb.run(seconds)
    const random = await load(bank, { callers, seconds, pair: randomPair })
    const between = await tpcb.run(seconds)
    const oneHot = await load(bank, { callers, seconds, pair: hotPair })
    const after = await tpcb.run(seconds)

    const mistakes = await bank.core.books.mistakes()
    if (mistakes.length > 0) throw new Error(`the books are wrong: ${mistakes[0]!.mistake}`)
    await bank.close()
    const figure = (what: string, ours: Load, yardstick: number): Figure => ({
      what,
      ours: `${perSecond(ours.perSecond)} (p50 ${milliseconds(ours.p50)}, p99 ${milliseconds(ours.p99)})`,
      against: `${perSecond(yardstick)} ${tpcb.driver}, scale 10, 16 clients`,
      ratio: ours.perSecond / yardstick,
      bar: { atLeast: 5 },
      detail: { ...ours, yardstick, callers, driver: tpcb.driver },
    })
    return [
      figure('transfers, 10,000 random accounts', random, (before + between) / 2),
      figure('transfers, one hot account', oneHot, (between + after) / 2),
    ]
  },
}

type Pair = () => readonly [AccountNumber, AccountNumber]

interface Load {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

async function load(
  { core }: Bank,
  { callers, seconds, pair }: { callers: number; seconds: number; pair: Pair },
): Promise<Load> {
  const start = performance.now()
  const until = start + seconds * 1_000
  const times: number[] = []
  const caller = async () => {
    while (performance.now() < until) {
      const sent = performance.now()
      // oxlint-disable-next-line no-await-in-loop -- a caller waits for its answer
      const outcome = await core.post([payment(...pair())])
      if (!outcome.granted) throw new Error(`a payment was refused: ${outcome.reason}`)
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const elapsed = (performance.now() - start) / 1_000
  const sorted = ascending(times)
  return {
    perSecond: times.length / elapsed,
    p50: percentile(sorted, 50),
    p99: percentile(sorted, 99),
  }
}
