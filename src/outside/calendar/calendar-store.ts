/** 営業日カレンダー — the SQL. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database/database.ts'
import { plainDate } from '#platform/database/values.ts'
import type { Holiday } from './port.ts'
import type { Seed } from './seed.ts'

export interface HolidayRow extends Holiday {
  readonly source: 'seed' | 'bank'
  readonly removed: boolean
}

interface Span {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** What was removed included, in the order of the days. */
export async function holidaysBetween(tx: Tx, { from, to }: Span): Promise<readonly HolidayRow[]> {
  const { rows } = await sql<Omit<HolidayRow, 'day'> & { readonly day: string }>`
    select day, name, confirmed, source, removed from calendar.holiday
    where day between ${from} and ${to} order by day`.execute(tx)
  return rows.map((row) => ({ ...row, day: plainDate(row.day) }))
}

/** The first year of the span that nobody has filled; null: all are known. */
export async function firstUnknownYear(tx: Tx, { from, to }: Span): Promise<number | null> {
  const { rows } = await sql<{ year: number }>`
    select wanted.year from generate_series(${from.year}::integer, ${to.year}::integer) wanted (year)
    where not exists (select from calendar.known_year known where known.year = wanted.year)
    order by wanted.year limit 1`.execute(tx)
  return rows[0]?.year ?? null
}

/** Brings the seeded rows up to date; rows of the bank stay. */
export async function storeSeed(tx: Tx, { years, holidays }: Seed, now: Temporal.Instant) {
  // Processes that start together take turns.
  await sql`select pg_advisory_xact_lock(hashtext('calendar.holiday'))`.execute(tx)
  await sql`
    insert into calendar.known_year (year) select unnest(${years}::integer[])
    on conflict do nothing`.execute(tx)
  await sql`
    delete from calendar.holiday
    where source = 'seed' and extract(year from day)::integer = any (${years}::integer[])
      and not day = any (${holidays.map(({ day }) => day)}::date[])`.execute(tx)
  await sql`
    insert into calendar.holiday as known (day, name, confirmed, source, changed_at)
    select seed.day, seed.name, seed.confirmed, 'seed', ${now}
    from unnest(
      ${holidays.map(({ day }) => day)}::date[],
      ${holidays.map(({ name }) => name)}::text[],
      ${holidays.map(({ confirmed }) => confirmed)}::boolean[]
    ) as seed (day, name, confirmed)
    on conflict (day) do update
    set name = excluded.name, confirmed = excluded.confirmed, changed_at = excluded.changed_at
    where known.source = 'seed'
      and (known.name, known.confirmed) is distinct from (excluded.name, excluded.confirmed)
  `.execute(tx)
}

export async function putHoliday(
  tx: Tx,
  { day, name }: { readonly day: Temporal.PlainDate; readonly name: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into calendar.holiday (day, name, confirmed, source, changed_at)
    values (${day}, ${name}, true, 'bank', ${now})
    on conflict (day) do update
    set name = ${name}, confirmed = true, source = 'bank', removed = false, changed_at = ${now}
  `.execute(tx)
}

/** @returns false when that day is none */
export async function removeHoliday(
  tx: Tx,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update calendar.holiday
    set source = 'bank', removed = true, confirmed = true, changed_at = ${now}
    where day = ${day} and not removed`.execute(tx)
  return numAffectedRows === 1n
}
