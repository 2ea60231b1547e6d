/** 登録内容 — the SQL of what was entered and waits for its signature, and of files on their way. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { PayeeBusiness } from './payees.ts'

export const proposalKinds = ['registration', 'change', 'import'] as const
export type ProposalKind = (typeof proposalKinds)[number]

export interface Proposal {
  readonly id: string
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly business: PayeeBusiness
  readonly kind: ProposalKind
  readonly content: string // JSON of proposal.ts
  readonly createdAt: Temporal.Instant
  readonly doneAt: Temporal.Instant | null
}

export async function insertProposal(tx: Tx, proposal: Omit<Proposal, 'doneAt'>): Promise<void> {
  const { id, companyId, userId, business, kind, content, createdAt } = proposal
  await sql`
    insert into payees.proposal (id, company_id, user_id, business, kind, content, created_at)
    values (${id}, ${companyId}, ${userId}, ${business}, ${kind}, ${content}, ${createdAt})`.execute(
    tx,
  )
}

/** One's own; locked for the rest of the transaction where asked. */
export async function proposalById(
  tx: Tx,
  { companyId, userId }: { readonly companyId: CompanyId; readonly userId: UserId },
  { id, locked = false }: { readonly id: string; readonly locked?: boolean },
): Promise<Proposal | null> {
  const { rows } = await sql<{
    id: string
    business: PayeeBusiness
    kind: ProposalKind
    content: string
    created_at: string
    done_at: string | null
  }>`
    select id, business, kind, content, created_at, done_at from payees.proposal
    where company_id = ${companyId} and user_id = ${userId} and id::text = ${id}
    ${locked ? sql`for update` : sql``}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return null
  const { business, kind, content } = row
  const createdAt = instant(row.created_at)
  const doneAt = row.done_at === null ? null : instant(row.done_at)
  return { id: row.id, companyId, userId, business, kind, content, createdAt, doneAt }
}

export async function setDone(
  tx: Tx,
  { companyId, id }: Pick<Proposal, 'companyId' | 'id'>,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    update payees.proposal set state = 'done', done_at = ${at}
    where company_id = ${companyId} and id = ${id}`.execute(tx)
}

interface Upload {
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly uploadId: string
}

/** The same piece again is taken once. */
export async function putPiece(
  tx: Tx,
  { companyId, userId, uploadId }: Upload,
  piece: { readonly place: number; readonly bytes: Uint8Array },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into payees.upload_piece (company_id, user_id, upload_id, place, bytes, created_at)
    values (${companyId}, ${userId}, ${uploadId}, ${piece.place}, ${Buffer.from(piece.bytes)},
      ${now})
    on conflict do nothing`.execute(tx)
}

/** @returns null when a piece is missing */
export async function uploaded(
  tx: Tx,
  { companyId, userId, uploadId }: Upload,
  pieces: number,
): Promise<Uint8Array | null> {
  const { rows } = await sql<{ place: number; bytes: Buffer }>`
    select place, bytes from payees.upload_piece
    where company_id = ${companyId} and user_id = ${userId} and upload_id::text = ${uploadId}
    order by place`.execute(tx)
  const whole = rows.length === pieces && rows.every(({ place }, at) => place === at)
  return whole ? Buffer.concat(rows.map(({ bytes }) => bytes)) : null
}

/** As the bank. */
export async function purgeProposals(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`delete from payees.proposal where created_at < ${before}`.execute(tx)
  await sql`delete from payees.upload_piece where created_at < ${before}`.execute(tx)
}
