/** 電子証明書発行 — the SQL of authentications and letters. Decides nothing. */
import { sql } from 'kysely'
import type { CompanyId, Id, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { CertificateId } from './certificate.ts'

export type AuthenticationId = Id<'certificate-authentication'>

/** 証明書取得認証 */
export interface Authentication {
  readonly id: AuthenticationId
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly proof: 'token' | 'letter'
  readonly expiresAt: Temporal.Instant
  readonly certificateId: CertificateId | null // what was issued by it
}

export async function insertAuthentication(
  tx: Tx,
  made: Omit<Authentication, 'certificateId'> & {
    readonly entryHash: Uint8Array
    readonly at: Temporal.Instant
  },
): Promise<void> {
  const { id, entryHash, companyId, userId, proof, at, expiresAt } = made
  await sql`
    insert into certificates.authentication (id, entry_hash, company_id, user_id, proof, at,
      expires_at)
    values (${id}, ${entryHash}, ${companyId}, ${userId}, ${proof}, ${at}, ${expiresAt})
    `.execute(tx)
}

/** @returns null as well when its time is over */
export async function authenticationOf(
  tx: Tx,
  entryHash: Uint8Array,
  now: Temporal.Instant,
): Promise<Authentication | null> {
  const { rows } = await sql<{
    id: AuthenticationId
    company_id: CompanyId
    user_id: UserId
    proof: Authentication['proof']
    expires_at: string
    certificate_id: CertificateId | null
  }>`
    select id, company_id, user_id, proof, expires_at, certificate_id
      from certificates.authentication
     where entry_hash = ${entryHash} and expires_at > ${now}`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  const { id, company_id: companyId, user_id: userId, proof, certificate_id } = row
  const expiresAt = instant(row.expires_at)
  return { id, companyId, userId, proof, expiresAt, certificateId: certificate_id }
}

/** @returns false when something was issued by it before */
export async function useAuthentication(
  tx: Tx,
  used: { readonly id: AuthenticationId; readonly certificateId: CertificateId },
): Promise<boolean> {
  const { id, certificateId } = used
  const { numAffectedRows } = await sql`
    update certificates.authentication set certificate_id = ${certificateId}
     where id = ${id} and certificate_id is null`.execute(tx)
  return numAffectedRows === 1n
}

export interface Letter {
  readonly id: string
  readonly codeHash: Uint8Array
  readonly tries: number
  readonly expiresAt: Temporal.Instant
}

/** The user's only letter from now on. As the bank. */
export async function insertLetter(
  tx: Tx,
  made: {
    readonly id: string
    readonly companyId: CompanyId
    readonly userId: UserId
    readonly codeHash: Uint8Array
    readonly expiresAt: Temporal.Instant
  },
  now: Temporal.Instant,
): Promise<void> {
  const { id, companyId, userId, codeHash, expiresAt } = made
  await sql`
    update certificates.letter set replaced_at = ${now}
     where user_id = ${userId} and used_at is null and replaced_at is null`.execute(tx)
  await sql`
    insert into certificates.letter (id, company_id, user_id, code_hash, made_at, expires_at)
    values (${id}, ${companyId}, ${userId}, ${codeHash}, ${now}, ${expiresAt})`.execute(tx)
}

/** The letter that was neither used nor replaced; held until the transaction ends. */
export async function openLetter(tx: Tx, userId: UserId): Promise<Letter | null> {
  const { rows } = await sql<{
    id: string
    code_hash: Uint8Array
    tries: number
    expires_at: string
  }>`
    select id, code_hash, tries, expires_at from certificates.letter
     where user_id = ${userId} and used_at is null and replaced_at is null
       for update`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  const { id, code_hash: codeHash, tries, expires_at: until } = row
  return { id, codeHash, tries, expiresAt: instant(until) }
}

export async function countLetterTry(tx: Tx, id: string): Promise<void> {
  await sql`update certificates.letter set tries = tries + 1 where id = ${id}`.execute(tx)
}

/** One use. @returns false when another was faster */
export async function useLetter(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update certificates.letter set used_at = ${now}
     where id = ${id} and used_at is null and replaced_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** As the bank. */
export async function forgetAuthentications(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`delete from certificates.authentication where expires_at < ${before}`.execute(tx)
}
