/** 電子証明書ログイン — the SQL of tickets. Decides nothing; everything as the bank. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { CertificateId } from './certificate.ts'

export interface NewTicket {
  readonly ticketHash: Uint8Array
  readonly entryHash: Uint8Array
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly certificateId: CertificateId
  readonly expiresAt: Temporal.Instant
}

export async function insertTicket(tx: Tx, made: NewTicket): Promise<void> {
  const { ticketHash, entryHash, companyId, userId, certificateId, expiresAt } = made
  await sql`
    insert into certificates.ticket (ticket_hash, entry_hash, company_id, user_id, certificate_id,
      expires_at)
    values (${ticketHash}, ${entryHash}, ${companyId}, ${userId}, ${certificateId}, ${expiresAt})
    `.execute(tx)
}

/** Once, in time, and in the browser that began. @returns whose certificate; null: none of these */
export async function takeTicket(
  tx: Tx,
  taken: {
    readonly ticketHash: Uint8Array
    readonly entryHash: Uint8Array
    readonly passwordUntil: Temporal.Instant
  },
  now: Temporal.Instant,
): Promise<CertificateId | null> {
  const { ticketHash, entryHash, passwordUntil } = taken
  const { rows } = await sql<{ certificate_id: CertificateId }>`
    update certificates.ticket set taken_at = ${now}, password_until = ${passwordUntil}
     where ticket_hash = ${ticketHash} and entry_hash = ${entryHash} and taken_at is null
       and expires_at > ${now}
    returning certificate_id`.execute(tx)
  return rows[0]?.certificate_id ?? null
}

/** What this browser showed last, and has not yet logged in with. */
export async function lastShown(
  tx: Tx,
  entryHash: Uint8Array,
  now: Temporal.Instant,
): Promise<CertificateId | null> {
  const { rows } = await sql<{ certificate_id: CertificateId }>`
    select certificate_id from certificates.ticket
     where entry_hash = ${entryHash} and used_at is null and password_until > ${now}
     order by taken_at desc limit 1`.execute(tx)
  return rows[0]?.certificate_id ?? null
}

/** Everything that this browser has shown is used up. */
export async function useShown(
  tx: Tx,
  entryHash: Uint8Array,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update certificates.ticket set used_at = ${now}
     where entry_hash = ${entryHash} and taken_at is not null and used_at is null`.execute(tx)
}

export async function forgetTickets(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`
    delete from certificates.ticket
     where expires_at < ${before} and coalesce(password_until, expires_at) < ${before}`.execute(tx)
}
