/** The ledger's writing functions, as the database has them. */
import type pg from 'pg'
import { columnsOf } from './batch-columns.ts'
import type { Group, Hold } from './transfer.ts'

export interface LedgerStore {
  openAccount(
    account: { id: bigint; currency: string; floor: bigint | null },
    at: Temporal.Instant,
  ): Promise<void>
  /** null: nobody knows the account; false: it is not empty. */
  closeAccount(id: bigint): Promise<boolean | null>
  /** One durable transaction. One code per group, in their order; none: all were posted. */
  postBatch(groups: readonly Group[], at: Temporal.Instant): Promise<readonly number[]>
  makeHold(hold: Hold, at: Temporal.Instant): Promise<number>
  releaseHold(id: string, at: Temporal.Instant): Promise<number>
  expireHolds(at: Temporal.Instant, many: number): Promise<number>
  closeBooks(day: Temporal.PlainDate): Promise<void>
  keepClosingBalances(day: Temporal.PlainDate): Promise<number>
  mistakes(): Promise<readonly Mistake[]>
}

/** Something that must be true of the books and is not. */
export interface Mistake {
  readonly account: bigint
  readonly seq: bigint
  readonly mistake: string
}

export function ledgerStore(pool: pg.Pool): LedgerStore {
  /** The result of one function call. */
  async function call<T>(name: string, ...values: readonly unknown[]): Promise<T> {
    const parameters = values.map((_, index) => `$${index + 1}`).join(', ')
    const { rows } = await pool.query<{ result: T }>({
      name: `ledger.${name}`,
      text: `select ledger.${name}(${parameters}) as result`,
      values: [...values],
    })
    return rows[0]!.result
  }

  return {
    openAccount: ({ id, currency, floor }, at) =>
      call('open_account', id, currency, floor, at.toString()),
    closeAccount: (id) => call('close_account', id),
    postBatch: (groups, at) => call('post_batch', at.toString(), ...columnsOf(groups)),
    makeHold: ({ id, account, amount, expiresAt }, at) =>
      call('make_hold', id, account, amount, expiresAt?.toString() ?? null, at.toString()),
    releaseHold: (id, at) => call('release_hold', id, at.toString()),
    expireHolds: (at, many) => call('expire_holds', at.toString(), many),
    closeBooks: (day) => call('close_books', day.toString()),
    keepClosingBalances: (day) => call('keep_closing_balances', day.toString()),
    mistakes: async () =>
      (await pool.query<Mistake>('select account, seq, mistake from ledger.mistake limit 100'))
        .rows,
  }
}

/**
 * Faults after which the same call may be made again: it was rolled back for the sake of another
 * (40001, 40P01), an id was being used by another process at that moment (23505), or the
 * connection broke and nobody knows what became of it.
 */
export function mayRepeat(fault: unknown): boolean {
  const code = (fault as { code?: unknown } | null)?.code
  if (code === undefined) return fault instanceof Error && /connect/i.test(fault.message)
  return (
    typeof code === 'string' && /^(40001|40P01|23505|57P0\d|53300|08...|E[A-Z]{3,})$/.test(code)
  )
}
