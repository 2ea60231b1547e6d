/** Opens the database: brings its tables up to date as the owner, then serves as the application. */
import pg from 'pg'
import { appConnection, ownerConnection, type DatabaseAddress } from './address.ts'
import type { Database } from './database.ts'
import { migrate, type Migration } from './migrations.ts'
import { refuseUnsuitable } from './suitable.ts'
import { inTransaction, openingAsBank, openingAsCompany } from './transactions.ts'

export interface OpenDatabase {
  readonly address: DatabaseAddress
  /** Where faults of idle connections and the applied migrations are told. */
  readonly log?: (message: string, fault?: unknown) => void
  readonly connections?: number
  /** Milliseconds until a call that gets no connection fails; the listener then answers 503. */
  readonly patience?: number
  /** False where another process has brought the tables up to date. */
  readonly migrate?: boolean
}

export async function openDatabase(options: OpenDatabase): Promise<Database> {
  const { address, log = () => {}, connections = 10, patience = 15_000 } = options
  if (options.migrate !== false) await migrateAsOwner(address, log)

  const pool = new pg.Pool({
    ...appConnection(address),
    max: connections,
    connectionTimeoutMillis: patience,
  })
  // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (fault) => log('an idle database connection broke', fault))
  return {
    asCompany: async (companyId, work) => inTransaction(pool, openingAsCompany(companyId), work),
    asBank: (work) => inTransaction(pool, openingAsBank, work),
    answers: () => answers(pool),
    close: () => pool.end(),
  }
}

export async function migrateAsOwner(
  address: DatabaseAddress,
  log: (message: string) => void,
  migrations?: readonly Migration[],
): Promise<void> {
  const owner = new pg.Client(ownerConnection(address))
  await owner.connect()
  try {
    await refuseUnsuitable(owner)
    for (const name of await migrate(owner, migrations)) log(`migration applied: ${name}`)
  } finally {
    await owner.end()
  }
}

async function answers(pool: pg.Pool): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), 1_000)
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer))
}
