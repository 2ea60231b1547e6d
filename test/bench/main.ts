/**
 * npm run bench: what the bank reaches, as ratios to a yardstick measured in the same minutes on
 * the same server (design §7). Starts a server of its own, prints a table, writes bench.json.
 *
 *   --seconds=N   of each timed run (5)         --callers=N   who post at once (1000)
 *   --entries=N   of the large statement (1,000,000), --full for 10,000,000
 *   --only=NAME   one of measures.ts            --out=FILE    (bench.json)
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { ownPostgres, type OwnPostgres } from '../own-postgres.ts'
import { passes, type Figure } from './measure.ts'
import { measures } from './measures.ts'

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    callers: { type: 'string', default: '1000' },
    entries: { type: 'string', default: '1000000' },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string', default: 'bench.json' },
  },
})
const settings = {
  seconds: Number(flags.seconds),
  callers: Number(flags.callers),
  entries: flags.full ? 10_000_000 : Number(flags.entries),
}
const say = (line: string) => process.stderr.write(`${line}\n`)

const startedAt = performance.now()
const server = await ownPostgres({
  shared_buffers: '512MB',
  min_wal_size: '1GB', // files of the WAL are kept for use again: see bulk.ts
  max_wal_size: '4GB', // no checkpoint in the middle of a comparison
  max_connections: '100',
})
try {
  await server.start()
  const durability = await durabilityOf(server)
  const figures: Figure[] = []
  for (const measure of measures) {
    if (flags.only !== undefined && flags.only !== measure.name) continue
    // oxlint-disable-next-line no-await-in-loop -- each has the machine to itself
    figures.push(...(await measure.run({ server, settings, say })))
  }
  report(figures, durability)
} finally {
  await server.remove()
}

async function durabilityOf({ socketFolder, port, owner }: OwnPostgres) {
  const client = new pg.Client({ host: socketFolder, port, user: owner, database: 'postgres' })
  await client.connect()
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')`,
  )
  await client.end()
  const found = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    if (found[name] !== 'on')
      throw new Error(`${name} is ${found[name]}: figures would mean nothing`)
  }
  return found
}

function report(figures: readonly Figure[], durability: Readonly<Record<string, string>>): void {
  const header = ['what', 'ours', 'against', 'ratio', 'bar', '']
  const rows = figures.map((figure) => {
    const { what, ours, against, ratio, bar } = figure
    const limit = bar === null ? '' : 'atLeast' in bar ? `>= ${bar.atLeast}x` : `<= ${bar.atMost}x`
    const verdict = { true: 'reached', false: 'missed', null: '' }[String(passes(figure))]!
    return [what, ours, against, `${ratio.toFixed(2)}x`, limit, verdict]
  })
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]!.length)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  const machine = {
    postgresql: server.version,
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    load: loadavg().map((load) => Number(load.toFixed(2))),
  }
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  process.stdout.write(`${[line(header), rule, ...rows.map(line)].join('\n')}\n`)
  const { cores, cpu, postgresql, node } = machine
  process.stdout.write(
    `PostgreSQL ${postgresql}, Node ${node}, ${cores} cores of ${cpu}, load ${machine.load[0]}; ` +
      `fsync, synchronous_commit and full_page_writes on\n`,
  )
  const elapsedSeconds = Math.round((performance.now() - startedAt) / 1_000)
  const results = figures.map((figure) => ({ ...figure, reached: passes(figure) }))
  const written = { machine, durability, settings, elapsedSeconds, results }
  writeFileSync(flags.out, `${JSON.stringify(written, null, 2)}\n`)
  say(`written to ${flags.out} after ${elapsedSeconds} s`)
}
