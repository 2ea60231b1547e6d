/** 通知 — the SQL of the messages within the counter. */
import { sql } from 'kysely'
import type { CompanyId, Id, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { StoredFacts } from './mails-text.ts'

export type MessageId = Id<'message'>

export interface Reader {
  readonly companyId: CompanyId
  readonly userId: UserId
}
export interface NewRow extends Reader {
  readonly id: MessageId
  readonly kind: string
  readonly facts: StoredFacts
  readonly path: string
  readonly at: Temporal.Instant
}
export interface StoredMessage extends Omit<NewRow, 'companyId' | 'userId'> {
  readonly read: boolean
}

export async function insertMessage(tx: Tx, row: NewRow): Promise<void> {
  const { id, companyId, userId, kind, facts, path, at } = row
  await sql`
    insert into notices.message (id, company_id, user_id, kind, facts, path, at)
    values (${id}, ${companyId}, ${userId}, ${kind}, ${JSON.stringify(facts)}::jsonb, ${path},
      ${at})`.execute(tx)
}

/** Newest first, told since that moment. */
export async function latestFor(
  tx: Tx,
  { companyId, userId }: Reader,
  { since, count }: { readonly since: Temporal.Instant; readonly count: number },
): Promise<readonly StoredMessage[]> {
  const { rows } = await sql<{
    id: MessageId
    kind: string
    facts: StoredFacts
    path: string
    at: string
    read: boolean
  }>`
    select id, kind, facts, path, at, read_at is not null as read
    from notices.message
    where company_id = ${companyId} and user_id = ${userId} and at >= ${since}
    order by at desc, id desc limit ${count}`.execute(tx)
  return rows.map(({ at, ...row }) => ({ ...row, at: instant(at) }))
}

export async function unreadMessages(
  tx: Tx,
  { companyId, userId }: Reader,
  since: Temporal.Instant,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from notices.message
    where company_id = ${companyId} and user_id = ${userId} and read_at is null
      and at >= ${since}`.execute(tx)
  return rows[0]!.count
}

/** The first reading stays. Ids of others are passed over. */
export async function markMessagesRead(
  tx: Tx,
  { companyId, userId }: Reader,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update notices.message set read_at = ${now}
    where id = any(${ids}::uuid[]) and company_id = ${companyId} and user_id = ${userId}
      and read_at is null`.execute(tx)
}

export interface Told {
  readonly id: MessageId
  readonly userId: UserId
  readonly kind: string
}

/**
 * What was stored in the last minute, in that order. A transaction becomes visible later than its
 * rows were stored, and none of ours lasts a minute: whoever looks again finds it. Runs as the bank.
 */
export async function storedLately(tx: Tx): Promise<readonly Told[]> {
  const { rows } = await sql<{ id: MessageId; user_id: UserId; kind: string }>`
    select id, user_id, kind from notices.message
    where stored_at > now() - interval '60 seconds'
    order by stored_at, id`.execute(tx)
  return rows.map(({ user_id: userId, ...row }) => ({ ...row, userId }))
}

/** After the one that was heard last, or a minute before it: what became visible late is told too. */
export async function storedAfter(
  tx: Tx,
  { companyId, userId }: Reader,
  { last, count }: { readonly last: string; readonly count: number },
): Promise<readonly Told[]> {
  const { rows } = await sql<{ id: MessageId; kind: string }>`
    select m.id, m.kind
    from notices.message m, notices.message heard
    where heard.id = ${last} and heard.company_id = ${companyId} and heard.user_id = ${userId}
      and m.company_id = ${companyId} and m.user_id = ${userId} and m.id <> heard.id
      and m.stored_at > heard.stored_at - interval '60 seconds'
    order by m.stored_at, m.id limit ${count}`.execute(tx)
  return rows.map((row) => ({ ...row, userId }))
}

export async function deleteMessages(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`delete from notices.message where at < ${before}`.execute(tx)
}
