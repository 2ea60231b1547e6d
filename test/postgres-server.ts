/**
 * Starts one PostgreSQL for a whole run of database tests and builds the template from which
 * every test gets its own database. vitest.config.ts calls it once per project.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { allMigrations } from '#platform/database/migrations.ts'
import { migrateAsOwner } from '#platform/database/open.ts'
import { removePostgres, startPostgres } from '#platform/embedded-postgres/index.ts'

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
  const folder = mkdtempSync('/tmp/mdg-')
  chmodSync(folder, 0o711) // under root the server is another user
  const data = join(folder, 'postgres')
  const postgres = await startPostgres({
    folder: data,
    binDir,
    database: template,
    settings: { shared_buffers: '64MB' },
    log: () => {},
  })
  const stop = async () => {
    await postgres.stop()
    await removePostgres(data)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await migrateAsOwner(postgres.address, () => {}, await wantedMigrations())
    const { socketFolder, port, owner } = postgres.address
    project.provide('postgres', { socketFolder, port, owner, version: postgres.version })
  } catch (fault) {
    await stop()
    throw fault
  }
  return stop
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
