/**
 * A page of 50 lines out of many entries, against the same out of 100 thousand, p50 and p99.
 *
 * The entries are written straight into the tables, as the owner, with right balances and
 * numbers; posting ten million would take the ledger some minutes. They are read through the port.
 */
import pg from 'pg'
import { yen } from '#kit/yen.ts'
import { ledgerAccountOf } from '#outside/core-banking/embedded.ts'
import { ownerConnection, type DatabaseAddress } from '#platform/database/address.ts'
import type { OwnPostgres } from '../own-postgres.ts'
import { accountNumber, openBank, today, vault, type Bank } from './bank.ts'
import { ascending, milliseconds, percentile, type Measure } from './measure.ts'

const small = 100_000
const linesPerAccount = 1_000

export const statement: Measure = {
  name: 'statement',
  async run({ server, settings, say }) {
    const { entries, seconds } = settings
    const few = await prepare(server, 'bench_few', small)
    say(`statement: writing ${entries.toLocaleString('en')} entries`)
    const much = await prepare(server, 'bench_many', entries)

    say(`statement: pages of 50, ${seconds} s each, in turn`)
    const times = { few: [] as number[], much: [] as number[] }
    await pages(few, 500)
    await pages(much, 500)
    const slice = 500
    for (let spent = 0; spent < seconds * 1_000; spent += slice) {
      // oxlint-disable no-await-in-loop -- in turn, so that both meet the same noise
      times.few.push(...(await pages(few, slice)))
      times.much.push(...(await pages(much, slice)))
      // oxlint-enable no-await-in-loop
    }
    await few.bank.close()
    await much.bank.close()

    const [fewer, more] = [ascending(times.few), ascending(times.much)]
    return ([50, 99] as const).map((percent) => {
      const [ours, against] = [percentile(more, percent), percentile(fewer, percent)]
      return {
        what: `statement page of 50 at ${entries.toLocaleString('en')} entries, p${percent}`,
        ours: milliseconds(ours),
        against: `${milliseconds(against)} at 100,000`,
        ratio: ours / against,
        // The bar is on p99 at ten million.
        bar: percent === 99 ? { atMost: 1.5 } : null,
        detail: { entries, ours, against, pages: more.length },
      }
    })
  },
}

interface Books {
  readonly bank: Bank
  readonly accounts: number
}

async function prepare(server: OwnPostgres, name: string, entries: number): Promise<Books> {
  const address = await server.newDatabase(name)
  const bank = await openBank(address)
  const accounts = entries / linesPerAccount
  const opening = { holderKana: 'ｻﾝﾌﾟﾙ', overdraftLimit: yen(0) }
  await bank.core.openAccount({ ...opening, account: vault, overdraftLimit: null })
  for (let number = 1; number <= accounts; number++) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time is quick enough
    await bank.core.openAccount({ ...opening, account: accountNumber(number) })
  }
  await write(address, entries, accounts)
  return { bank, accounts }
}

/** Every account in turn gets 2,000 and pays 1,000, a line each, spread over a year. */
async function write(address: DatabaseAddress, entries: number, accounts: number): Promise<void> {
  const owner = new pg.Client(ownerConnection(address))
  owner.on('error', () => {}) // the server ends before it when a measurement fails
  await owner.connect()
  const indexes = ['transfer_debit', 'transfer_credit', 'transfer_uncleared']
  const { rows } = await owner.query<{ definition: string }>(
    'select pg_get_indexdef(name::regclass) as definition from unnest($1::text[]) name',
    [indexes.map((index) => `ledger.${index}`)],
  )
  await owner.query(indexes.map((index) => `drop index ledger.${index}`).join('; '))
  await owner.query(`
    with entry as (
      select i, i / ${accounts} as turn, ${ledgerAccountOf(accountNumber(0))} + 1 + i % ${accounts} as account,
        case when i / ${accounts} % 2 = 0 then 2000 else 1000 end as amount,
        i / ${accounts} % 2 = 0 as pays_in,
        date '2025-11-24' + (i * 364 / ${entries})::int as day
      from generate_series(0, ${entries - 1}::bigint) i
    )
    insert into ledger.transfer
    select (lpad(to_hex(1700000000000 + i), 12, '0') || '7000' || '8000000000000000')::uuid,
      case when pays_in then ${ledgerAccountOf(vault)} else account end,
      case when pays_in then i + 1 else turn + 1 end,
      case when pays_in then 0 else turn / 2 * 1000 + 1000 end,
      case when pays_in then account else ${ledgerAccountOf(vault)} end,
      case when pays_in then turn + 1 else i + 1 end,
      case when pays_in then turn / 2 * 1000 + 2000 else 0 end,
      amount, 11, day, day, now(), null, '振込', '振込 ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ'
    from entry`)
  // oxlint-disable-next-line no-await-in-loop -- one connection
  for (const { definition } of rows) await owner.query(definition)
  await owner.query('vacuum analyze ledger.transfer')
  await owner.query('vacuum analyze ledger.account')
  await owner.end()
}

/** Two readers, each at a random place of a random account. @returns milliseconds of each page */
async function pages({ bank, accounts }: Books, forMilliseconds: number): Promise<number[]> {
  const until = performance.now() + forMilliseconds
  const times: number[] = []
  const reader = async () => {
    while (performance.now() < until) {
      const account = accountNumber(1 + Math.floor(Math.random() * accounts))
      const to = today.subtract({ days: Math.floor(Math.random() * 270) })
      const start = performance.now()
      // oxlint-disable-next-line no-await-in-loop -- a reader reads one page after the other
      const page = await bank.core.statement({
        account,
        from: to.subtract({ days: 92 }),
        to,
        order: 'newest-first',
        limit: 50,
      })
      times.push(performance.now() - start)
      if (page.lines.length !== 50) throw new Error(`a page has ${page.lines.length} lines`)
    }
  }
  await Promise.all([reader(), reader()])
  return times
}
