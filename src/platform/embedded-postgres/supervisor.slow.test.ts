import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { debianBinDir } from '../../../test/postgres-debian.ts'
import {
  eventually,
  lives,
  postmasterOf,
  query,
  started,
  startKeeper,
  type Keeper,
  type KeeperOptions,
} from '../../../test/postgres-keeper.ts'
import { openDatabase } from '../database/open.ts'
import { removePostgres, startPostgres } from './index.ts'

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
    for (const time of [1, 2]) {
      process.kill(pid, 'SIGKILL')
      // oxlint-disable-next-line no-await-in-loop -- one death after the other
      pid = await eventually(async () => {
        const rows = await query(
          at,
          `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
        )
        expect(rows).toHaveLength(1)
        expect(await query(at, 'select answer from kept')).toEqual([{ answer: 42 }])
        expect(keeper.log.filter((line) => line.includes('running again'))).toHaveLength(time)
        return postmasterOf(keeper)
      })
    }
    expect(keeper.log.join('\n')).toContain('starting it again in 200 ms')
  })
})

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

test('a database that cannot be started again ends its bank with the reason', async () => {
  const keeper = start()
  const { pid } = await started(keeper)
  renameSync(join(folder(), 'cluster', 'global'), join(folder(), 'cluster', 'away'))
  process.kill(pid, 'SIGKILL')
  expect(await keeper.ended).toBe(1)
  expect(keeper.log.join('\n')).toContain('starting it again in 6400 ms')
  expect(keeper.log.at(-1)).toContain('the database cannot be kept running: ')
})

test('the bank outlives the death of its database and goes on with the next one', async () => {
  const postgres = await startPostgres({ folder: folder(), log: () => {} })
  const database = await openDatabase({ address: postgres.address })
  const number = sql<{ number: number }>`select 1 as number`
  try {
    const cut = database.asBank(async (tx) => {
      await number.execute(tx)
      process.kill(postgres.pid()!, 'SIGKILL')
      await eventually(async () => expect(await database.answers()).toBe(false))
      await number.execute(tx)
    })
    await expect(cut).rejects.toThrow()
    await eventually(async () => expect(await database.answers()).toBe(true))
    const { rows } = await database.asBank((tx) => number.execute(tx))
    expect(rows).toEqual([{ number: 1 }])
  } finally {
    await database.close()
    await postgres.stop()
  }
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
