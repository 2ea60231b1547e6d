/** セッション and ログイン日時 — the SQL. */
import { sql } from 'kysely'
import type { CompanyId, SessionId, UserId } from '#kit/ids.ts'
import type { Origin } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import { momentOrNull, type SecretKind } from './credentials-store.ts'

export type EndedAs = 'idle' | 'absolute' | 'replaced' | 'stopped' | 'logged-out'

export interface Session {
  readonly id: SessionId
  readonly userId: UserId
  readonly companyId: CompanyId
  readonly stage: 'signing-in' | 'signed-in'
  readonly startedAt: Temporal.Instant
  readonly lastSeenAt: Temporal.Instant
  readonly browser: string
  /** 電子証明書方式: the certificate that the session began with. */
  readonly certificateId: string | null
  readonly passwordsChanged: { at: Temporal.Instant; kinds: readonly SecretKind[] } | null
  readonly endedAs: EndedAs | null
}

interface Row {
  id: SessionId
  user_id: UserId
  company_id: CompanyId
  stage: Session['stage']
  started_at: string
  last_seen_at: string
  browser: string
  certificate_id: string | null
  passwords_changed_at: string | null
  passwords_changed: SecretKind[]
  ended_as: EndedAs | null
}
const columns = sql`id, user_id, company_id, stage, started_at, last_seen_at, browser,
  certificate_id, passwords_changed_at, passwords_changed, ended_as`

function sessionOf(row: Row): Session {
  const changedAt = momentOrNull(row.passwords_changed_at)
  return {
    id: row.id,
    userId: row.user_id,
    companyId: row.company_id,
    stage: row.stage,
    startedAt: instant(row.started_at),
    lastSeenAt: instant(row.last_seen_at),
    browser: row.browser,
    certificateId: row.certificate_id,
    passwordsChanged: changedAt && { at: changedAt, kinds: row.passwords_changed },
    endedAs: row.ended_as,
  }
}

export interface NewSession {
  readonly id: SessionId
  readonly userId: UserId
  readonly companyId: CompanyId
  readonly tokenHash: Uint8Array
  readonly startedAt: Temporal.Instant
  readonly browser: string
  readonly address: string
  readonly certificateId: string | null
}

/** The user's other session ends as `replaced`. */
export async function beginSession(tx: Tx, session: NewSession): Promise<void> {
  const { id, userId, companyId, tokenHash, startedAt, browser, address, certificateId } = session
  await sql`update identity.session set ended_at = ${startedAt}, ended_as = 'replaced'
             where user_id = ${userId} and ended_at is null`.execute(tx)
  await sql`
    insert into identity.session (id, user_id, company_id, token_hash, stage, started_at,
      last_seen_at, browser, address, certificate_id)
    values (${id}, ${userId}, ${companyId}, ${tokenHash}, 'signing-in', ${startedAt},
      ${startedAt}, ${browser}, ${address}, ${certificateId})`.execute(tx)
}

export interface Limits {
  readonly idleSince: Temporal.Instant // last seen before this: idle
  readonly startedSince: Temporal.Instant // started before this: over the absolute limit
}

/** Marks the session as seen, where it is alive and within its limits. */
export async function touchSession(
  tx: Tx,
  {
    tokenHash,
    now,
    idleSince,
    startedSince,
  }: Limits & {
    tokenHash: Uint8Array
    now: Temporal.Instant
  },
): Promise<Session | null> {
  // A mark that a crash loses costs its owner seconds of idle time; a flush costs each call more.
  await sql`set local synchronous_commit = off`.execute(tx)
  const { rows } = await sql<Row>`
    update identity.session set last_seen_at = greatest(last_seen_at, ${now})
     where token_hash = ${tokenHash} and ended_at is null
       and last_seen_at > ${idleSince} and started_at > ${startedSince}
    returning ${columns}`.execute(tx)
  return rows[0] === undefined ? null : sessionOf(rows[0])
}

/** The same session, unmarked: whoever only listens does not keep it alive. */
export async function sessionWithin(
  tx: Tx,
  { tokenHash, idleSince, startedSince }: Limits & { tokenHash: Uint8Array },
): Promise<Session | null> {
  const { rows } = await sql<Row>`
    select ${columns} from identity.session
     where token_hash = ${tokenHash} and ended_at is null
       and last_seen_at > ${idleSince} and started_at > ${startedSince}`.execute(tx)
  return rows[0] === undefined ? null : sessionOf(rows[0])
}

export async function sessionByToken(tx: Tx, tokenHash: Uint8Array): Promise<Session | null> {
  const { rows } = await sql<Row>`
    select ${columns} from identity.session where token_hash = ${tokenHash}`.execute(tx)
  return rows[0] === undefined ? null : sessionOf(rows[0])
}

export async function liveSession(tx: Tx, id: SessionId): Promise<Session | null> {
  const { rows } = await sql<Row>`
    select ${columns} from identity.session
     where id = ${id} and ended_at is null for update`.execute(tx)
  return rows[0] === undefined ? null : sessionOf(rows[0])
}

/** @returns false when it had ended before */
export async function endSession(
  tx: Tx,
  { id, as, now }: { id: SessionId; as: EndedAs; now: Temporal.Instant },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update identity.session set ended_at = ${now}, ended_as = ${as}
     where id = ${id} and ended_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Signed in: the same session under a new id and a new token; the old ones name nothing. */
export async function renewSession(
  tx: Tx,
  { id, newId, tokenHash }: { id: SessionId; newId: SessionId; tokenHash: Uint8Array },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update identity.session set id = ${newId}, token_hash = ${tokenHash}, stage = 'signed-in'
     where id = ${id} and ended_at is null and stage = 'signing-in'`.execute(tx)
  return numAffectedRows === 1n
}

export async function savePasswordsChanged(
  tx: Tx,
  { id, changed }: { id: SessionId; changed: Session['passwordsChanged'] },
): Promise<void> {
  await sql`
    update identity.session
       set passwords_changed_at = ${changed?.at ?? null},
           passwords_changed = ${changed?.kinds ?? []}::text[]
     where id = ${id}`.execute(tx)
}

export async function saveBrowser(tx: Tx, id: SessionId, browser: string): Promise<void> {
  await sql`update identity.session set browser = ${browser} where id = ${id}`.execute(tx)
}

export async function insertLogin(
  tx: Tx,
  login: {
    id: string
    userId: UserId
    companyId: CompanyId
    at: Temporal.Instant
    knownDevice: boolean
    origin: Origin
  },
): Promise<void> {
  const { id, userId, companyId, at, knownDevice, origin } = login
  await sql`
    insert into identity.login (id, user_id, company_id, at, address, terminal, known_device)
    values (${id}, ${userId}, ${companyId}, ${at}, ${origin.address}, ${origin.terminal},
      ${knownDevice})`.execute(tx)
}

/** 最近のログイン日時, newest first. */
export async function lastLogins(
  tx: Tx,
  { companyId, userId }: { companyId: CompanyId; userId: UserId },
  count: number,
): Promise<readonly Temporal.Instant[]> {
  const { rows } = await sql<{ at: string }>`
    select at from identity.login
     where user_id = ${userId} and company_id = ${companyId}
     order by at desc, id desc limit ${count}`.execute(tx)
  return rows.map(({ at }) => instant(at))
}

/** Forgets what is no longer needed. The operation history keeps what happened. */
export async function purge(tx: Tx, now: Temporal.Instant): Promise<void> {
  const daysAgo = (days: number) => now.subtract({ hours: 24 * days })
  const old = daysAgo(30)
  await sql`delete from identity.session
             where ended_at < ${old} or last_seen_at < ${old}`.execute(tx)
  await sql`delete from identity.stranger_errors where last_error_at < ${old}`.execute(tx)
  await sql`delete from identity.known_network where last_login_at < ${daysAgo(90)}`.execute(tx)
  await sql`delete from identity.known_device where last_login_at < ${daysAgo(400)}`.execute(tx)
  // The top page shows three; a year of them helps when somebody asks.
  await sql`
    delete from identity.login old where old.at < ${daysAgo(400)}
       and 3 <= (select count(*) from identity.login newer
                  where newer.user_id = old.user_id and newer.at > old.at)`.execute(tx)
}
