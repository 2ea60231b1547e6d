/** A simulator with a clock that stands still, and accounts of every state at となり銀行 (9998). */
import type { BankAccount } from '#kit/bank-account.ts'
import { bankAccountKey } from '#kit/bank-account.ts'
import { testDatabase } from '../../../test/database.ts'
import { holderKana, type OpenedZenginNet } from './port.contract.ts'
import { openZenginSimulator, type ZenginSimulatorNeeds } from './simulator.ts'

export const neighbour = (number: string, bankCode = '9998'): BankAccount => ({
  ...{ bankCode, branchCode: '101', kind: 'ordinary', number },
})

export async function testSimulator(more: Partial<ZenginSimulatorNeeds> = {}) {
  const db = await testDatabase()
  let now = Temporal.Instant.from('2026-11-24T10:15:00+09:00') // a Tuesday
  const net = openZenginSimulator({
    database: db.database,
    clock: { now: () => now },
    calendar: {
      holidays: async (from) =>
        from.toString() === '2026-11-23'
          ? [{ day: from, name: '勤労感謝の日', confirmed: true }]
          : [],
    },
    slowLookUpSeconds: 0.05,
    ...more,
  })
  const accounts = {
    open: neighbour('1111111'),
    closed: neighbour('2222222'),
    refuses: neighbour('3333333'),
    unknown: neighbour('4444444'),
    unknownBank: neighbour('1111111', '9997'),
  }
  await net.openAccount({ account: accounts.open, holderKana })
  await net.openAccount({ account: accounts.closed, holderKana, state: 'closed' })
  await net.openAccount({ account: accounts.refuses, holderKana, state: 'refuses' })
  const seen = async (account: BankAccount) => {
    const overview = await net.overview()
    return overview.accounts.find((one) => bankAccountKey(one.account) === bankAccountKey(account))
  }
  const passing = (seconds: number) => void (now = now.add({ milliseconds: seconds * 1_000 }))
  return {
    ...{ db, net, accounts, seen, passing },
    at: (moment: string) => void (now = Temporal.Instant.from(moment)),
    received: async (account: BankAccount) => (await seen(account))?.balance ?? 0n,
    untilAnswered: async () => passing(2),
    close: () => db.close(),
  } satisfies OpenedZenginNet & Record<string, unknown>
}
export type TestSimulator = Awaited<ReturnType<typeof testSimulator>>
