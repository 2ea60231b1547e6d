/**
 * 10,000 payments posted in one durable transaction, against COPY of the very same rows into a
 * bare table: no index, no constraint, nothing checked. In turn, so that both meet the same disk.
 * Both are timed from the program's memory to the durable commit. Both write into files of the
 * WAL that were there before, as a server that has run for an hour does.
 */
import pg from 'pg'
import type { AccountNumber } from '#kit/account-number.ts'
import { yen } from '#kit/yen.ts'
import { ledgerAccountOf } from '#outside/core-banking/embedded.ts'
import { memoOf } from '#outside/core-banking/memo.ts'
import type { Posting } from '#outside/core-banking/port.ts'
import { ownerConnection } from '#platform/database/address.ts'
import { accountNumber, fundedAccounts, openBank, payment, type Bank } from './bank.ts'
import { copyIn, textRows } from './copy.ts'
import { ascending, milliseconds, percentile, type Figure, type Measure } from './measure.ts'

const many = 10_000
const rounds = 11

export const bulk: Measure = {
  name: 'bulk',
  async run({ server, say }) {
    say('bulk: 10,000 payments in one transaction, and COPY, in turn')
    const address = await server.newDatabase('bench_bulk')
    const bank = await openBank(address)
    const accounts = await fundedAccounts(bank, 10_000)
    const internal = [1, 2].map((number) => accountNumber(number, '998'))
    for (const account of internal) {
      // oxlint-disable-next-line no-await-in-loop -- two of them
      await bank.core.openAccount({ account, holderKana: 'ﾍﾞﾂﾀﾞﾝ', overdraftLimit: null })
    }
    const [clearing, otherBanks] = internal as [AccountNumber, AccountNumber]
    const owner = new pg.Client(ownerConnection(address))
    owner.on('error', () => {}) // the server ends before it when a measurement fails
    await owner.connect()
    await owner.query('create table public.bare as select * from ledger.transfer limit 0')
    await layInWalFiles(owner)

    const compare = async (what: string, credit: (index: number) => AccountNumber) => {
      const ours: number[] = []
      const copies: number[] = []
      for (let round = 0; round <= rounds; round++) {
        // oxlint-disable no-await-in-loop -- in turn
        const payments = Array.from({ length: many }, (_, index) =>
          payment(clearing, credit(index)),
        )
        const posted = await timePosting(bank, payments)
        const rows = await textRows(
          owner,
          `select * from ledger.transfer order by posted_at desc, debit_seq desc limit ${many}`,
        )
        const copied = await copyIn(owner, 'public.bare', rows)
        // oxlint-enable no-await-in-loop
        if (round === 0) continue // the first fills caches and makes plans
        ours.push(posted)
        copies.push(copied)
      }
      return figureOf(what, ours, copies)
    }
    const figures = [
      await compare('10,000 payments to other banks, one transaction', () => otherBanks),
      await compare('10,000 payments to 10,000 accounts, one transaction', (at) => accounts[at]!),
    ]
    await owner.end()
    await bank.close()
    return figures
  },
}

/** Written and done with before a checkpoint, files of the WAL are used again after it. */
async function layInWalFiles(owner: pg.Client): Promise<void> {
  await owner.query(
    `create table public.filler as select repeat('x', 500) from generate_series(1, 1000000)`,
  )
  await owner.query('drop table public.filler')
  await owner.query('checkpoint')
}

async function timePosting({ core }: Bank, payments: readonly Posting[]): Promise<number> {
  const groups = payments.map(({ id, debit, credit, amount, bookedOn, valueOn, ...rest }) => [
    {
      id,
      debit: ledgerAccountOf(debit),
      credit: ledgerAccountOf(credit),
      amount: yen(amount),
      kind: 11,
      bookedOn,
      valueOn,
      debitMemo: memoOf(rest.debitParticulars),
      creditMemo: memoOf(rest.creditParticulars),
    },
  ])
  const start = performance.now()
  const outcomes = await core.books.postAll(groups)
  const elapsed = performance.now() - start
  if (outcomes.some(({ granted }) => !granted)) throw new Error('a payment was refused')
  return elapsed
}

function figureOf(what: string, ours: readonly number[], copies: readonly number[]): Figure {
  const [posting, copy] = [percentile(ascending(ours), 50), percentile(ascending(copies), 50)]
  return {
    what,
    ours: `${milliseconds(posting)} (median of ${rounds})`,
    against: `${milliseconds(copy)} COPY into a bare table`,
    ratio: posting / copy,
    bar: { atMost: 4 },
    detail: { posting, copy, fastest: Math.min(...ours), fastestCopy: Math.min(...copies) },
  }
}
