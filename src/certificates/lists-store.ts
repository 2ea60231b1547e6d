/** 失効一覧 — the SQL of the lists that are served, and of what stands in them. As the bank. */
import { sql } from 'kysely'
import type { ListIssuer, Revoked } from '#outside/certificate-authority/port.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'

export interface StoredList {
  readonly number: number
  readonly der: Uint8Array
  readonly thisUpdate: Temporal.Instant
  readonly nextUpdate: Temporal.Instant
  /** How many certificates had ended: grows with each one, whenever it was committed. */
  readonly endedCount: number
}

interface Row {
  number: bigint
  der: Uint8Array
  this_update: string
  next_update: string
  ended_count: bigint
}

export async function lockLists(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('certificates.revocation_list'))`.execute(tx)
}

export async function storedList(tx: Tx, issuer: ListIssuer): Promise<StoredList | null> {
  const { rows } = await sql<Row>`
    select number, der, this_update, next_update, ended_count
      from certificates.revocation_list where issuer = ${issuer}`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  return {
    number: Number(row.number),
    der: row.der,
    thisUpdate: instant(row.this_update),
    nextUpdate: instant(row.next_update),
    endedCount: Number(row.ended_count),
  }
}

export async function saveList(tx: Tx, issuer: ListIssuer, list: StoredList): Promise<void> {
  const { number, der, thisUpdate, nextUpdate, endedCount } = list
  await sql`
    insert into certificates.revocation_list (issuer, number, der, this_update, next_update,
      ended_count)
    values (${issuer}, ${number}, ${der}, ${thisUpdate}, ${nextUpdate}, ${endedCount})
    on conflict (issuer) do update
       set number = excluded.number, der = excluded.der, this_update = excluded.this_update,
           next_update = excluded.next_update, ended_count = excluded.ended_count`.execute(tx)
}

export async function endedCount(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from certificates.certificate
     where ended_at is not null`.execute(tx)
  return Number(rows[0]!.count)
}

/** What must stand in a list: everything that has ended and would otherwise still hold. */
export async function endedAndUnexpired(
  tx: Tx,
  now: Temporal.Instant,
): Promise<readonly Revoked[]> {
  const { rows } = await sql<{ serial_number: string; ended_at: string; state: string }>`
    select serial_number, ended_at, state from certificates.certificate
     where ended_at is not null and not_after > ${now}
     order by ended_at, serial_number`.execute(tx)
  return rows.map(({ serial_number: serialNumber, ended_at: at, state }) => ({
    serialNumber,
    at: instant(at),
    reason: state === 'superseded' ? 'superseded' : 'unspecified',
  }))
}
