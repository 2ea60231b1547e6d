/** A bank as `npm start` opens it, in a process and a data folder of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { removePostgres } from '#platform/embedded-postgres/index.ts'
import { buildWeb } from '../../scripts/build-web.ts'

const root = resolve(import.meta.dirname, '../..')

export interface House {
  readonly address: string
  /** @returns milliseconds from the start of the process until the login page was answered */
  open(): Promise<number>
  close(): Promise<void>
  /** Also from the disk. */
  remove(): Promise<void>
  login(loginId: string): Login
}

export interface Login {
  readonly loginId: string
  readonly loginPassword: string
}

/** Its first opening makes the database and the demo world. */
export async function newHouse(): Promise<House> {
  await buildWeb()
  const dataDir = mkdtempSync(join(tmpdir(), 'mdg-bench-'))
  const port = String(await freePort())
  const others = { DEVICE_PORT: String(await freePort()), CERT_PORT: String(await freePort()) }
  const address = `http://localhost:${port}`
  const { DATABASE_URL: _, PUBLIC_ORIGIN: __, ...environment } = process.env
  const env = { ...environment, DATA_DIR: dataDir, PORT: port, ...others, LOG_LEVEL: 'warn' }
  let close = async () => {}

  return {
    address,
    close: () => close(),
    async open() {
      const start = performance.now()
      const bank = spawn(process.execPath, ['src/main.ts'], { cwd: root, env, stdio: 'ignore' })
      const ended = new Promise<void>((done) => bank.once('exit', () => done()))
      close = async () => {
        bank.kill('SIGTERM')
        await ended
      }
      while (bank.exitCode === null && performance.now() - start < 90_000) {
        // oxlint-disable no-await-in-loop -- until it answers
        if (await answers(`${address}/login`)) return performance.now() - start
        await new Promise((again) => setTimeout(again, 10))
        // oxlint-enable no-await-in-loop
      }
      throw new Error('the bank did not open')
    },
    async remove() {
      await close()
      await removePostgres(join(dataDir, 'postgres'))
      rmSync(dataDir, { recursive: true, force: true })
    },
    login(loginId) {
      const text = readFileSync(join(dataDir, 'demo-logins.json'), 'utf8')
      return (JSON.parse(text) as Login[]).find((login) => login.loginId === loginId)!
    },
  }
}

async function answers(page: string): Promise<boolean> {
  try {
    const answer = await fetch(page, { headers: { accept: 'text/html' } })
    await answer.text()
    return answer.ok
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
