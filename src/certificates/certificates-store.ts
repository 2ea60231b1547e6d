/** 電子証明書 — the SQL of the registry. Decides nothing. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { Certificate, CertificateId, CertificateState, Proof } from './certificate.ts'

interface Row {
  id: CertificateId
  company_id: CompanyId
  user_id: UserId
  login_id: string
  serial_number: string
  key_hash: Uint8Array
  der: Uint8Array
  not_before: string
  not_after: string
  replaces: CertificateId | null
  state: CertificateState
  issued_at: string
  ended_at: string | null
}
const columns = sql`id, company_id, user_id, login_id, serial_number, key_hash, der, not_before,
  not_after, replaces, state, issued_at, ended_at`

function certificateOf(row: Row): Certificate {
  return {
    id: row.id,
    companyId: row.company_id,
    userId: row.user_id,
    loginId: row.login_id,
    serialNumber: row.serial_number,
    keyHash: row.key_hash,
    der: row.der,
    notBefore: instant(row.not_before),
    notAfter: instant(row.not_after),
    replaces: row.replaces,
    state: row.state,
    issuedAt: instant(row.issued_at),
    endedAt: row.ended_at === null ? null : instant(row.ended_at),
  }
}

/** Whatever changes a user's certificates waits here until the other has ended. */
export async function lockUser(tx: Tx, userId: UserId): Promise<void> {
  const lock = sql`pg_advisory_xact_lock(hashtextextended('certificates ' || ${userId}::text, 0))`
  await sql`select ${lock}`.execute(tx)
}

/** The user's certificates that are unused or valid: at most one of each. */
export async function heldBy(tx: Tx, userId: UserId): Promise<readonly Certificate[]> {
  const { rows } = await sql<Row>`
    select ${columns} from certificates.certificate
     where user_id = ${userId} and state in ('unused', 'valid')`.execute(tx)
  return rows.map(certificateOf)
}

export async function hasHadOne(tx: Tx, userId: UserId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from certificates.certificate where user_id = ${userId} limit 1`.execute(tx)
  return rows.length > 0
}

export async function certificateById(tx: Tx, id: string): Promise<Certificate | null> {
  const { rows } = await sql<Row>`
    select ${columns} from certificates.certificate where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : certificateOf(rows[0])
}

export async function certificateByFingerprint(
  tx: Tx,
  fingerprint: Uint8Array,
): Promise<Certificate | null> {
  const { rows } = await sql<Row>`
    select ${columns} from certificates.certificate
     where fingerprint = ${fingerprint}`.execute(tx)
  return rows[0] === undefined ? null : certificateOf(rows[0])
}

export async function certificateBySerial(tx: Tx, serial: string): Promise<Certificate | null> {
  const { rows } = await sql<Row>`
    select ${columns} from certificates.certificate
     where serial_number = ${serial}`.execute(tx)
  return rows[0] === undefined ? null : certificateOf(rows[0])
}

export async function certificateByKey(tx: Tx, keyHash: Uint8Array): Promise<Certificate | null> {
  const { rows } = await sql<Row>`
    select ${columns} from certificates.certificate where key_hash = ${keyHash}`.execute(tx)
  return rows[0] === undefined ? null : certificateOf(rows[0])
}

/** @param companyId null: of every company, as the bank */
export async function certificatesOf(
  tx: Tx,
  companyId: CompanyId | null,
): Promise<readonly Certificate[]> {
  const { rows } = await sql<Row>`
    select ${columns} from certificates.certificate
     where ${companyId}::uuid is null or company_id = ${companyId}::uuid
     order by login_id, issued_at desc, id`.execute(tx)
  return rows.map(certificateOf)
}

export async function insertCertificate(
  tx: Tx,
  issued: Omit<Certificate, 'state' | 'endedAt'> & {
    readonly fingerprint: Uint8Array
    readonly proof: Proof
  },
): Promise<void> {
  const { id, companyId, userId, loginId, fingerprint, serialNumber, keyHash, der } = issued
  const { notBefore, notAfter, proof, replaces, issuedAt } = issued
  await sql`
    insert into certificates.certificate (id, company_id, user_id, login_id, fingerprint,
      serial_number, key_hash, der, not_before, not_after, proof, replaces, state, issued_at)
    values (${id}, ${companyId}, ${userId}, ${loginId}, ${fingerprint}, ${serialNumber},
      ${keyHash}, ${der}, ${notBefore}, ${notAfter}, ${proof}, ${replaces}, 'unused', ${issuedAt})
    `.execute(tx)
}

export interface Ending {
  readonly id: CertificateId
  readonly as: 'superseded' | 'revoked'
  readonly by: UserId | null
  readonly reason: string
}

/** @returns false when it has ended before */
export async function endCertificate(
  tx: Tx,
  { id, as, by, reason }: Ending,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update certificates.certificate
       set state = ${as}, ended_at = ${now}, ended_by = ${by}, end_reason = ${reason}
     where id = ${id} and ended_at is null`.execute(tx)
  return numAffectedRows === 1n
}

export async function markValid(tx: Tx, id: CertificateId, now: Temporal.Instant): Promise<void> {
  await sql`
    update certificates.certificate set state = 'valid', first_login_at = ${now}
     where id = ${id} and state = 'unused'`.execute(tx)
}

/** Those that stand, end before this moment, and have no next one waiting. As the bank. */
export async function endingBefore(
  tx: Tx,
  { now, until }: { readonly now: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<readonly Certificate[]> {
  const { rows } = await sql<Row>`
    select ${columns} from certificates.certificate c
     where c.state in ('unused', 'valid') and c.not_after > ${now} and c.not_after <= ${until}
       and not exists (select 1 from certificates.certificate next
                        where next.replaces = c.id and next.state = 'unused')
     order by c.not_after, c.id`.execute(tx)
  return rows.map(certificateOf)
}

/** @returns false when the mail of that day was noted before */
export async function noteMail(
  tx: Tx,
  { id, companyId }: Pick<Certificate, 'id' | 'companyId'>,
  { daysBefore, now }: { readonly daysBefore: number; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into certificates.expiry_mail (company_id, certificate_id, days_before, at)
    values (${companyId}, ${id}, ${daysBefore}, ${now}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}
