/** The first start of a whole bank, told to leave before it is open. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removePostgres } from '#platform/embedded-postgres/index.ts'

let dataDir: string
let bank: ChildProcess | null = null

beforeEach(() => {
  dataDir = mkdtempSync('/tmp/mdg-')
  chmodSync(dataDir, 0o711)
})
afterEach(async () => {
  bank?.kill('SIGKILL')
  await removePostgres(join(dataDir, 'postgres'))
  rmSync(dataDir, { recursive: true, force: true })
})

test.each([
  ['while its database is being made', null],
  ['while the demo world is being made', 'books: '],
])('a first start that gets SIGTERM %s leaves no server behind', async (_when, said) => {
  const { code, output } = await startedAndTold(said)
  expect(code, output).toBe(0)
  expect(output).not.toContain('is open')
  expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid')), output).toBe(false)
})

/** @param until what the bank has said when it is told to leave; null: its first sign of life */
async function startedAndTold(
  until: string | null,
): Promise<{ code: number | null; output: string }> {
  const { PATH, HOME } = process.env
  const ports = { PORT: '0', DEVICE_PORT: '0', CERT_PORT: '0' }
  const env = { PATH, HOME, DATA_DIR: dataDir, ...ports }
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  bank = child
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const gone = new Promise<number | null>((done) => child.once('exit', done))
  const ready = () =>
    until === null ? existsSync(join(dataDir, 'postgres')) : output.includes(until)
  while (!ready() && child.exitCode === null) {
    // oxlint-disable-next-line no-await-in-loop -- waiting is the point
    await new Promise((again) => setTimeout(again, 20))
  }
  child.kill('SIGTERM')
  return { code: await gone, output }
}
