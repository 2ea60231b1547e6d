/** How the scripts run other programs, and how they count what these report. */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export const house = resolve(import.meta.dirname, '..')

/** Reports of the last run; not in the repository. */
export const reports = join(house, '.cache', 'reports')

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export interface Ended {
  readonly ok: boolean
  readonly output: string
  readonly seconds: number
}

interface How {
  /** `shown` as it comes; `kept` for the caller, who shows it when it matters. */
  readonly output: 'shown' | 'kept'
  readonly env?: Readonly<Record<string, string>>
}

/** A tool of node_modules/.bin, or any program of the machine. */
export async function run(program: string, args: readonly string[], how: How): Promise<Ended> {
  const started = performance.now()
  const child = spawn(program, args, {
    cwd: house,
    env: { ...process.env, NO_COLOR: '1', ...how.env },
    stdio: how.output === 'shown' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ok = await new Promise<boolean>((done) => {
    child.on('error', (fault) => {
      output += `${program} cannot be started: ${fault.message}\n`
      done(false)
    })
    child.on('close', (code) => done(code === 0))
  })
  return { ok, output, seconds: Math.round((performance.now() - started) / 100) / 10 }
}

/** The place for a report, with last run's report gone: what is not written was not measured. */
export function freshReport(name: string): string {
  const file = join(reports, name)
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
  return file
}

export function sum(all: readonly Counts[]): Counts {
  const add = (one: Counts, other: Counts): Counts => ({
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  })
  return all.reduce(add, { passed: 0, failed: 0, skipped: 0 })
}

export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
