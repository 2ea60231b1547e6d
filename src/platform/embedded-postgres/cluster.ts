/** The data folder of PostgreSQL: made once, and opened only by the major version that made it. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import type { Places } from './places.ts'

export const owner = 'madoguchi_owner'

/** The programs need nothing of our environment, and a PGDATA or LC_ALL in it would mislead them. */
export const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Without the lock on the folder this may not be called. @returns true when it was made now */
export async function prepareCluster(places: Places, binaries: Binaries): Promise<boolean> {
  if (existsSync(places.cluster)) {
    refuseOtherMajor(places.cluster, binaries)
    return false
  }
  for (const name of readdirSync(places.root)) {
    if (name.startsWith(unfinished)) rmSync(join(places.root, name), { recursive: true })
  }
  // Made under another name, so that a first start that was interrupted leaves nothing half made.
  const making = join(places.root, `${unfinished}${process.pid}`)
  await initialize(making, places, binaries)
  renameSync(making, places.cluster)
  return true
}

const unfinished = 'unfinished-'

/** The folder was made by another major version of PostgreSQL. */
export class OtherMajor extends Error {
  override readonly name = 'OtherMajor'
}

function refuseOtherMajor(cluster: string, { major, postgres }: Binaries): void {
  const file = join(cluster, 'PG_VERSION')
  if (!existsSync(file)) {
    throw new Error(`${cluster} is not a data folder of PostgreSQL: it has no PG_VERSION`)
  }
  const made = readFileSync(file, 'utf8').trim()
  if (made === String(major)) return
  throw new OtherMajor(
    `The data in ${cluster} was made by PostgreSQL ${made}, but ${postgres} is version ${major}. ` +
      `Nothing was changed. Start with PG_BIN_DIR naming the bin folder of a PostgreSQL ${made}, ` +
      'or move the data with pg_dump and pg_restore.',
  )
}

async function initialize(folder: string, places: Places, { initdb, major }: Binaries) {
  const locale = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C'] : []
  const checksums = '--data-checksums'
  // `trust`, because only the server's user can walk into the folder of the only socket.
  const options = ['--no-locale', '--encoding=UTF8', checksums, '--auth=trust', ...locale]
  try {
    await promisify(execFile)(initdb, ['-D', folder, '-U', owner, ...options], {
      ...places.identity,
      cwd: places.root,
      env: environment,
    })
  } catch (fault) {
    rmSync(folder, { recursive: true, force: true })
    const { stderr, message } = fault as { stderr?: string; message: string }
    throw new Error(`initdb failed: ${stderr?.trim() || message}`, { cause: fault })
  }
}

/** What the server is started with, over whatever its own files say. */
export function settings(
  places: Places,
  more: Readonly<Record<string, string>> = {},
): readonly string[] {
  const all = {
    listen_addresses: '',
    unix_socket_directories: places.socket,
    unix_socket_permissions: '0700',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    shared_buffers: '128MB',
    max_connections: '100',
    max_wal_size: '512MB', // bounds the recovery after a crash to seconds
    checkpoint_timeout: '5min',
    jit: 'off',
    ...more,
    ...durable,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** What an acknowledged commit rests on. Asked of the running server at every start. */
export const durable = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' } as const
