/** Starts a real bank of its own for the journeys: `node src/main.ts` on a new data folder. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { removePostgres } from '../../src/platform/embedded-postgres/index.ts'

const house = resolve(import.meta.dirname, '../..')

export interface OpenBank {
  readonly address: string
  readonly deviceAddress: string // the software token
  readonly entryAddress: string // 電子証明書ログイン
  readonly dataDir: string
  readonly logins: readonly Record<string, string>[]
  close(): Promise<void>
}

/** @throws with what the bank said, when it does not open within a minute and a half */
export async function openBank(): Promise<OpenBank> {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-journey-'))
  const [port, devicePort, entryPort] = [await freePort(), await freePort(), await freePort()]
  const address = `http://localhost:${port}`
  const deviceAddress = `http://localhost:${devicePort}`
  const entryAddress = `https://localhost:${entryPort}`
  const { DATABASE_URL: _, PUBLIC_ORIGIN: __, ...environment } = process.env
  const bank = spawn('node', ['src/main.ts'], {
    cwd: house,
    env: {
      ...{ ...environment, DATA_DIR: dataDir, LOG_LEVEL: 'warn', PORT: String(port) },
      ...{ DEVICE_PORT: String(devicePort), CERT_PORT: String(entryPort) },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [bank.stdout, bank.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  }
  const ended = new Promise<void>((done) => bank.once('exit', () => done()))
  const close = async () => {
    bank.kill('SIGTERM')
    await ended
    await removePostgres(join(dataDir, 'postgres'))
    rmSync(dataDir, { recursive: true, force: true })
  }

  for (let tries = 0; tries < 450; tries += 1) {
    if (await isReady(address)) {
      const file = join(dataDir, 'demo-logins.json')
      const addresses = { address, deviceAddress, entryAddress }
      return { ...addresses, dataDir, logins: JSON.parse(readFileSync(file, 'utf8')), close }
    }
    if (bank.exitCode !== null) break
    await new Promise((again) => setTimeout(again, 200))
  }
  await close()
  throw new Error(`the bank did not open:\n${said}`)
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/readyz`)).ok
  } catch {
    return false // nobody listens yet
  }
}

function freePort(): Promise<number> {
  const { promise, resolve: found, reject } = Promise.withResolvers<number>()
  const server = createServer()
  server.once('error', reject)
  server.listen(0, 'localhost', () => {
    const { port } = server.address() as { port: number }
    server.close(() => found(port))
  })
  return promise
}
