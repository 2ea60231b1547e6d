/**
 * TPC-B, the yardstick: pgbench's built-in transaction, scale 10, 16 clients, prepared statements.
 * Where pgbench is not installed the same script is driven from Node; the table says which.
 */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { OwnPostgres } from '../own-postgres.ts'

const scale = 10
const clients = 16

export interface Tpcb {
  readonly driver: 'pgbench' | 'TPC-B from Node'
  /** @returns transactions per second */
  run(seconds: number): Promise<number>
}

export async function prepareTpcb(server: OwnPostgres): Promise<Tpcb> {
  const connection = { host: server.socketFolder, port: server.port, user: server.owner }
  const database = 'postgres'
  const pgbench = findPgbench()
  if (pgbench === null) return tpcbFromNode({ ...connection, database })

  const env = { ...process.env, PGHOST: server.socketFolder, PGPORT: String(server.port) }
  const call = async (...given: string[]) =>
    (await promisify(execFile)(pgbench, ['-U', server.owner, ...given, database], { env })).stdout
  await call('-i', '-q', '-s', String(scale))
  return {
    driver: 'pgbench',
    async run(seconds) {
      const told = await call('-M', 'prepared', '-c', `${clients}`, '-j', '2', '-T', `${seconds}`)
      const found = /tps = ([\d.]+)/.exec(told)
      if (found === null) throw new Error(`pgbench told no figure: ${told}`)
      return Number(found[1])
    },
  }
}

function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql'
  const majors = existsSync(debian) ? readdirSync(debian).toSorted().toReversed() : []
  const folders = [
    ...majors.map((major) => join(debian, major, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ]
  const folder = folders.find((each) => existsSync(join(each, 'pgbench')))
  return folder === undefined ? null : join(folder, 'pgbench')
}

async function tpcbFromNode(connection: pg.ClientConfig): Promise<Tpcb> {
  const admin = new pg.Client(connection)
  await admin.connect()
  await admin.query(
    `
    create table pgbench_branches (bid int primary key, bbalance int, filler char(88))
      with (fillfactor = 100);
    create table pgbench_tellers (tid int primary key, bid int, tbalance int, filler char(84));
    create table pgbench_accounts (aid int primary key, bid int, abalance int, filler char(84));
    create table pgbench_history
      (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    insert into pgbench_branches select n, 0 from generate_series(1, ${scale}) n;
    insert into pgbench_tellers select n, (n - 1) / 10 + 1, 0 from generate_series(1, ${scale * 10}) n;
    insert into pgbench_accounts
      select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${scale * 100_000}) n;
    vacuum analyze`.replace(/;\s*vacuum analyze/, ''),
  )
  await admin.query('vacuum analyze')
  await admin.end()
  return {
    driver: 'TPC-B from Node',
    async run(seconds) {
      const until = performance.now() + seconds * 1_000
      const counts = await Promise.all(
        Array.from({ length: clients }, () => tpcbClient(connection, until)),
      )
      return counts.reduce((sum, count) => sum + count, 0) / seconds
    },
  }
}

async function tpcbClient(connection: pg.ClientConfig, until: number): Promise<number> {
  const client = new pg.Client(connection)
  await client.connect()
  const random = (max: number) => 1 + Math.floor(Math.random() * max)
  let count = 0
  for (; performance.now() < until; count++) {
    const [aid, tid, bid] = [random(100_000 * scale), random(10 * scale), random(scale)]
    const delta = random(10_001) - 5_001
    const steps: [string, string, number[]][] = [
      ['a', 'update pgbench_accounts set abalance = abalance + $1 where aid = $2', [delta, aid]],
      ['s', 'select abalance from pgbench_accounts where aid = $1', [aid]],
      ['t', 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2', [delta, tid]],
      ['b', 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2', [delta, bid]],
      [
        'h',
        'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, now())',
        [tid, bid, aid, delta],
      ],
    ]
    // oxlint-disable no-await-in-loop -- the yardstick is an interactive transaction
    await client.query('begin')
    for (const [name, text, values] of steps) await client.query({ name, text, values })
    await client.query('commit')
    // oxlint-enable no-await-in-loop
  }
  await client.end()
  return count
}
