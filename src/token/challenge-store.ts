/** トランザクション認証 — the SQL of challenges. Decides nothing. */
import { sql } from 'kysely'
import type { Bytes } from '#kit/ctp1/bytes.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'

export interface StoredChallenge {
  readonly id: string
  readonly instanceId: string
  readonly purpose: string
  readonly subjectId: string
  readonly digest: Bytes // what the code is made of
  readonly canonicalHash: Uint8Array
  readonly tries: number
  readonly expiresAt: Temporal.Instant
  readonly state: 'open' | 'used' | 'spent'
}

interface Row {
  id: string
  instance_id: string
  purpose: string
  subject_id: string
  digest: Bytes
  canonical_hash: Uint8Array
  tries: number
  expires_at: string
  state: StoredChallenge['state']
}
const columns = sql`id, instance_id, purpose, subject_id, digest, canonical_hash, tries, expires_at,
  case when used_at is not null then 'used' when spent_at is not null then 'spent' else 'open' end
    as state`

function challengeOf(row: Row): StoredChallenge {
  return {
    id: row.id,
    instanceId: row.instance_id,
    purpose: row.purpose,
    subjectId: row.subject_id,
    digest: new Uint8Array(row.digest),
    canonicalHash: row.canonical_hash,
    tries: row.tries,
    expiresAt: instant(row.expires_at),
    state: row.state,
  }
}

export interface NewChallenge {
  readonly id: string
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly instanceId: string
  readonly purpose: string
  readonly subjectId: string
  readonly message: Uint8Array
  readonly content: Uint8Array
  readonly digest: Uint8Array
  readonly canonicalHash: Uint8Array
  readonly expiresAt: Temporal.Instant
}

/** A newer one of the same user and purpose takes the place of the open one. */
export async function insertChallenge(
  tx: Tx,
  made: NewChallenge,
  now: Temporal.Instant,
): Promise<void> {
  const { id, companyId, userId, instanceId, purpose, subjectId } = made
  await sql`
    update token.challenge set spent_at = ${now}
     where user_id = ${userId} and purpose = ${purpose} and used_at is null
       and spent_at is null`.execute(tx)
  await sql`
    insert into token.challenge (id, company_id, user_id, instance_id, purpose, subject_id,
      message, content, digest, canonical_hash, made_at, expires_at)
    values (${id}, ${companyId}, ${userId}, ${instanceId}, ${purpose}, ${subjectId},
      ${made.message}, ${made.content}, ${made.digest}, ${made.canonicalHash}, ${now},
      ${made.expiresAt})`.execute(tx)
}

/** @param lock true holds it until the transaction ends, so that tries are counted one by one */
export async function challengeById(
  tx: Tx,
  { id, userId, companyId }: { id: string; userId: UserId; companyId: CompanyId },
  { lock = false }: { lock?: boolean } = {},
): Promise<StoredChallenge | null> {
  const { rows } = await sql<Row>`
    select ${columns} from token.challenge
     where id = ${id} and user_id = ${userId} and company_id = ${companyId}
     ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] === undefined ? null : challengeOf(rows[0])
}

export async function countTry(tx: Tx, id: string): Promise<void> {
  await sql`update token.challenge set tries = tries + 1 where id = ${id}`.execute(tx)
}

/** One use. @returns false when it is no longer open, or its time is over */
export async function useChallenge(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update token.challenge set used_at = ${now}
     where id = ${id} and used_at is null and spent_at is null
       and expires_at > ${now}`.execute(tx)
  return numAffectedRows === 1n
}

export async function spendChallenge(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update token.challenge set spent_at = ${now}
     where id = ${id} and used_at is null and spent_at is null`.execute(tx)
}

/** The digests of the instance's latest other challenges: what a code may have been made from. */
export async function otherDigests(
  tx: Tx,
  { id, instanceId }: Pick<StoredChallenge, 'id' | 'instanceId'>,
  count: number,
): Promise<readonly Bytes[]> {
  const { rows } = await sql<{ digest: Bytes }>`
    select digest from token.challenge
     where instance_id = ${instanceId} and id <> ${id}
     order by made_at desc limit ${count}`.execute(tx)
  return rows.map(({ digest }) => new Uint8Array(digest))
}

/** What was signed, at execution; null: nothing, or by a code that was never used. */
export async function signedHash(
  tx: Tx,
  signed: { id: string; companyId: CompanyId; purpose: string; subjectId: string },
): Promise<Uint8Array | null> {
  const { id, companyId, purpose, subjectId } = signed
  const { rows } = await sql<{ canonical_hash: Uint8Array }>`
    select canonical_hash from token.challenge
     where id = ${id} and company_id = ${companyId} and purpose = ${purpose}
       and subject_id = ${subjectId} and used_at is not null`.execute(tx)
  return rows[0]?.canonical_hash ?? null
}

/** Unused ones of a while ago. Used ones stay: they prove what was signed. As the bank. */
export async function forgetChallenges(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`delete from token.challenge where used_at is null and made_at < ${before}`.execute(tx)
}
