/**
 * A PostgreSQL of one's own, apart from the run's server: for tests that kill it and for
 * measurements that must not share it. Durable as in production.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { ownerConnection, type DatabaseAddress } from '#platform/database/address.ts'
import { migrateAsOwner } from '#platform/database/open.ts'
import { findBinaries } from '#platform/embedded-postgres/binaries.ts'
import { serverIdentity } from '#platform/embedded-postgres/identity.ts'

const owner = 'madoguchi_owner'
const port = 5432

export interface OwnPostgres {
  readonly version: string
  readonly socketFolder: string
  readonly port: number
  readonly owner: string
  /** A new database with all migrations applied. */
  newDatabase(name: string): Promise<DatabaseAddress>
  start(): Promise<void>
  /** SIGKILL, as a power cut would: nothing is flushed, nobody is told. */
  kill(): Promise<void>
  /** Ends it and removes everything. */
  remove(): Promise<void>
}

export async function ownPostgres(
  settings: Readonly<Record<string, string>>,
): Promise<OwnPostgres> {
  const identity = serverIdentity()
  const binaries = await findBinaries({ identity })
  const folder = mkdtempSync(join(tmpdir(), 'mdg-own-'))
  if (identity !== null) chownSync(folder, identity.uid, identity.gid)
  const data = join(folder, 'data')
  const as = { cwd: folder, ...identity, env: { LC_ALL: 'C', PATH: process.env['PATH'] } }
  await promisify(execFile)(
    binaries.initdb,
    ['-D', data, '-U', owner, '-A', 'trust', '-E', 'UTF8', '--locale=C', '-k', '-N'],
    as,
  )
  const all = { ...settings, listen_addresses: '', unix_socket_directories: folder, fsync: 'on' }
  const given = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let server: ChildProcess | null = null

  function spawnServer(): ChildProcess {
    const one = spawn(binaries.postgres, ['-D', data, ...given], { ...as, stdio: 'ignore' })
    // The children of a killed server hold its memory for a moment; a new one leaves meanwhile.
    one.once('exit', () => {
      if (server === one) server = null
    })
    return one
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server === null) return
    const gone = new Promise((done) => server!.once('exit', done))
    server.kill(signal)
    await gone
    server = null
  }
  const address = (database: string) => ({ socketFolder: folder, port, database, owner })

  return {
    version: binaries.version,
    socketFolder: folder,
    port,
    owner,
    async start() {
      const givenUpAt = performance.now() + 60_000
      while (performance.now() < givenUpAt) {
        server ??= spawnServer()
        // oxlint-disable-next-line no-await-in-loop -- one try after the other
        if (await answers(address('postgres'))) return
        // oxlint-disable-next-line no-await-in-loop -- as above
        await new Promise((again) => setTimeout(again, 50))
      }
      throw new Error('the PostgreSQL of this run did not start')
    },
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
    async newDatabase(name) {
      const admin = new pg.Client(ownerConnection(address('postgres')))
      await admin.connect()
      await admin.query(`create database ${name}`).finally(() => admin.end())
      await migrateAsOwner(address(name), () => {})
      return address(name)
    },
  }
}

async function answers(address: DatabaseAddress): Promise<boolean> {
  const client = new pg.Client({ ...ownerConnection(address), connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
