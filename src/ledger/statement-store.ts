/**
 * Reading the books: balances and lines of an account.
 *
 * Both sides of a transfer are in one row, so an account's lines are those where it pays and
 * those where it receives. Each side is read in order along its own index, never further than
 * the page, and the two are merged.
 */
import type pg from 'pg'

export interface Statements {
  /** In the order asked; null for an account that nobody knows. */
  accounts(
    ids: readonly bigint[],
    today: Temporal.PlainDate,
  ): Promise<readonly (AccountState | null)[]>
  lines(query: LineQuery): Promise<readonly Line[]>
  totals(query: LineFilter): Promise<LineTotals>
  /** Balance at the end of each day, both days included. */
  closingBalances(account: bigint, from: string, to: string): Promise<readonly DayEnd[]>
}

export interface AccountState {
  readonly balance: bigint
  readonly held: bigint
  readonly floor: bigint | null
  readonly uncleared: bigint // 他店券 whose 起算日 is still to come
  readonly previousDay: bigint
  readonly previousMonthEnd: bigint
}
export interface Line {
  readonly seq: bigint
  readonly bookedOn: string
  readonly valueOn: string
  readonly direction: 'in' | 'out'
  readonly amount: bigint
  readonly balance: bigint
  readonly kind: number
  readonly memo: string
}
export interface LineFilter {
  readonly account: bigint
  readonly from: string // days as YYYY-MM-DD, inclusive
  readonly to: string
  readonly direction?: 'in' | 'out'
  readonly amountFrom?: bigint
  readonly amountTo?: bigint
  readonly kinds?: readonly number[]
  /** Found anywhere in the memo; width and case of letters do not matter. */
  readonly text?: string
}
export interface LineQuery extends LineFilter {
  readonly order: 'newest-first' | 'oldest-first'
  readonly limit: number
  readonly after?: { readonly bookedOn: string; readonly seq: bigint }
}
export interface LineTotals {
  readonly inCount: number
  readonly inAmount: bigint
  readonly outCount: number
  readonly outAmount: bigint
  readonly opening: bigint // before the first day; no filter applies
  readonly closing: bigint // after the last
}
export interface DayEnd {
  readonly day: string
  readonly balance: bigint
}

export function statementStore(pool: pg.Pool): Statements {
  return {
    async accounts(ids, today) {
      const { rows } = await pool.query<AccountState & { id: bigint | null }>({
        name: 'ledger.accounts',
        text: accountsSql,
        values: [
          `{${ids.join(',')}}`,
          today.toString(),
          today.subtract({ days: 1 }).toString(),
          today.with({ day: 1 }).subtract({ days: 1 }).toString(),
        ],
      })
      return rows.map(({ id, ...state }) => (id === null ? null : state))
    },
    async lines(query) {
      const { rows } = await pool.query<Line>(linesSql(query))
      return rows
    },
    async totals(query) {
      const { rows } = await pool.query<LineTotals>(totalsSql(query))
      return rows[0]!
    },
    async closingBalances(account, from, to) {
      const { rows } = await pool.query<DayEnd>({
        name: 'ledger.closing_balances',
        text: closingBalancesSql,
        values: [account, from, to],
      })
      return rows
    },
  }
}

const accountsSql = `
  select a.id, a.balance, a.held, a.floor,
    coalesce((select sum(amount) from ledger.transfer
      where credit_account = a.id and kind = 12 and value_on > $2), 0)::bigint as uncleared,
    coalesce((select balance from ledger.last_line(a.id, $3)), 0) as "previousDay",
    coalesce((select balance from ledger.last_line(a.id, $4)), 0) as "previousMonthEnd"
  from unnest($1::bigint[]) with ordinality asked(id, place)
  left join ledger.account a on a.id = asked.id
  order by asked.place`

const closingBalancesSql = `
  select day::date as day,
    coalesce((select balance from ledger.last_line($1, day::date)), 0) as balance
  from generate_series($2::date::timestamp, $3::date::timestamp, interval '1 day') day
  order by day`

interface Statement {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

function linesSql(query: LineQuery): Statement {
  const newest = query.order === 'newest-first'
  const { conditions, values, bind } = filters(query)
  const limit = bind(query.limit)
  const day = query.after && bind(query.after.bookedOn)
  const seq = query.after && bind(query.after.seq)
  const direction = newest ? 'desc' : 'asc'
  const parts = sides(query).map(({ side, way }) => {
    const beyond = `and (booked_on, ${side}_seq) ${newest ? '<' : '>'} (${day}::date, ${seq}::bigint)`
    return `(select ${side}_seq as seq, booked_on as "bookedOn", value_on as "valueOn",
        '${way}' as direction, amount, ${side}_balance as balance, kind, ${side}_memo as memo
      from ledger.transfer
      where ${side}_account = $1 ${conditions(side)} ${query.after ? beyond : ''}
      order by booked_on ${direction}, ${side}_seq ${direction} limit ${limit})`
  })
  // One side alone is in order already, and PostgreSQL takes no second ORDER BY for it.
  if (parts.length === 1) return named(parts[0]!, values)
  const both = parts.join(' union all ')
  return named(`${both} order by "bookedOn" ${direction}, seq ${direction} limit ${limit}`, values)
}

function totalsSql(query: LineFilter): Statement {
  const { conditions, values } = filters(query)
  const parts = sides(query).map(
    ({ side, way }) => `(select count(*)::int as "${way}Count",
      coalesce(sum(amount), 0)::bigint as "${way}Amount"
      from ledger.transfer where ${side}_account = $1 ${conditions(side)}) ${side}`,
  )
  const none = {
    in: '0 as "inCount", 0::bigint as "inAmount"',
    out: '0 as "outCount", 0::bigint as "outAmount"',
  }
  const absent = query.direction && none[query.direction === 'in' ? 'out' : 'in']
  return named(
    `select *, ${absent ? `${absent},` : ''}
      coalesce((select balance from ledger.last_line($1, $2::date - 1)), 0) as opening,
      coalesce((select balance from ledger.last_line($1, $3::date)), 0) as closing
    from ${parts.join(' cross join ')}`,
    values,
  )
}

function sides({ direction }: LineFilter) {
  const both = [
    { side: 'debit', way: 'out' },
    { side: 'credit', way: 'in' },
  ] as const
  return both.filter(({ way }) => direction === undefined || direction === way)
}

/** $1 is the account, $2 and $3 the period; further parameters only where they are needed. */
function filters({ account, from, to, amountFrom, amountTo, kinds, text }: LineFilter) {
  const values: unknown[] = [account, from, to]
  const bind = (value: unknown) => `$${values.push(value)}`
  const common = ['booked_on between $2::date and $3::date']
  if (amountFrom !== undefined) common.push(`amount >= ${bind(amountFrom)}`)
  if (amountTo !== undefined) common.push(`amount <= ${bind(amountTo)}`)
  if (kinds !== undefined) common.push(`kind = any (${bind(kinds)}::smallint[])`)
  const sought = text === undefined ? null : `lower(normalize(${bind(text)}::text, nfkc))`
  const conditions = (side: 'debit' | 'credit') =>
    [
      '',
      ...common,
      ...(sought === null ? [] : [`strpos(lower(normalize(${side}_memo, nfkc)), ${sought}) > 0`]),
    ].join(' and ')
  return { conditions, values, bind }
}

const names = new Map<string, string>()

/** Prepared once per connection and shape of question; there are a few dozen shapes. */
function named(text: string, values: unknown[]): Statement {
  const name = names.get(text) ?? `ledger.statement_${names.size + 1}`
  names.set(text, name)
  return { name, text, values }
}
