/** Answers kept for the repeats of a call: platform.idempotent_answer. */
import { sql } from 'kysely'
import type { Visitor } from '#kit/visitor.ts'
import type { Database, Tx } from '#platform/database/database.ts'

export interface KeptAnswer {
  readonly status: number
  readonly answer: string | null // JSON, or null for none
}

export interface Claim {
  readonly visitor: Visitor
  readonly endpoint: string
  readonly keyHash: Uint8Array
  readonly requestHash: Uint8Array
  /** Of this try. A try that lost its claim to another cannot store an answer. */
  readonly claim: string
  readonly onceId: string
}

export type Claimed =
  | { readonly found: 'nothing'; readonly onceId: string }
  | { readonly found: 'answer'; readonly kept: KeptAnswer }
  | { readonly found: 'other-request' }
  | { readonly found: 'in-flight' }

/** A process that has not answered by then is taken for dead, and a repeat tries anew. */
const claimSeconds = 60
const keepHours = 24

export async function claim(
  database: Database,
  wanted: Claim,
  now: Temporal.Instant,
): Promise<Claimed> {
  const { visitor, endpoint, keyHash, requestHash } = wanted
  return database.asCompany(visitor.companyId, async (tx): Promise<Claimed> => {
    const at = sql`${now.toString()}::timestamptz`
    const taken = await sql<{ once_id: string }>`
      insert into platform.idempotent_answer as kept
        (user_id, endpoint, key_hash, company_id, once_id, request_hash, claim, claimed_until, keep_until)
      values (${visitor.userId}, ${endpoint}, ${bytes(keyHash)}, ${visitor.companyId},
        ${wanted.onceId}, ${bytes(requestHash)}, ${wanted.claim},
        ${at} + ${claimSeconds} * interval '1 second', ${at} + ${keepHours} * interval '1 hour')
      on conflict (user_id, endpoint, key_hash) do update set
        claim = excluded.claim, claimed_until = excluded.claimed_until
      where kept.status is null and kept.claimed_until <= ${at}
        and kept.request_hash = excluded.request_hash
      returning once_id`.execute(tx)
    const [mine] = taken.rows
    if (mine) return { found: 'nothing', onceId: mine.once_id }

    const { rows } = await sql<{
      same: boolean
      status: number | null
      answer: string | null
    }>`
      select request_hash = ${bytes(requestHash)} as same, status, answer
      from platform.idempotent_answer
      where user_id = ${visitor.userId} and endpoint = ${endpoint}
        and key_hash = ${bytes(keyHash)}`.execute(tx)
    const [kept] = rows
    if (!kept) return { found: 'in-flight' } // forgotten in between; the caller repeats
    if (!kept.same) return { found: 'other-request' }
    if (kept.status === null) return { found: 'in-flight' }
    return { found: 'answer', kept: { status: kept.status, answer: kept.answer } }
  })
}

/** Stores the answer in the caller's transaction: both are there, or neither. */
export async function settle(tx: Tx, mine: Claim, kept: KeptAnswer): Promise<boolean> {
  const stored = await sql`
    update platform.idempotent_answer set status = ${kept.status}, answer = ${kept.answer}
    where ${thatOf(mine)} and status is null returning 1`.execute(tx)
  return stored.rows.length > 0
}

/** After a fault of ours: the next repeat need not wait for the claim to run out. */
export async function giveUp(tx: Tx, mine: Claim): Promise<void> {
  await sql`
    update platform.idempotent_answer set claimed_until = '-infinity'
    where ${thatOf(mine)} and status is null`.execute(tx)
}

export async function forgetAnswers(tx: Tx, now: Temporal.Instant): Promise<void> {
  await sql`
    delete from platform.idempotent_answer
    where keep_until < ${now.toString()}::timestamptz`.execute(tx)
}

function thatOf({ visitor, endpoint, keyHash, claim: ours }: Claim) {
  return sql`user_id = ${visitor.userId} and endpoint = ${endpoint}
    and key_hash = ${bytes(keyHash)} and claim = ${ours}`
}

function bytes(hash: Uint8Array): Buffer {
  return Buffer.from(hash)
}
