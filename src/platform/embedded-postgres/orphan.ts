/**
 * A postmaster outlives the bank process that was killed without warning. The next start stops
 * it and starts its own: a child whose end it hears of and whose messages reach the log.
 */
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** @returns the process id of the postmaster that was stopped, or null when none was running */
export async function stopOrphan(cluster: string): Promise<number | null> {
  const pidFile = join(cluster, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0])
  if (!runsOn(pid, cluster)) {
    if (isTaken(pid)) disown(pidFile)
    return null
  }
  await stopPostmaster(pid, () => runsOn(pid, cluster))
  return pid
}

/**
 * PostgreSQL believes in the file as long as any process of its user has the number, unless that
 * process is its own parent: us. The file itself must stay, for its last lines are how a new
 * postmaster finds out that processes of the old one still hold the shared memory.
 */
function disown(pidFile: string): void {
  const file = openSync(pidFile, constants.O_RDWR | constants.O_NOFOLLOW)
  try {
    const [, ...rest] = readFileSync(file, 'utf8').split('\n')
    ftruncateSync(file)
    writeSync(file, [process.pid, ...rest].join('\n'), 0)
  } finally {
    closeSync(file)
  }
}

function isTaken(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Fast shutdown; after half a minute the immediate one, after which the next start recovers. */
export async function stopPostmaster(pid: number, isAlive: () => boolean): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    // Of a process that has ended, the number may be somebody else's by now.
    if (isAlive()) kill(pid, signal)
    const patience = performance.now() + 30_000
    while (isAlive() && performance.now() < patience) {
      // oxlint-disable-next-line no-await-in-loop -- waiting is the point
      await sleep(10)
    }
    if (!isAlive()) return
  }
  throw new Error(`the database (pid ${pid}) does not stop`)
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault
  }
}

/** A postmaster works in its data folder: that tells it from a process that inherited its number. */
function runsOn(pid: number, cluster: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === cluster
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres') && command.includes(cluster)
  } catch {
    return false
  }
}
