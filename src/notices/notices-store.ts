/** お知らせ — the SQL. What a user may see: published now, to all or to his company. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { NoticeKind, NoticeText } from './contract.ts'
import type { NewNotice, NoticeId } from './notice.ts'

export interface Reader {
  readonly companyId: CompanyId
  readonly userId: UserId
}

export interface VisibleNotice {
  readonly id: NoticeId
  readonly kind: NoticeKind
  readonly important: boolean
  readonly japanese: NoticeText
  readonly english: NoticeText | null
  readonly publishedAt: Temporal.Instant
  readonly read: boolean
}

/** Where a page ended. */
export interface Position {
  readonly read: boolean
  readonly publishedAt: Temporal.Instant
  readonly id: string
}

interface Row {
  id: string
  kind: NoticeKind
  important: boolean
  title: string
  paragraphs: string[]
  english_title: string | null
  english_paragraphs: string[] | null
  published_from: string
  read: boolean
}

export async function insertNotice(
  tx: Tx,
  notice: NewNotice & { readonly id: NoticeId; readonly createdAt: Temporal.Instant },
): Promise<void> {
  const { id, kind, important, japanese, english, audience } = notice
  const companyId = audience === 'all' ? null : audience.companyId
  await sql`
    insert into notices.notice (
      id, company_id, kind, important, title, paragraphs, english_title, english_paragraphs,
      published_from, published_until, created_at
    )
    values (
      ${id}, ${companyId}, ${kind}, ${important}, ${japanese.title}, ${japanese.paragraphs},
      ${english?.title ?? null}, ${english?.paragraphs ?? null},
      ${notice.publishedFrom}, ${notice.publishedUntil}, ${notice.createdAt}
    )`.execute(tx)
}

/** 未読 first, the newest first within each. */
export async function listFor(
  tx: Tx,
  reader: Reader,
  now: Temporal.Instant,
  page: { readonly after: Position | null; readonly limit: number; readonly unreadOnly?: boolean },
): Promise<readonly VisibleNotice[]> {
  const { after, limit, unreadOnly = false } = page
  const beyond =
    after === null
      ? sql`true`
      : sql`(v.read > ${after.read} or (
          v.read = ${after.read}
          and (v.published_from, v.id) < (${after.publishedAt}::timestamptz, ${after.id}::uuid)
        ))`
  const { rows } = await sql<Row>`
    select v.* from (${visible(reader, now)}) v
    where ${beyond} and (not ${unreadOnly} or not v.read)
    order by v.read, v.published_from desc, v.id desc
    limit ${limit}`.execute(tx)
  return rows.map(asNotice)
}

/** ログイン時お知らせ not seen yet: important ones first, then the oldest first. */
export async function pendingAtLogin(
  tx: Tx,
  reader: Reader,
  now: Temporal.Instant,
): Promise<readonly VisibleNotice[]> {
  const { rows } = await sql<Row>`
    select v.* from (${visible(reader, now)}) v
    where v.kind = 'login-time' and not v.read
    order by v.important desc, v.published_from, v.id
    limit 20`.execute(tx)
  return rows.map(asNotice)
}

export async function unreadCount(tx: Tx, reader: Reader, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ unread: bigint }>`
    select count(*) as unread from (${visible(reader, now)}) v where not v.read`.execute(tx)
  return Number(rows[0]!.unread)
}

export async function noticeFor(
  tx: Tx,
  reader: Reader,
  id: string,
  now: Temporal.Instant,
): Promise<VisibleNotice | null> {
  const { rows } = await sql<Row>`
    select v.* from (${visible(reader, now)}) v where v.id = ${id}::uuid`.execute(tx)
  return rows[0] === undefined ? null : asNotice(rows[0])
}

/** @returns how many of them had not been read before; what the reader may not see is passed over */
export async function markRead(
  tx: Tx,
  reader: Reader,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into notices.reading (company_id, user_id, notice_id, read_at)
    select ${reader.companyId}::uuid, ${reader.userId}::uuid, v.id, ${now}::timestamptz
    from (${visible(reader, now)}) v
    where v.id = any(${ids}::uuid[]) and not v.read
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows)
}

function visible({ companyId, userId }: Reader, now: Temporal.Instant) {
  return sql`
    select n.id, n.kind, n.important, n.title, n.paragraphs, n.english_title,
      n.english_paragraphs, n.published_from, r.notice_id is not null as read
    from notices.notice n
    left join notices.reading r
      on r.notice_id = n.id and r.user_id = ${userId}::uuid and r.company_id = ${companyId}::uuid
    where (n.company_id is null or n.company_id = ${companyId}::uuid)
      and n.published_from <= ${now}::timestamptz
      and (n.published_until is null or n.published_until > ${now}::timestamptz)`
}

function asNotice(row: Row): VisibleNotice {
  const { english_title: title, english_paragraphs: paragraphs } = row
  return {
    id: row.id as NoticeId,
    kind: row.kind,
    important: row.important,
    japanese: { title: row.title, paragraphs: row.paragraphs },
    english: title === null || paragraphs === null ? null : { title, paragraphs },
    publishedAt: instant(row.published_from),
    read: row.read,
  }
}
