/** パスワード — the SQL of credentials and of the errors made on a user's own devices. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { Errors } from './lock.ts'

export type SecretKind = 'login' | 'confirmation' // ログインパスワード・確認用パスワード

export interface Credential {
  readonly userId: UserId
  readonly loginHash: string
  readonly confirmationHash: string | null
  readonly changeRequired: boolean
  readonly errors: Readonly<Record<SecretKind, Errors>>
}

interface Row {
  user_id: UserId
  login_hash: string
  confirmation_hash: string | null
  change_required: boolean
  login_consecutive: number
  login_cumulative: number
  login_paused_until: string | null
  confirmation_consecutive: number
  confirmation_cumulative: number
  confirmation_paused_until: string | null
}

/** @param lock true holds the row until the transaction ends, so that errors are counted one by one */
export async function credentialOf(
  tx: Tx,
  userId: UserId,
  { lock = false }: { lock?: boolean } = {},
): Promise<Credential | null> {
  const { rows } = await sql<Row>`
    select user_id, login_hash, confirmation_hash, change_required,
           login_consecutive, login_cumulative, login_paused_until,
           confirmation_consecutive, confirmation_cumulative, confirmation_paused_until
      from identity.credential where user_id = ${userId}
      ${lock ? sql`for update` : sql``}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return null
  return {
    userId: row.user_id,
    loginHash: row.login_hash,
    confirmationHash: row.confirmation_hash,
    changeRequired: row.change_required,
    errors: {
      login: {
        consecutive: row.login_consecutive,
        cumulative: row.login_cumulative,
        pausedUntil: momentOrNull(row.login_paused_until),
      },
      confirmation: {
        consecutive: row.confirmation_consecutive,
        cumulative: row.confirmation_cumulative,
        pausedUntil: momentOrNull(row.confirmation_paused_until),
      },
    },
  }
}

export function momentOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : instant(text)
}

export async function saveErrors(
  tx: Tx,
  { userId, kind, errors }: { userId: UserId; kind: SecretKind; errors: Errors },
): Promise<void> {
  const { consecutive, cumulative, pausedUntil } = errors
  await sql`
    update identity.credential
       set ${sql.ref(`${kind}_consecutive`)} = ${consecutive},
           ${sql.ref(`${kind}_cumulative`)} = ${cumulative},
           ${sql.ref(`${kind}_paused_until`)} = ${pausedUntil}
     where user_id = ${userId}`.execute(tx)
}

/** @returns false when the user has credentials already */
export async function insertCredential(
  tx: Tx,
  credential: {
    userId: UserId
    companyId: CompanyId
    loginHash: string
    confirmationHash: string | null
    changeRequired: boolean
    now: Temporal.Instant
  },
): Promise<boolean> {
  const { userId, companyId, loginHash, confirmationHash, changeRequired, now } = credential
  const { numAffectedRows } = await sql`
    insert into identity.credential
      (user_id, company_id, login_hash, confirmation_hash, change_required, changed_at)
    values (${userId}, ${companyId}, ${loginHash}, ${confirmationHash}, ${changeRequired}, ${now})
    on conflict (user_id) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** The same password under the present cost. Does nothing when it was changed meanwhile. */
export async function replaceHash(
  tx: Tx,
  { userId, kind, from, to }: { userId: UserId; kind: SecretKind; from: string; to: string },
): Promise<void> {
  const column = sql.ref(`${kind}_hash`)
  await sql`
    update identity.credential set ${column} = ${to}
     where user_id = ${userId} and ${column} = ${from}`.execute(tx)
}

/** @returns false when the credentials are no longer those that were verified */
export async function savePasswords(
  tx: Tx,
  change: {
    userId: UserId
    verified: Pick<Credential, 'loginHash' | 'confirmationHash' | 'changeRequired'>
    loginHash: string | null // null leaves it as it is
    confirmationHash: string | null
    now: Temporal.Instant
  },
): Promise<boolean> {
  const { userId, verified, loginHash, confirmationHash, now } = change
  const { numAffectedRows } = await sql`
    update identity.credential
       set login_hash = coalesce(${loginHash}, login_hash),
           confirmation_hash = coalesce(${confirmationHash}, confirmation_hash),
           change_required = false,
           changed_at = ${now}
     where user_id = ${userId} and login_hash = ${verified.loginHash}
       and confirmation_hash is not distinct from ${verified.confirmationHash}
       and change_required = ${verified.changeRequired}`.execute(tx)
  return numAffectedRows === 1n
}

export async function requireChange(tx: Tx, userId: UserId): Promise<void> {
  await sql`update identity.credential set change_required = true
             where user_id = ${userId}`.execute(tx)
}

/** @returns the one that was stored first: this one, where there was none */
export async function firstPepperMac(tx: Tx, mac: Uint8Array): Promise<Uint8Array> {
  await sql`insert into identity.pepper_check (mac) values (${mac}) on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql<{ mac: Uint8Array }>`select mac from identity.pepper_check`.execute(tx)
  return rows[0]!.mac
}
