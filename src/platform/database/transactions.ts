/**
 * Transactions behind the tenant wall: each begins, takes its role and names its company in one
 * round trip. `set local` ends with the transaction, so a pooled connection remembers nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
} from 'kysely'
import type pg from 'pg'
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from './database.ts'
import { bindable } from './values.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws TypeError when the id is not a UUID; it goes into SQL text */
export function openingAsCompany(companyId: CompanyId): string {
  if (!uuid.test(companyId)) throw new TypeError('a company id is a UUID')
  return `begin; set local role madoguchi_company; set local madoguchi.company_id = '${companyId}'`
}

export const openingAsBank = 'begin; set local role madoguchi_bank'

/**
 * Runs `work` in one transaction. It may run twice: when the server gave up the first try
 * (deadlock, serialization failure) or the connection was found dead before anything was done.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  opening: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await once(pool, opening, work)
  } catch (fault) {
    if (!(fault instanceof NotOpened) && !nothingWasDone(fault)) throw fault
    // At once, it could overtake the one it gave way to and meet it in the same deadlock again.
    await sleep(20 + 40 * Math.random())
    return await once(pool, opening, work)
  }
}

function once<T>(pool: pg.Pool, opening: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  // oxlint-disable-next-line typescript/no-empty-object-type -- as Tx
  const kysely = new Kysely<{}>({
    dialect: {
      createDriver: () => new WallDriver(pool, opening),
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  })
  return kysely.transaction().execute(work)
}

/** 40001 serialization failure, 40P01 deadlock: PostgreSQL has rolled the transaction back. */
function nothingWasDone(fault: unknown): boolean {
  const code = (fault as { code?: unknown } | null)?.code
  return code === '40001' || code === '40P01'
}

/** The transaction did not begin, on a connection that the server had closed. */
class NotOpened extends Error {
  override readonly name = 'NotOpened'
}

class WallDriver extends PostgresDriver {
  readonly #opening: string

  constructor(pool: pg.Pool, opening: string) {
    super({ pool: { connect: () => connect(pool), end: async () => {}, options: {} } })
    this.#opening = opening
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw(this.#opening))
    } catch (fault) {
      // Kysely would hand the connection back as it is; a failed rollback makes the pool drop it.
      await this.rollbackTransaction(connection as never).catch(() => {})
      if (connectionIsGone(fault)) throw new NotOpened('the connection was gone', { cause: fault })
      throw fault
    }
  }
}

async function connect(pool: pg.Pool) {
  const client = await pool.connect()
  // A lent client has no listener of the pool's: unheard, a connection that breaks between two
  // statements would end the process. The next statement fails anyway.
  client.on('error', ignore)
  return {
    query: (sql: string, parameters: readonly unknown[] = []) =>
      // Without parameters the simple protocol is used: `opening` is more than one statement.
      parameters.length === 0 ? client.query(sql) : client.query(sql, parameters.map(bindable)),
    release: (discard?: boolean) => {
      client.off('error', ignore)
      client.release(discard)
    },
  } as never
}

const ignore = () => {}

/** 57P01..57P03 the server is going or coming; 08xxx or no SQLSTATE: the socket broke. */
function connectionIsGone(fault: unknown): boolean {
  const code = (fault as { code?: unknown } | null)?.code
  if (typeof code !== 'string') return fault instanceof Error
  return /^(57P0[123]|08...|ECONNRESET|EPIPE)$/.test(code)
}
