/** 操作履歴 — the SQL of writing and inquiring records. */
import { sql, type SelectQueryBuilder } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Operation } from '#kit/operations.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { HistorySearch } from './history-search.ts'

// A type and not an interface: Kysely asks for an index signature.
export type RecordTable = {
  'operation_history.record': {
    chain: string
    sequence: bigint
    company_id: string | null
    user_id: string | null
    at: string
    business: string
    operation: string
    result: string
    terminal: string
    payload: string
    previous: Uint8Array
    hash: Uint8Array
  }
}

/** A record as it was written; only the payload is asked, never the columns beside it. */
export interface StoredRecord {
  readonly at: Temporal.Instant
  readonly sequence: bigint
  readonly userId: UserId | null
  readonly operation: Operation
  readonly result: 'done' | 'refused'
  readonly reason: string | null
  readonly facts: Readonly<Record<string, string>>
  readonly terminal: 'pc' | 'smartphone'
  readonly address: string
  readonly inquiryNumber: string
}

/** Where a page ended. */
export interface Position {
  readonly at: Temporal.Instant
  readonly sequence: bigint
}

export async function append(tx: Tx, payload: string): Promise<void> {
  await sql`select operation_history.append(${payload})`.execute(tx)
}

export async function latestOf(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly userId: UserId },
  count: number,
): Promise<readonly StoredRecord[]> {
  const rows = await tx
    .withTables<RecordTable>()
    .selectFrom('operation_history.record')
    .select(['sequence', 'payload'])
    .where('company_id', '=', of.companyId)
    .where('user_id', '=', of.userId)
    .orderBy('at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(count)
    .execute()
  return rows.map(asRecord)
}

/** Newest first, by keyset: records that arrive meanwhile move no page. */
export async function search(
  tx: Tx,
  companyId: CompanyId,
  wanted: HistorySearch,
  page: { readonly after: Position | null; readonly limit: number; readonly upTo?: bigint },
): Promise<readonly StoredRecord[]> {
  let query = matching(tx, companyId, wanted)
  if (page.after !== null) {
    const { at, sequence } = page.after
    query = query.where(sql<boolean>`(at, sequence) < (${at.toString()}::timestamptz, ${sequence})`)
  }
  if (page.upTo !== undefined) query = query.where('sequence', '<=', page.upTo)
  const rows = await query
    .select(['sequence', 'payload'])
    .orderBy('at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(asRecord)
}

/** How many there are, and the last of them: a file leaves out what is written after it began. */
export async function measure(
  tx: Tx,
  companyId: CompanyId,
  wanted: HistorySearch,
): Promise<{ readonly lines: number; readonly upTo: bigint }> {
  const row = await matching(tx, companyId, wanted)
    .select([
      sql<bigint>`count(*)`.as('lines'),
      sql<bigint>`coalesce(max(sequence), 0)`.as('up_to'),
    ])
    .executeTakeFirstOrThrow()
  return { lines: Number(row.lines), upTo: row.up_to }
}

function matching(tx: Tx, companyId: CompanyId, wanted: HistorySearch) {
  type Query = SelectQueryBuilder<RecordTable, 'operation_history.record', object>
  const { since, before, userId, terminal, business, operation, result } = wanted
  let query: Query = tx
    .withTables<RecordTable>()
    .selectFrom('operation_history.record')
    .where('company_id', '=', companyId)
    .where('at', '>=', since.toString())
    .where('at', '<', before.toString())
  if (userId !== null) query = query.where('user_id', '=', userId)
  if (terminal !== undefined) query = query.where('terminal', '=', terminal)
  if (business !== undefined) query = query.where('business', '=', business)
  if (operation !== undefined) query = query.where('operation', '=', operation)
  if (result !== undefined) query = query.where('result', '=', result)
  return query
}

/** What `payloadOf` has written. */
interface Payload {
  at: string
  userId: string | null
  operation: Operation
  result: 'done' | 'refused'
  reason?: string
  facts: Record<string, string>
  origin: { address: string; terminal: 'pc' | 'smartphone'; inquiryNumber: string }
}

function asRecord(row: { sequence: bigint; payload: string }): StoredRecord {
  const { at, userId, operation, result, reason, facts, origin } = JSON.parse(
    row.payload,
  ) as Payload
  return {
    at: instant(at),
    sequence: row.sequence,
    userId: userId as UserId | null,
    operation,
    result,
    reason: reason ?? null,
    facts,
    terminal: origin.terminal,
    address: origin.address,
    inquiryNumber: origin.inquiryNumber,
  }
}
