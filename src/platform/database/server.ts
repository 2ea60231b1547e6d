/**
 * Which PostgreSQL server: the bank's own by DATABASE_URL, else the built-in one, whose life is
 * then tied to this process.
 */
import { join } from 'node:path'
import type { Config } from '#platform/config.ts'
import { addressOfRunning, FolderInUse, startPostgres } from '#platform/embedded-postgres/index.ts'
import type { Log } from '#platform/log.ts'
import type { DatabaseAddress } from './address.ts'

export interface DatabaseServer {
  readonly address: DatabaseAddress
  /** Fulfilled when the server died and could not be started again. */
  readonly failed: Promise<Error>
  stop(): Promise<void>
}

export interface OpenServer {
  readonly config: Pick<Config, 'databaseUrl' | 'databaseAppUrl' | 'dataDir' | 'pgBinDir'>
  readonly log: Log
  /** Tells the terminal how far it is. */
  readonly say: (line: string) => void
  /** True for a command that may work beside a running bank, on its server. */
  readonly beside?: boolean
}

const never = new Promise<never>(() => {})

/** @throws Error in a sentence for the operator */
export async function openServer({
  config,
  log,
  say,
  beside,
}: OpenServer): Promise<DatabaseServer> {
  if (config.databaseUrl !== null) {
    const { databaseUrl: url, databaseAppUrl: appUrl } = config
    const address = appUrl === null ? { url } : { url, appUrl }
    return { address, failed: never, stop: async () => {} }
  }

  const folder = join(config.dataDir, 'postgres')
  try {
    const postgres = await startPostgres({
      folder,
      ...(config.pgBinDir !== null && { binDir: config.pgBinDir }),
      log: (message) => log.info({ from: 'postgres' }, message),
    })
    if (!beside) say(`PostgreSQL ${postgres.version} is running in ${folder}`)
    return postgres
  } catch (fault) {
    if (!beside || !(fault instanceof FolderInUse)) throw fault
    return { address: addressOfRunning(folder), failed: never, stop: async () => {} }
  }
}
