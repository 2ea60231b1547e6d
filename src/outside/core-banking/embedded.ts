/**
 * The built-in core system: the port, spoken by our own ledger.
 *
 * It translates between the bank's words and the ledger's: account numbers and account ids,
 * 取引区分 and codes, 摘要 and memos. Conditions on money are the ledger's.
 */
import { sql } from 'kysely'
import { depositKinds, type AccountNumber } from '#kit/account-number.ts'
import { granted } from '#kit/outcome.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import { yen, yenBalance } from '#kit/yen.ts'
import {
  openLedger,
  type AccountState,
  type Ledger,
  type Line,
  type LineFilter,
  type Transfer,
} from '#ledger/index.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { DatabaseAddress } from '#platform/database/address.ts'
import type { Database } from '#platform/database/database.ts'
import { memoOf, particularsOf } from './memo.ts'
import {
  transactionKinds,
  type Balances,
  type CoreBanking,
  type HoldId,
  type Posting,
  type StatementLine,
  type StatementQuery,
  type TransactionKind,
} from './port.ts'

/** The port, and what a bank that runs its own books has to do for them. */
export interface EmbeddedCoreBanking extends CoreBanking {
  readonly books: Pick<Ledger, 'postAll' | 'expireHolds' | 'closeDay' | 'closeAccount' | 'mistakes'>
  close(): Promise<void>
}

/** Lines per chunk of a download: some hundred kilobytes. */
const chunk = 1_000

export function openEmbeddedCoreBanking(needs: {
  address: DatabaseAddress
  database: Database
  clock: Clock
  log?: (message: string, fault?: unknown) => void
}): EmbeddedCoreBanking {
  const { database, clock } = needs
  const ledger = openLedger(needs)

  return {
    books: ledger,
    close: () => ledger.close(),

    async openAccount({ account, holderKana, overdraftLimit }) {
      const id = ledgerAccountOf(account)
      const floor = overdraftLimit === null ? null : -overdraftLimit
      await ledger.openAccount({ id, currency: 'JPY', floor })
      await database.asBank((tx) =>
        sql`
          insert into core_banking.deposit_account
            (branch_code, kind_code, number, ledger_account, holder_kana, opened_at)
          values (${account.branchCode}, ${depositKinds[account.kind].code}, ${account.number},
            ${id}, ${holderKana}, ${clock.now().toString()})
          on conflict do nothing`.execute(tx),
      )
    },

    holderOf: (account) => holderOf(database, account),

    async balances(accounts) {
      const asOf = clock.now()
      const states = await ledger.accounts(accounts.map(ledgerAccountOf), dayInJapan(asOf))
      return states.map((state, index) => state && balancesOf(accounts[index]!, state, asOf))
    },

    async statement(query) {
      const { account, order, limit, after } = query
      const lines = await ledger.lines({
        ...filterOf(query),
        order,
        limit: limit + 1, // one more, to know whether there is more
        ...(after && { after: { bookedOn: after.bookedOn.toString(), seq: after.sequence } }),
      })
      return {
        lines: lines.slice(0, limit).map((line) => statementLine(account, line)),
        more: lines.length > limit,
      }
    },

    statementLines: (query) => statementLines(ledger, query),

    async statementTotals(query) {
      const { opening, closing, ...sums } = await ledger.totals(filterOf(query))
      return { ...sums, opening: yenBalance(opening), closing: yenBalance(closing) }
    },

    async closingBalances(account, from, to) {
      const id = ledgerAccountOf(account)
      const days = await ledger.closingBalances(id, from.toString(), to.toString())
      return days.map(({ day, balance }) => ({
        day: Temporal.PlainDate.from(day),
        balance: yenBalance(balance),
      }))
    },

    post: (group) => ledger.post(group.map((posting) => transferOf(posting))),

    async hold({ id, account, amount, expiresAt = null }) {
      const outcome = await ledger.hold({
        id,
        account: ledgerAccountOf(account),
        amount,
        expiresAt,
      })
      return outcome.granted ? granted(undefined) : outcome
    },
    settle: (hold, group) => ledger.post(settling(hold, group.map(transferOf))),
    release: (hold) => ledger.release(hold),
  }
}

async function holderOf(database: Database, { branchCode, kind, number }: AccountNumber) {
  const { rows } = await database.asBank((tx) =>
    sql<{ holderKana: string }>`
      select holder_kana as "holderKana" from core_banking.deposit_account
      where branch_code = ${branchCode} and kind_code = ${depositKinds[kind].code}
        and number = ${number}
        and exists (select from ledger.account where id = ledger_account and status = 1)`.execute(
      tx,
    ),
  )
  return rows[0] ?? null
}

/** The first of the group settles the hold. */
function settling(hold: HoldId, [first, ...rest]: readonly Transfer[]): readonly Transfer[] {
  return first === undefined ? [] : [{ ...first, settles: hold }, ...rest]
}

async function* statementLines(
  ledger: Ledger,
  query: Parameters<CoreBanking['statementLines']>[0],
): AsyncGenerator<readonly StatementLine[]> {
  const filter = filterOf(query)
  let last: Line | undefined
  do {
    // oxlint-disable-next-line no-await-in-loop -- a chunk starts where the one before ended
    const lines: readonly Line[] = await ledger.lines({
      ...filter,
      order: 'oldest-first',
      limit: chunk,
      ...(last && { after: last }),
    })
    if (lines.length > 0) yield lines.map((line) => statementLine(query.account, line))
    last = lines.length < chunk ? undefined : lines.at(-1)
  } while (last !== undefined)
}

/** Branch, kind and number as one figure: 101, 普通, 1234567 is 10111234567. */
export function ledgerAccountOf({ branchCode, kind, number }: AccountNumber): bigint {
  return BigInt(`${branchCode}${depositKinds[kind].code}${number}`)
}

function transferOf(posting: Posting): Transfer {
  const { id, debit, credit, amount, kind, bookedOn, valueOn } = posting
  return {
    id,
    debit: ledgerAccountOf(debit),
    credit: ledgerAccountOf(credit),
    amount,
    kind: Number(transactionKinds[kind]),
    bookedOn,
    valueOn,
    debitMemo: memoOf(posting.debitParticulars),
    creditMemo: memoOf(posting.creditParticulars),
  }
}

function filterOf({
  account,
  from,
  to,
  filter,
}: Omit<StatementQuery, 'order' | 'limit'>): LineFilter {
  const { text, direction, amountFrom, amountTo, kinds } = filter ?? {}
  return {
    account: ledgerAccountOf(account),
    from: from.toString(),
    to: to.toString(),
    ...(direction && { direction }),
    ...(amountFrom !== undefined && { amountFrom }),
    ...(amountTo !== undefined && { amountTo }),
    ...(kinds && { kinds: kinds.map((kind) => Number(transactionKinds[kind])) }),
    ...(text !== undefined && text !== '' && { text }),
  }
}

const kindByCode = new Map(
  Object.entries(transactionKinds).map(([kind, code]) => [Number(code), kind as TransactionKind]),
)

function statementLine(account: AccountNumber, line: Line): StatementLine {
  const kind = kindByCode.get(line.kind)
  if (kind === undefined) throw new Error(`a line has an unknown 取引区分: ${line.kind}`)
  return {
    account,
    sequence: line.seq,
    bookedOn: Temporal.PlainDate.from(line.bookedOn),
    valueOn: Temporal.PlainDate.from(line.valueOn),
    direction: line.direction,
    amount: yen(line.amount),
    balance: yenBalance(line.balance),
    kind,
    particulars: particularsOf(line.memo),
  }
}

function balancesOf(account: AccountNumber, state: AccountState, asOf: Temporal.Instant): Balances {
  return {
    account,
    current: yenBalance(state.balance),
    available: yenBalance(state.balance - state.held - (state.floor ?? 0n)),
    uncleared: yen(state.uncleared),
    previousDay: yenBalance(state.previousDay),
    previousMonthEnd: yenBalance(state.previousMonthEnd),
    asOf,
  }
}
