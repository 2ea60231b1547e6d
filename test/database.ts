/**
 * A database of one's own for a test: a fresh copy of the migrated template on the run's server.
 *
 *     const db = await testDatabase()
 *     afterAll(() => db.close())
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { ownerConnection, type DatabaseAddress } from '#platform/database/address.ts'
import type { Database } from '#platform/database/database.ts'
import { openDatabase } from '#platform/database/open.ts'

export interface TestDatabase {
  /** As the processes see it. */
  readonly database: Database
  /** The owner: no wall, for preparing and asserting. */
  readonly owner: pg.Pool
  /** For another `openDatabase` on the same database. */
  readonly address: DatabaseAddress
  /** The owner's URL, for a process started by the test as with DATABASE_URL. */
  readonly url: string
  close(): Promise<void>
}

export async function testDatabase({
  migrated = true,
}: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const { socketFolder, port, owner } = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = { socketFolder, port, owner, database: 'postgres' }
  await asAdmin(
    admin,
    `create database ${name} template ${migrated ? 'madoguchi_template' : 'template0'}`,
  )
  // What a migration revoked on the template's database is not copied with it.
  await asAdmin(admin, `revoke create, temporary on database ${name} from public`)

  const address = { ...admin, database: name }
  const database = await openDatabase({ address, migrate: false, connections: 20 })
  const pool = new pg.Pool({ ...ownerConnection(address), max: 5 })
  pool.on('error', () => {}) // the server is killed in some tests
  return {
    database,
    owner: pool,
    address,
    url: `postgresql://${owner}@localhost:${port}/${name}?host=${encodeURIComponent(socketFolder)}`,
    close: async () => {
      await Promise.all([database.close(), pool.end()])
      await asAdmin(admin, `drop database if exists ${name} with (force)`)
    },
  }
}

async function asAdmin(address: DatabaseAddress, statement: string): Promise<void> {
  const client = new pg.Client(ownerConnection(address))
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
