/**
 * Starts one PostgreSQL for a whole run of database tests and builds the template from which
 * every test gets its own database. vitest.config.ts calls it once per project.
 */
import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateAsOwner } from '#platform/database/open.ts'
import { ownerConnection } from '#platform/database/address.ts'
import { allMigrations } from '#platform/database/migrations.ts'
import { findBinaries } from '#platform/embedded-postgres/binaries.ts'
import { serverIdentity } from '#platform/embedded-postgres/identity.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer
  }
}

export interface TestServer {
  readonly socketFolder: string
  readonly port: number
  readonly owner: string
  readonly version: string
}

export const template = 'madoguchi_template'

export async function startForProject(project: TestProject, binDir?: string) {
  const identity = serverIdentity()
  const binaries = await findBinaries({ binDir, identity })
  const folder = mkdtempSync('/tmp/mdg-')
  if (identity !== null) chownSync(folder, identity.uid, identity.gid)
  const data = join(folder, 'data')
  const as = { cwd: folder, ...identity, env: { LC_ALL: 'C', PATH: process.env['PATH'] } }
  const locale = binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C'] : []
  await promisify(execFile)(
    binaries.initdb,
    [
      '-D',
      data,
      '-U',
      'madoguchi_owner',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '-k',
      '-N',
    ].concat(locale),
    as,
  )
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    shared_buffers: '64MB',
    max_connections: '100',
  }
  const server = spawn(
    binaries.postgres,
    [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...as, stdio: 'ignore' },
  )
  const stop = async () => {
    const ended = new Promise((done) => server.once('exit', done))
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const address = { socketFolder: folder, port: 5432, owner: 'madoguchi_owner' }
    await makeTemplate(address)
    project.provide('postgres', { ...address, version: binaries.version })
  } catch (fault) {
    await stop()
    throw fault
  }
  return stop
}

async function makeTemplate(server: { socketFolder: string; port: number; owner: string }) {
  const admin = await connectWhenReady({ ...server, database: 'postgres' })
  await admin.query(`create database ${template}`)
  await admin.end()
  await migrateAsOwner({ ...server, database: template }, () => {}, await wantedMigrations())
}

/**
 * All, or those of the capabilities in TEST_MIGRATIONS (comma-separated): lets one capability be
 * worked on while another's migration is half written.
 */
async function wantedMigrations() {
  const only = process.env['TEST_MIGRATIONS']?.split(',')
  const all = await allMigrations()
  return all.filter(({ name }) => only === undefined || only.includes(dirname(name)))
}

async function connectWhenReady(
  address: Parameters<typeof ownerConnection>[0],
  tries = 100,
): Promise<pg.Client> {
  const client = new pg.Client(ownerConnection(address))
  try {
    await client.connect()
    return client
  } catch (fault) {
    if (tries === 0) throw fault
    await new Promise((again) => setTimeout(again, 100))
    return connectWhenReady(address, tries - 1)
  }
}
