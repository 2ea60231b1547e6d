/** 取引状況照会 — the SQL of lists: by keyset, newest 指定日 first; a page never shifts. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { TransferState } from './contract.ts'
import type { TransferRow } from './rows.ts'
import { editableStates, type Transfer, type TransferId } from './transfer.ts'
import { withItems } from './transfers-store.ts'

export interface Duplicate {
  readonly id: TransferId
  readonly receiptNumber: string | null
  readonly name: string
}

/** 同一取引: same day, account, destinations and amounts, and not ended without money moving. */
export async function duplicatesOf(tx: Tx, transfer: Transfer): Promise<readonly Duplicate[]> {
  const { rows } = await sql<{ id: TransferId; receipt_number: string | null; name: string }>`
    with mine as (
      select array_agg(account || ' ' || payable order by account, payable) as payees
        from transfers.item where transfer_id = ${transfer.id}
    )
    select t.id, t.receipt_number, t.name from transfers.transfer t, mine
     where t.company_id = ${transfer.companyId} and t.id <> ${transfer.id}
       and t.payment_day = ${transfer.paymentDay} and t.account_key = ${transfer.accountKey}
       and t.payable = ${transfer.payable}
       and t.state in ('awaiting-approval', 'accepted', 'executing', 'sent', 'completed',
         'partly-returned')
       and mine.payees = (
         select array_agg(i.account || ' ' || i.payable order by i.account, i.payable)
           from transfers.item i where i.transfer_id = t.id)
     order by t.id desc limit 5`.execute(tx)
  return rows.map(({ id, receipt_number, name }) => ({ id, name, receiptNumber: receipt_number }))
}

export interface ListAsked {
  readonly companyId: CompanyId
  readonly show: 'editable' | 'recallable' | 'all'
  /** Null: everybody's (全取引照会). */
  readonly of: UserId | null
  readonly states: readonly TransferState[] | null
  readonly from: Temporal.PlainDate | null
  readonly to: Temporal.PlainDate | null
  readonly accountKey: string | null
  readonly text: string | null
  readonly after: { readonly day: string; readonly id: string } | null
  readonly limit: number
}

export async function listed(tx: Tx, asked: ListAsked): Promise<readonly Transfer[]> {
  const { companyId, of, states, from, to, accountKey, text, after, limit } = asked
  const only = {
    editable: sql`state in (${sql.join([...editableStates])})`,
    recallable: sql`state = 'awaiting-approval'`,
    all: sql`not (state in ('deleted', 'expired') and receipt_number is null)`,
  }[asked.show]
  const conditions = [
    sql`company_id = ${companyId}`,
    only,
    ...(of === null ? [] : [sql`requester = ${of}`]),
    ...(states === null ? [] : [sql`state = any (${[...states]})`]),
    ...(from === null ? [] : [sql`payment_day >= ${from}`]),
    ...(to === null ? [] : [sql`payment_day <= ${to}`]),
    ...(accountKey === null ? [] : [sql`account_key = ${accountKey}`]),
    ...(text === null ? [] : [found(text)]),
    ...(after === null ? [] : [sql`(payment_day, id) < (${after.day}::date, ${after.id}::uuid)`]),
  ]
  const { rows } = await sql<TransferRow>`
    select * from transfers.transfer t where ${sql.join(conditions, sql` and `)}
     order by payment_day desc, id desc limit ${limit}`.execute(tx)
  return withItems(tx, rows)
}

function found(text: string) {
  const like = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`(receipt_number like ${like} or name like ${like} or exists (
    select 1 from transfers.item i
     where i.transfer_id = t.id and (i.payee_name like ${like} or i.label like ${like})))`
}

/** 作成中: how many of one's own can be edited. */
export async function countEditable(
  tx: Tx,
  { companyId, userId }: { readonly companyId: CompanyId; readonly userId: UserId },
): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from transfers.transfer
     where company_id = ${companyId} and requester = ${userId} and receipt_number is null
       and state in (${sql.join([...editableStates])})`.execute(tx)
  return Number(rows[0]!.count)
}

export interface PastStep {
  readonly at: Temporal.Instant
  readonly by: UserId | null
  readonly step: string
  readonly facts: Readonly<Record<string, string>>
  readonly comment: string
}

interface StepRow {
  at: string
  by: UserId | null
  step: string
  facts: Readonly<Record<string, string>>
  comment: string
}

/** Oldest first. */
export async function stepsOf(
  tx: Tx,
  { companyId, id }: { readonly companyId: CompanyId; readonly id: TransferId },
): Promise<readonly PastStep[]> {
  const { rows } = await sql<StepRow>`
    select at, by, step, facts, comment from transfers.step
     where company_id = ${companyId} and transfer_id = ${id} order by sequence`.execute(tx)
  return rows.map((row) => ({ ...row, at: instant(row.at) }))
}

/** Drafts that nobody has touched for long: 有効期限切れ. Runs as the bank; some at a time. */
export async function staleDrafts(
  tx: Tx,
  before: Temporal.Instant,
  limit: number,
): Promise<readonly Pick<Transfer, 'companyId' | 'id' | 'state'>[]> {
  const { rows } = await sql<{ company_id: CompanyId; id: TransferId; state: TransferState }>`
    select company_id, id, state from transfers.transfer
     where state in (${sql.join([...editableStates])}) and changed_at < ${before}
     order by changed_at limit ${limit} for update skip locked`.execute(tx)
  return rows.map(({ company_id: companyId, id, state }) => ({ companyId, id, state }))
}
