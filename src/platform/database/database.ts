/**
 * The database, as the stores see it: transactions behind the tenant wall.
 *
 * Every transaction of a customer runs under the role `madoguchi_company` with the company's id
 * set, so that row-level security stands behind the `where company_id = …` of every query
 * (design §5.7). Work that belongs to no one company (looking up a login ID, jobs, the bank's
 * desk) runs under `madoguchi_bank`.
 */
import type { Kysely, Transaction } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'

/** Tables are declared by the store that owns them: `tx.withTables<MyTables>()`. */
// oxlint-disable-next-line typescript/no-empty-object-type -- no table is known here
export type Tx = Transaction<{}>
export type { Kysely }

export interface Database {
  /** Runs `work` in one transaction that can see this company's rows only. */
  asCompany<T>(companyId: CompanyId, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `work` in one transaction as the bank itself. */
  asBank<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** True when the server answers within a second. */
  answers(): Promise<boolean>
  close(): Promise<void>
}
