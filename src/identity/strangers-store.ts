/** Devices and networks of a user, and errors made from elsewhere: the SQL. Runs as the bank. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { momentOrNull } from './credentials-store.ts'
import { noErrors, type Errors } from './lock.ts'

/** Attempts at one login ID are counted one after the other, whether anybody has it or not. */
export async function inTurn(tx: Tx, loginIdMac: Uint8Array): Promise<void> {
  const key = Buffer.from(loginIdMac).readBigInt64BE(0)
  await sql`select pg_advisory_xact_lock(${key}::bigint)`.execute(tx)
}

interface From {
  readonly loginIdMac: Uint8Array
  readonly network: string
}

export async function strangerErrors(tx: Tx, { loginIdMac, network }: From): Promise<Errors> {
  const { rows } = await sql<{
    consecutive: number
    cumulative: number
    paused_until: string | null
  }>`
    select consecutive, cumulative, paused_until from identity.stranger_errors
     where login_id_mac = ${loginIdMac} and network = ${network}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return noErrors
  const { consecutive, cumulative } = row
  return { consecutive, cumulative, pausedUntil: momentOrNull(row.paused_until) }
}

export async function saveStrangerErrors(
  tx: Tx,
  { loginIdMac, network, errors, now }: From & { errors: Errors; now: Temporal.Instant },
): Promise<void> {
  const { consecutive, cumulative, pausedUntil } = errors
  await sql`
    insert into identity.stranger_errors
      (login_id_mac, network, consecutive, cumulative, paused_until, last_error_at)
    values (${loginIdMac}, ${network}, ${consecutive}, ${cumulative}, ${pausedUntil}, ${now})
    on conflict (login_id_mac, network) do update
       set consecutive = excluded.consecutive, cumulative = excluded.cumulative,
           paused_until = excluded.paused_until, last_error_at = excluded.last_error_at`.execute(tx)
}

/** @param network null for all of them */
export async function forgetStrangerErrors(
  tx: Tx,
  { loginIdMac, network }: { loginIdMac: Uint8Array; network: string | null },
): Promise<void> {
  await sql`
    delete from identity.stranger_errors
     where login_id_mac = ${loginIdMac}
       and (${network}::text is null or network = ${network})`.execute(tx)
}

/** Errors against this ID from all networks since then, and the last of them. */
export async function strangerTotal(
  tx: Tx,
  { loginIdMac, since }: { loginIdMac: Uint8Array; since: Temporal.Instant },
): Promise<{ readonly errors: number; readonly lastAt: Temporal.Instant | null }> {
  const { rows } = await sql<{ errors: number; last_at: string | null }>`
    select coalesce(sum(cumulative), 0)::integer as errors, max(last_error_at) as last_at
      from identity.stranger_errors
     where login_id_mac = ${loginIdMac} and last_error_at > ${since}`.execute(tx)
  const { errors, last_at: lastAt } = rows[0]!
  return { errors, lastAt: momentOrNull(lastAt) }
}

export interface Familiar {
  readonly device: boolean // this user has logged in with this device cookie
  readonly network: boolean // this user has logged in from this network
}

export async function familiarTo(
  tx: Tx,
  of: { userId: UserId; deviceHash: Uint8Array | null; network: string; since: Temporal.Instant },
): Promise<Familiar> {
  const { rows } = await sql<Familiar>`
    select exists (select from identity.known_device
                    where user_id = ${of.userId} and token_hash = ${of.deviceHash}) as device,
           exists (select from identity.known_network
                    where user_id = ${of.userId} and network = ${of.network}
                      and last_login_at > ${of.since}) as network`.execute(tx)
  return rows[0]!
}

/**
 * Gives the device its next token. Colleagues who use the same browser keep their acquaintance
 * with it, and a cookie that somebody planted there is worth nothing from now on.
 */
export async function rememberDevice(
  tx: Tx,
  device: {
    userId: UserId
    companyId: CompanyId
    before: Uint8Array | null
    hash: Uint8Array
    network: string
    now: Temporal.Instant
  },
): Promise<void> {
  const { userId, companyId, before, hash, network, now } = device
  await sql`update identity.known_device set token_hash = ${hash}
             where token_hash = ${before}`.execute(tx)
  await sql`
    insert into identity.known_device (user_id, company_id, token_hash, last_login_at)
    values (${userId}, ${companyId}, ${hash}, ${now})
    on conflict (user_id, token_hash) do update set last_login_at = excluded.last_login_at`.execute(
    tx,
  )
  await sql`
    insert into identity.known_network (user_id, company_id, network, last_login_at)
    values (${userId}, ${companyId}, ${network}, ${now})
    on conflict (user_id, network) do update set last_login_at = excluded.last_login_at`.execute(tx)
}
