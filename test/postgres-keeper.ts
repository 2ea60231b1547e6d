/** Starts test/fixtures/postgres-keeper.ts and listens to it. */
import { execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect } from 'vitest'

export interface Ready {
  readonly socketFolder: string
  readonly port: number
  readonly database: string
  readonly owner: string
  readonly pid: number
  readonly version: string
}
export interface Fault {
  readonly name: string
  readonly message: string
}

export interface Keeper {
  readonly pid: number
  /** The address, or the fault that kept it from starting. */
  readonly outcome: Promise<Ready | Fault>
  readonly log: readonly string[]
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

export interface KeeperOptions {
  readonly binDir?: string
  readonly uid?: number
  readonly checkout?: string
  readonly env?: Readonly<Record<string, string>>
}

const here = join(import.meta.dirname, '..')

export function startKeeper(folder: string, options: KeeperOptions = {}): Keeper {
  const { binDir, uid, checkout = here, env = {} } = options
  const script = join(checkout, 'test', 'fixtures', 'postgres-keeper.ts')
  const child = spawn(
    process.execPath,
    [script, folder, ...(binDir === undefined ? [] : [binDir])],
    {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: folder, ...env },
      ...(uid === undefined ? {} : { uid, gid: uid }),
    },
  )
  const outcome = Promise.withResolvers<Ready | Fault>()
  const ended = Promise.withResolvers<number | NodeJS.Signals>()
  const log: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as { ready?: Ready; fault?: Fault; log?: string }
    if (event.log !== undefined) log.push(event.log)
    const said = event.ready ?? event.fault
    if (said !== undefined) outcome.resolve(said)
  })
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  child.once('close', (code, signal) => {
    outcome.resolve({ name: 'Ended', message: log.join('\n') })
    ended.resolve(signal ?? code ?? 0)
  })
  return {
    pid: child.pid!,
    outcome: outcome.promise,
    log,
    ended: ended.promise,
    end: (signal) => {
      child.kill(signal)
      return ended.promise
    },
  }
}

export async function started(keeper: Keeper): Promise<Ready> {
  const outcome = await keeper.outcome
  if ('name' in outcome) throw new Error(`${outcome.name}: ${outcome.message}`)
  return outcome
}

export async function query<Row extends pg.QueryResultRow>(at: Ready, sql: string): Promise<Row[]> {
  const client = new pg.Client({ ...at, host: at.socketFolder, user: at.owner })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

export async function eventually<T>(ask: () => Promise<T>, tries = 200): Promise<T> {
  try {
    return await ask()
  } catch (fault) {
    if (tries === 0) throw fault
    await sleep(50)
    return eventually(ask, tries - 1)
  }
}

export function lives(pid: number): boolean {
  try {
    // One that has ended and is not yet buried (Z) does not count.
    return !String(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])).startsWith('Z')
  } catch {
    return false
  }
}

/** The server's process: the one child of the keeper. */
export function postmasterOf(keeper: Keeper): number {
  const children = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(keeper.pid)])
  const line = String(children)
    .split('\n')
    .find((text) => text.includes('postgres'))
  expect(line).toBeDefined()
  return Number.parseInt(line!, 10)
}
