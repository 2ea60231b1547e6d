/**
 * Keeps one PostgreSQL running for the life of the bank process: takes the folder, stops what a
 * killed predecessor left behind, starts the server, starts it again when it dies, stops it at
 * the end.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { owner, prepareCluster } from './cluster.ts'
import { takeLock, type Lock } from './lock.ts'
import { kill, stopOrphan } from './orphan.ts'
import { port, preparePlaces, type Places } from './places.ts'
import { connectAsOwner, runPostmaster, type Postmaster, type Run } from './postmaster.ts'

export interface EmbeddedPostgres {
  /** For `openDatabase`. */
  readonly address: {
    readonly socketFolder: string
    readonly port: number
    readonly database: string
    readonly owner: string
  }
  readonly version: string
  /** True when the data folder was made by this start. */
  readonly isNew: boolean
  /** Of the server now running; null while it is being started again. */
  pid(): number | null
  /** Fulfilled when the server died and could not be started again; the process should end. */
  readonly failed: Promise<Error>
  /** Fast shutdown: running transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>
}

export interface StartPostgres {
  /** Usually `<DATA_DIR>/postgres`; see places.ts. */
  readonly folder: string
  /** PG_BIN_DIR: the bin folder of another build. */
  readonly binDir?: string | undefined
  readonly log: (message: string) => void
  /** More settings by name, e.g. `shared_buffers`. Durability cannot be set off. */
  readonly settings?: Readonly<Record<string, string>>
  readonly database?: string
}

/** How long to wait before each new start. After the last one in a row that failed, we give up. */
const backoff = [100, 200, 400, 800, 1_600, 3_200, 6_400]

/** A server that ran this long was healthy: the next pause is the shortest again. */
const healthyAfter = 10_000

/** Deaths of a server that does start never make anybody wait longer than this. */
const longestPauseAfterDeath = backoff.indexOf(1_600)

/** @throws FolderInUse, OtherMajor or another Error in a sentence for the operator */
export async function startPostgres(options: StartPostgres): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') {
    throw new Error('The built-in database runs on Linux and macOS. Set DATABASE_URL instead.')
  }
  const places = preparePlaces(options.folder)
  const binaries = await findBinaries({ binDir: options.binDir, identity: places.identity })
  const lock = await takeLock(places.socket, options.folder)
  try {
    const isNew = await prepareCluster(places, binaries)
    const orphan = await stopOrphan(places.cluster)
    if (orphan !== null) options.log(`stopped a database left running by a killed bank (${orphan})`)

    const run = { places, binaries, settings: options.settings ?? {}, log: options.log }
    const database = options.database ?? 'madoguchi'
    const first = await startPatiently(run)
    await createDatabase(places, database).catch((fault) =>
      first.stop().then(() => Promise.reject(fault)),
    )
    return {
      address: { socketFolder: places.socket, port, database, owner },
      version: binaries.version,
      isNew,
      ...supervise(run, first, lock),
    }
  } catch (fault) {
    await lock.release()
    throw fault
  }
}

/** Of the server that another process of ours runs on that folder. */
export function addressOfRunning(
  folder: string,
  database = 'madoguchi',
): EmbeddedPostgres['address'] {
  return { socketFolder: preparePlaces(folder).socket, port, database, owner }
}

/**
 * The processes of a killed postmaster may hold its shared memory for a moment, and the new one
 * refuses to start until they are gone.
 */
async function startPatiently(run: Run, failures = 0): Promise<Postmaster> {
  try {
    return await runPostmaster(run)
  } catch (fault) {
    const pause = backoff[failures]
    if (pause === undefined || !/shared memory block|lock file/.test(String(fault))) throw fault
    await sleep(pause)
    return startPatiently(run, failures + 1)
  }
}

async function createDatabase(places: Places, name: string): Promise<void> {
  const client = await connectAsOwner(places, 'postgres')
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

function supervise(run: Run, first: Postmaster, lock: Lock) {
  const failed = Promise.withResolvers<Error>()
  const stopping = new AbortController()
  let current: Postmaster | null = first
  // Leaving without a stop (an uncaught fault) must not leave the server behind.
  const onExit = () => {
    if (current !== null) kill(current.pid, 'SIGINT')
  }
  process.once('exit', onExit)

  const watching = keepRunning(first, run, stopping.signal, (postmaster) => (current = postmaster))
  void watching.catch((fault) => failed.resolve(fault))
  return {
    pid: () => current?.pid ?? null,
    failed: failed.promise,
    stop: async () => {
      stopping.abort()
      await current?.stop()
      await watching.catch(() => {})
      process.off('exit', onExit)
      await lock.release()
    },
  }
}

async function keepRunning(
  first: Postmaster,
  run: Run,
  stopping: AbortSignal,
  becomes: (postmaster: Postmaster | null) => void,
): Promise<void> {
  let running = first
  let shortLives = 0
  for (;;) {
    const since = performance.now()
    // oxlint-disable no-await-in-loop -- one life of the server after the other
    const reason = await running.ended
    becomes(null)
    if (stopping.aborted) return
    if (performance.now() - since > healthyAfter) shortLives = 0

    const pauses = backoff.slice(Math.min(shortLives, longestPauseAfterDeath))
    const next = await startAgain(run, stopping, reason, pauses)
    if (next === null) return
    becomes(next)
    running = next
    shortLives += 1
    if (stopping.aborted) await running.stop()
    // oxlint-enable no-await-in-loop
  }
}

/** @returns null when we were told to stop meanwhile. @throws Error when no start succeeded */
async function startAgain(
  run: Run,
  stopping: AbortSignal,
  reason: string,
  pauses: readonly number[],
): Promise<Postmaster | null> {
  let why = reason
  for (const pause of pauses) {
    run.log(`the database ended (${why}); starting it again in ${pause} ms`)
    // oxlint-disable no-await-in-loop -- one try after the other
    await sleep(pause, undefined, { signal: stopping }).catch(() => {})
    if (stopping.aborted) return null
    try {
      await stopOrphan(run.places.cluster)
      const postmaster = await runPostmaster(run)
      run.log('the database is running again')
      return postmaster
    } catch (fault) {
      why = (fault as Error).message
    }
    // oxlint-enable no-await-in-loop
  }
  throw new Error(`the database cannot be kept running: ${why}`)
}
