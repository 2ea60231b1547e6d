/** 利用開始登録 under way, its tallies and postponements — the SQL. Decides nothing. */
import { sql } from 'kysely'
import type { Bytes } from '#kit/ctp1/bytes.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'

interface Person {
  readonly companyId: CompanyId
  readonly userId: UserId
}

export interface Registration {
  readonly step: 'authentication-code' | 'transaction-code'
  readonly serial: string
  readonly instanceId: string | null
  readonly shared: boolean
  readonly message: Bytes
  readonly digest: Bytes
  readonly tries: number
  readonly expiresAt: Temporal.Instant
}

interface Row {
  step: Registration['step']
  serial: string
  instance_id: string | null
  shared: boolean
  message: Bytes
  digest: Bytes
  tries: number
  expires_at: string
}

/** @param lock true: two presses of one button come one after the other */
export async function registrationOf(
  tx: Tx,
  { companyId, userId }: Person,
  { lock = false }: { lock?: boolean } = {},
): Promise<Registration | null> {
  const { rows } = await sql<Row>`
    select step, serial, instance_id, shared, message, digest, tries, expires_at
      from token.registration where user_id = ${userId} and company_id = ${companyId}
      ${lock ? sql`for update` : sql``}`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  return {
    step: row.step,
    serial: row.serial,
    instanceId: row.instance_id,
    shared: row.shared,
    // Plain bytes: the driver's Buffers are slices of its pool.
    message: new Uint8Array(row.message),
    digest: new Uint8Array(row.digest),
    tries: row.tries,
    expiresAt: instant(row.expires_at),
  }
}

export async function saveRegistration(
  tx: Tx,
  { companyId, userId }: Person,
  saved: Omit<Registration, 'tries'>,
): Promise<void> {
  const { step, serial, instanceId, shared, message, digest, expiresAt } = saved
  await sql`
    insert into token.registration (user_id, company_id, step, serial, instance_id, shared,
      message, digest, expires_at)
    values (${userId}, ${companyId}, ${step}, ${serial}, ${instanceId}, ${shared}, ${message},
      ${digest}, ${expiresAt})
    on conflict (user_id) do update
       set step = excluded.step, serial = excluded.serial, instance_id = excluded.instance_id,
           shared = excluded.shared, message = excluded.message, digest = excluded.digest,
           tries = 0, expires_at = excluded.expires_at`.execute(tx)
}

export async function countTry(tx: Tx, userId: UserId): Promise<void> {
  await sql`
    update token.registration set tries = tries + 1 where user_id = ${userId}`.execute(tx)
}

export async function forgetRegistration(tx: Tx, userId: UserId): Promise<void> {
  await sql`delete from token.registration where user_id = ${userId}`.execute(tx)
}

export async function insertTally(
  tx: Tx,
  { companyId, userId }: Person,
  {
    kind,
    serial,
    at,
  }: { kind: 'scan' | 'authentication-code'; serial: string | null; at: Temporal.Instant },
): Promise<void> {
  await sql`
    insert into token.tally (company_id, user_id, kind, serial, at)
    values (${companyId}, ${userId}, ${kind}, ${serial}, ${at})`.execute(tx)
}

/** The code was right: it was no wrong one. */
export async function takeBackAuthenticationCode(tx: Tx, userId: UserId, at: Temporal.Instant) {
  await sql`
    delete from token.tally
     where ctid = (select ctid from token.tally
                    where user_id = ${userId} and kind = 'authentication-code' and at = ${at}
                    limit 1)`.execute(tx)
}

export async function scansSince(tx: Tx, userId: UserId, since: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from token.tally
     where user_id = ${userId} and kind = 'scan' and at > ${since}`.execute(tx)
  return Number(rows[0]!.count)
}

/** 12 digits tried, right ones not counted: with this device, and by this user. */
export async function authenticationCodesSince(
  tx: Tx,
  { serial, userId }: { serial: string; userId: UserId },
  since: Temporal.Instant,
): Promise<{ readonly device: number; readonly user: number }> {
  const { rows } = await sql<{ device: bigint; person: bigint }>`
    select count(*) filter (where serial = ${serial}) as device,
           count(*) filter (where user_id = ${userId}) as person
      from token.tally
     where kind = 'authentication-code' and at > ${since}
       and (serial = ${serial} or user_id = ${userId})`.execute(tx)
  return { device: Number(rows[0]!.device), user: Number(rows[0]!.person) }
}

export async function savePostponement(
  tx: Tx,
  { companyId, userId }: Person,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into token.postponement (user_id, company_id, at)
    values (${userId}, ${companyId}, ${at})
    on conflict (user_id) do update set at = excluded.at`.execute(tx)
}

export async function postponedAt(tx: Tx, userId: UserId): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: string }>`
    select at from token.postponement where user_id = ${userId}`.execute(tx)
  return rows[0] === undefined ? null : instant(rows[0].at)
}

export async function forgetTallies(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`delete from token.tally where at < ${before}`.execute(tx)
}
