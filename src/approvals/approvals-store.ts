/** 承認 — the SQL of policies, rounds, marks and moves. Decides nothing. */
import { sql } from 'kysely'
import type { AccountKey } from '#kit/account-number.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type {
  ApprovableBusiness,
  ApprovalId,
  OrderId,
  OrderOf,
  OrderSummary,
} from './approvable.ts'
import type { ApprovalMove, ApprovalState } from './approvals.ts'
import type { Mark, Standing } from './machine.ts'
import type { Route } from './route.ts'

/** One 確定 as it is stored. */
export interface StoredApproval extends OrderOf {
  readonly id: ApprovalId
  readonly business: ApprovableBusiness
  readonly requester: UserId
  readonly requesterToken: string | null
  readonly summary: OrderSummary
  readonly comment: string
  readonly digest: string
  readonly submittedAt: Temporal.Instant
  readonly deadline: Temporal.Instant
  readonly standing: Standing
}

interface Row {
  id: ApprovalId
  company_id: CompanyId
  order_id: OrderId
  business: ApprovableBusiness
  requester: UserId
  requester_token: string | null
  summary: StoredSummary
  comment: string
  route: Route
  digest: string
  submitted_at: string
  deadline: string
  state: ApprovalState
  approved_at: string | null
  ended_at: string | null
  ended_by: UserId | null
  reason: string | null
  reason_facts: Record<string, string> | null
  marks: { user_id: UserId; at: string; challenge_id: string; token_serial: string }[]
}
type StoredSummary = Omit<OrderSummary, 'paymentDay' | 'amount'> & {
  readonly paymentDay: string
  readonly amount: string
}

const columns = sql`a.id, a.company_id, a.order_id, a.business, a.requester, a.requester_token,
  a.summary, a.comment, a.route, a.digest, a.submitted_at, a.deadline, a.state, a.approved_at,
  a.ended_at, a.ended_by, a.reason, a.reason_facts,
  coalesce((select jsonb_agg(jsonb_build_object('user_id', m.user_id, 'at', m.at,
      'challenge_id', m.challenge_id, 'token_serial', m.token_serial) order by m.at, m.user_id)
    from approvals.mark m where m.approval_id = a.id), '[]'::jsonb) as marks`

function approvalOf(row: Row): StoredApproval {
  const { summary } = row
  const day = Temporal.PlainDate.from(summary.paymentDay)
  return {
    id: row.id,
    companyId: row.company_id,
    orderId: row.order_id,
    business: row.business,
    requester: row.requester,
    requesterToken: row.requester_token,
    summary: {
      ...summary,
      accountKey: summary.accountKey as AccountKey,
      paymentDay: day,
      amount: yen(summary.amount),
    },
    comment: row.comment,
    digest: row.digest,
    submittedAt: instant(row.submitted_at),
    deadline: instant(row.deadline),
    standing: standingOf(row),
  }
}

function standingOf(row: Row): Standing {
  const { route, state } = row
  const marks: Mark[] = row.marks.map((mark) => ({
    userId: mark.user_id,
    at: Temporal.Instant.from(mark.at),
    challengeId: mark.challenge_id,
    tokenSerial: mark.token_serial,
  }))
  const approvedAt = row.approved_at === null ? null : instant(row.approved_at)
  if (state === 'awaiting') return { state, route, marks }
  if (state === 'approved') {
    if (approvedAt === null) throw new Error(`approval ${row.id} is approved without a moment`)
    return { state, route, marks, approvedAt }
  }
  if (row.ended_at === null) throw new Error(`approval ${row.id} has ended without a moment`)
  const ended = { by: row.ended_by, at: instant(row.ended_at), reason: row.reason }
  return { state, route, marks, approvedAt, ...ended, facts: row.reason_facts }
}

/** The kind's order row is locked before (approvable.ts). */
export async function approvalById(
  tx: Tx,
  { companyId, id }: { readonly companyId: CompanyId; readonly id: string },
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<StoredApproval | null> {
  if (lock) {
    // First the lock, then what is read: the marks are those that the last holder left.
    await sql`select 1 from approvals.approval where id = ${id} and company_id = ${companyId}
      for update`.execute(tx)
  }
  const { rows } = await sql<Row>`
    select ${columns} from approvals.approval a
     where a.id = ${id} and a.company_id = ${companyId}`.execute(tx)
  return rows[0] === undefined ? null : approvalOf(rows[0])
}

/** Every round of an order, oldest first. */
export async function roundsOf(
  tx: Tx,
  { companyId, orderId }: OrderOf,
): Promise<readonly StoredApproval[]> {
  const { rows } = await sql<Row>`
    select ${columns} from approvals.approval a
     where a.order_id = ${orderId} and a.company_id = ${companyId}
     order by a.round`.execute(tx)
  return rows.map(approvalOf)
}

/** Nearest deadline first. */
export async function approvalsIn(
  tx: Tx,
  { companyId, state }: { companyId: CompanyId; state: 'awaiting' | 'approved' },
): Promise<readonly StoredApproval[]> {
  const { rows } = await sql<Row>`
    select ${columns} from approvals.approval a
     where a.company_id = ${companyId} and a.state = ${state}
     order by a.deadline, a.id limit 1000`.execute(tx)
  return rows.map(approvalOf)
}

export async function insertApproval(
  tx: Tx,
  made: Omit<StoredApproval, 'standing'> & { readonly route: Route },
): Promise<void> {
  const { summary } = made
  const stored = {
    ...summary,
    paymentDay: summary.paymentDay.toString(),
    amount: String(summary.amount),
  }
  await sql`
    insert into approvals.approval (id, company_id, order_id, round, business, requester,
      requester_token, summary, comment, route, digest, submitted_at, deadline, state)
    values (${made.id}, ${made.companyId}, ${made.orderId},
      (select coalesce(max(round), 0) + 1 from approvals.approval
        where order_id = ${made.orderId} and company_id = ${made.companyId}),
      ${made.business}, ${made.requester}, ${made.requesterToken},
      ${JSON.stringify(stored)}::jsonb, ${made.comment}, ${JSON.stringify(made.route)}::jsonb,
      ${made.digest}, ${made.submittedAt}, ${made.deadline}, 'awaiting')`.execute(tx)
}

/** @throws where the row is no longer in the state that was read under the lock */
export async function saveStanding(
  tx: Tx,
  { id, companyId, standing: before }: StoredApproval,
  after: Standing,
): Promise<void> {
  const ended = 'at' in after ? after : null
  const approvedAt = 'approvedAt' in after ? after.approvedAt : null
  const facts = ended === null || ended.facts === null ? null : JSON.stringify(ended.facts)
  const { numAffectedRows } = await sql`
    update approvals.approval set state = ${after.state}, approved_at = ${approvedAt},
      ended_at = ${ended?.at ?? null}, ended_by = ${ended?.by ?? null},
      reason = ${ended?.reason ?? null}, reason_facts = ${facts}::jsonb
     where id = ${id} and company_id = ${companyId} and state = ${before.state}`.execute(tx)
  if (numAffectedRows !== 1n) throw new Error(`approval ${id} changed under its lock`)
}

export async function insertMark(
  tx: Tx,
  { companyId, id }: Pick<StoredApproval, 'companyId' | 'id'>,
  mark: Mark,
): Promise<void> {
  await sql`
    insert into approvals.mark (company_id, approval_id, user_id, at, challenge_id, token_serial)
    values (${companyId}, ${id}, ${mark.userId}, ${mark.at}, ${mark.challengeId},
      ${mark.tokenSerial})`.execute(tx)
}

export interface StoredMove {
  readonly move: ApprovalMove
  readonly by: UserId | null
  readonly at: Temporal.Instant
  readonly comment: string
}

export async function insertMove(
  tx: Tx,
  { companyId, id }: Pick<StoredApproval, 'companyId' | 'id'>,
  { move, by, at, comment }: StoredMove,
): Promise<void> {
  await sql`
    insert into approvals.move (company_id, approval_id, move, by_user, at, comment)
    values (${companyId}, ${id}, ${move}, ${by}, ${at}, ${comment})`.execute(tx)
}

export async function movesOf(
  tx: Tx,
  { companyId, id }: Pick<StoredApproval, 'companyId' | 'id'>,
): Promise<readonly StoredMove[]> {
  const { rows } = await sql<{
    move: ApprovalMove
    by_user: UserId | null
    at: string
    comment: string
  }>`
    select move, by_user, at, comment from approvals.move
     where approval_id = ${id} and company_id = ${companyId} order by id`.execute(tx)
  return rows.map(({ by_user: by, at, ...same }) => ({ ...same, by, at: instant(at) }))
}

/** As the bank. */
export async function awaitingDue(
  tx: Tx,
  { before, notReminded }: { readonly before: Temporal.Instant; readonly notReminded: boolean },
): Promise<readonly { readonly id: ApprovalId; readonly companyId: CompanyId }[]> {
  const { rows } = await sql<{ id: ApprovalId; company_id: CompanyId }>`
    select id, company_id from approvals.approval
     where state = 'awaiting' and deadline <= ${before}
       ${notReminded ? sql`and reminded_at is null` : sql``}
     order by deadline, id limit 1000`.execute(tx)
  return rows.map(({ id, company_id: companyId }) => ({ id, companyId }))
}

/** @returns false where it was reminded of already, or no longer waits */
export async function markReminded(
  tx: Tx,
  { companyId, id }: Pick<StoredApproval, 'companyId' | 'id'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update approvals.approval set reminded_at = ${now}
     where id = ${id} and company_id = ${companyId} and state = 'awaiting'
       and reminded_at is null`.execute(tx)
  return numAffectedRows === 1n
}
