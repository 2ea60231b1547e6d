/** One run of the server, from its start to its end. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Binaries } from './binaries.ts'
import { durable, environment, owner, settings } from './cluster.ts'
import { stopPostmaster } from './orphan.ts'
import { port, type Places } from './places.ts'

export interface Postmaster {
  readonly pid: number
  /** Fulfilled when the process has ended, for whatever reason. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

export interface Run {
  readonly places: Places
  readonly binaries: Binaries
  readonly settings: Readonly<Record<string, string>>
  readonly log: (message: string) => void
}

/** @returns when the server answers. @throws Error with its last words when it ends before */
export async function runPostmaster(run: Run): Promise<Postmaster> {
  const { places, binaries } = run
  const child = spawn(
    binaries.postgres,
    ['-D', places.cluster, ...settings(places, run.settings)],
    {
      ...places.identity,
      cwd: places.root,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true, // Ctrl-C is for us: we end our work first and stop the server last
    },
  )
  const lastWords = follow(child, run.log)
  const ended = end(child)
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const stop = () =>
    child.pid === undefined ? Promise.resolve() : stopPostmaster(child.pid, isAlive)
  try {
    await answering(places, ended, isAlive, lastWords)
    await assertDurable(places)
  } catch (fault) {
    await stop()
    throw fault
  }
  return { pid: child.pid!, ended, stop }
}

/** Hands the server's messages to the log. @returns its latest lines */
function follow(child: ChildProcess, log: (message: string) => void): readonly string[] {
  const latest: string[] = []
  createInterface({ input: child.stderr! }).on('line', (line) => {
    latest.push(line)
    if (latest.length > 10) latest.shift()
    log(line)
  })
  return latest
}

function end(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  child.once('error', (fault) => resolve(fault.message))
  child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  return promise
}

/** Asks until the server answers; a recovery after a crash may take its time. */
async function answering(
  places: Places,
  ended: Promise<string>,
  isAlive: () => boolean,
  lastWords: readonly string[],
): Promise<void> {
  let gone: string | null = null
  void ended.then((reason) => (gone = reason))
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- waiting is the point
    if (await answers(places)) return
    // oxlint-disable-next-line no-await-in-loop -- waiting is the point
    await sleep(20)
    if (gone !== null || !isAlive()) {
      throw new Error(`the database did not start (${gone}): ${lastWords.join(' | ')}`)
    }
  }
}

async function answers(places: Places): Promise<boolean> {
  try {
    const client = await connectAsOwner(places, 'postgres')
    await client.end()
    return true
  } catch {
    return false
  }
}

export async function connectAsOwner(places: Places, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host: places.socket, port, user: owner, database })
  client.on('error', () => {}) // told by the next query
  await client.connect()
  return client
}

/** The running server itself is asked, not the settings it was given. */
async function assertDurable(places: Places): Promise<void> {
  const client = await connectAsOwner(places, 'postgres')
  try {
    const wanted: Record<string, string> = {
      ...durable,
      data_checksums: 'on',
      server_encoding: 'UTF8',
    }
    const { rows } = await client.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1)',
      [Object.keys(wanted)],
    )
    const found = new Map(rows.map(({ name, setting }) => [name, setting]))
    const wrong = Object.entries(wanted).filter(([name, value]) => found.get(name) !== value)
    if (wrong.length === 0) return
    const words = wrong.map(([name, value]) => `${name} is ${found.get(name)}, not ${value}`)
    throw new Error(`the database would not keep what it acknowledges: ${words.join(', ')}`)
  } finally {
    await client.end()
  }
}
