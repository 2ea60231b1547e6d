/** Starts test/fixtures/postgres-keeper.ts and listens to it. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

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
