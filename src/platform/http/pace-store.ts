/** The levels of the rate limits that all web processes share. */
import { sql } from 'kysely'
import type { Database, Tx } from '#platform/database/database.ts'
import type { Bucket, Pacer } from './pace.ts'

export function pacerOfAllProcesses(database: Database): Pacer {
  return {
    wait: (buckets, now) =>
      database.asBank(async (tx) => {
        const waits: number[] = []
        // oxlint-disable-next-line no-await-in-loop -- one connection
        for (const bucket of buckets) waits.push(await raised(tx, bucket, now))
        const longest = Math.max(0, ...waits)
        return longest === 0 ? null : longest
      }),
  }
}

/**
 * One upsert, in the arithmetic of `raise` in pace.ts. When it changes nothing the bucket is
 * full. Processes may differ in their clocks: time never runs backwards within a bucket.
 * @returns seconds to wait, 0 when the call was counted
 */
async function raised(tx: Tx, { key, perMinute }: Bucket, now: Temporal.Instant): Promise<number> {
  const at = sql`${now.toString()}::timestamptz`
  const left = sql`greatest(0, b.level - ${perMinute}::float8 / 60 *
    extract(epoch from greatest(${at} - b.at, interval '0'))::float8)`
  const counted = await sql`
    insert into platform.pace_level as b (bucket, level, at) values (${key}, 1, ${at})
    on conflict (bucket) do update set level = ${left} + 1, at = greatest(b.at, excluded.at)
    where ${left} + 1 <= ${perMinute}
    returning 1`.execute(tx)
  if (counted.rows.length > 0) return 0
  const over = await sql<{ wait: number }>`
    select (${left} + 1 - ${perMinute}::float8) * 60 / ${perMinute}::float8 as wait
    from platform.pace_level as b where bucket = ${key}`.execute(tx)
  return Math.max(1, Math.ceil(Number(over.rows[0]?.wait ?? 1)))
}

/** Full or not, a bucket untouched for an hour is empty. */
export async function forgetPace(tx: Tx, now: Temporal.Instant): Promise<void> {
  const hourAgo = now.subtract({ hours: 1 }).toString()
  await sql`delete from platform.pace_level where at < ${hourAgo}::timestamptz`.execute(tx)
}
