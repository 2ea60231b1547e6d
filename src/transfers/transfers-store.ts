/** 振込振替 — the SQL of orders, their payees and their steps. Decides nothing. */
import { sql } from 'kysely'
import { bankAccountKey } from '#kit/bank-account.ts'
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { TransferState } from './contract.ts'
import { transferOf, type ItemRow, type TransferRow } from './rows.ts'
import {
  mayFollow,
  type Accepted,
  type Item,
  type Ordered,
  type OrderedItem,
  type Transfer,
  type TransferId,
} from './transfer.ts'

interface Of {
  readonly companyId: CompanyId
  readonly id: TransferId
}

/** `lock`: until the transaction ends. */
export async function transferById(
  tx: Tx,
  { companyId, id }: Of,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Transfer | null> {
  const { rows } = await sql<TransferRow>`
    select * from transfers.transfer where company_id = ${companyId} and id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] === undefined ? null : (await withItems(tx, rows))[0]!
}

export async function withItems(tx: Tx, rows: readonly TransferRow[]): Promise<Transfer[]> {
  if (rows.length === 0) return []
  const { rows: items } = await sql<ItemRow>`
    select * from transfers.item where transfer_id = any (${rows.map(({ id }) => id)})
     order by transfer_id, place`.execute(tx)
  const byTransfer = Map.groupBy(items, ({ transfer_id }) => transfer_id)
  return rows.map((row) => transferOf(row, byTransfer.get(row.id) ?? []))
}

export type Entered = Pick<
  Transfer,
  'kind' | 'accountKey' | 'paymentDay' | 'name' | 'remitterName' | 'memo' | 'payable' | 'items'
>

export async function insertDraft(
  tx: Tx,
  { id, companyId, requester, ...entered }: Of & Entered & { readonly requester: UserId },
  now: Temporal.Instant,
): Promise<void> {
  const { kind, accountKey, paymentDay, name, remitterName, memo, payable, items } = entered
  await sql`
    insert into transfers.transfer (id, company_id, kind, state, requester, account_key,
      payment_day, name, remitter_name, memo, payable, created_at, changed_at)
    values (${id}, ${companyId}, ${kind}, 'draft', ${requester}, ${accountKey}, ${paymentDay},
      ${name}, ${remitterName}, ${memo}, ${payable}, ${now}, ${now})`.execute(tx)
  await insertItems(tx, { id, companyId }, items)
}

/** Under the row's lock. */
export async function replaceDraft(
  tx: Tx,
  of: Of,
  entered: Entered,
  now: Temporal.Instant,
): Promise<void> {
  const { kind, accountKey, paymentDay, name, remitterName, memo, payable, items } = entered
  await sql`
    update transfers.transfer set kind = ${kind}, account_key = ${accountKey},
      payment_day = ${paymentDay}, name = ${name}, remitter_name = ${remitterName},
      memo = ${memo}, payable = ${payable}, changed_at = ${now}
     where company_id = ${of.companyId} and id = ${of.id}`.execute(tx)
  await sql`delete from transfers.item where transfer_id = ${of.id}`.execute(tx)
  await insertItems(tx, of, items)
}

async function insertItems(tx: Tx, of: Of, items: readonly Item[]): Promise<void> {
  for (const [place, one] of items.entries()) {
    await sql`
      insert into transfers.item (id, company_id, transfer_id, place, source, payee_id, account,
        bank_name, branch_name, payee_name, label, name_check, name_at_bank, payable, bearer,
        stated_fee, edi)
      values (${one.id}, ${of.companyId}, ${of.id}, ${place}, ${one.source}, ${one.payeeId},
        ${bankAccountKey(one.account)}, ${one.bankName}, ${one.branchName}, ${one.payeeName},
        ${one.label}, ${one.nameCheck}, ${one.nameAtBank}, ${one.payable}, ${one.bearer},
        ${one.statedFee}, ${one.edi})`.execute(tx)
  }
}

/** 受付番号: the day and a number that only ever grows. */
export async function nextReceiptNumber(tx: Tx, day: Temporal.PlainDate): Promise<string> {
  const { rows } = await sql<{ next: bigint }>`
    select nextval('transfers.receipt') as next`.execute(tx)
  return `${day.toString().replaceAll('-', '')}-${String(rows[0]!.next).padStart(8, '0')}`
}

export interface Submitted {
  readonly ordered: Ordered
  readonly items: readonly (Pick<Item, 'nameCheck' | 'nameAtBank'> & {
    readonly id: string
    readonly ordered: OrderedItem
  })[]
  /** Null: it waits for approval. */
  readonly accepted: Accepted | null
}

/** 確定, by compare-and-set. @returns false where the order has moved since */
export async function submit(
  tx: Tx,
  { companyId, id, from }: Of & { readonly from: TransferState },
  { ordered, items, accepted }: Submitted,
  now: Temporal.Instant,
): Promise<boolean> {
  const to = accepted === null ? 'awaiting-approval' : 'accepted'
  assertMayFollow(from, to)
  const { numAffectedRows } = await sql`
    update transfers.transfer set state = ${to}, changed_at = ${now},
      returned_reason = null, returned_comment = null,
      receipt_number = ${ordered.receiptNumber}, submitted_at = ${ordered.submittedAt},
      handling = ${ordered.handling}, deadline = ${ordered.deadline},
      digest = ${Buffer.from(ordered.digest, 'hex')}, approval_id = ${ordered.approvalId},
      remitter_printed = ${ordered.remitterPrinted}, amount = ${ordered.amount},
      deducted = ${ordered.deducted}, bank_fee = ${ordered.bankFee}, debit = ${ordered.debit},
      hold_id = ${ordered.holdId}, accepted_at = ${accepted?.at ?? null},
      due_at = ${accepted?.dueAt ?? null},
      signatures = ${accepted === null ? null : JSON.stringify(accepted.signatures)}
     where company_id = ${companyId} and id = ${id} and state = ${from}`.execute(tx)
  for (const { id: item, nameCheck, nameAtBank, ordered: one } of items) {
    await sql`
      update transfers.item set is_new = ${one.isNew}, deducted = ${one.deducted},
        amount = ${one.amount}, bank_fee = ${one.bankFee}, posting_id = ${one.postingId},
        fee_posting_id = ${one.feePostingId}, delivery_id = ${one.deliveryId},
        refund_id = ${one.refundId}, name_check = ${nameCheck}, name_at_bank = ${nameAtBank}
       where id = ${item} and transfer_id = ${id}`.execute(tx)
  }
  return numAffectedRows === 1n
}

/** Back to the requester: what 確定 fixed is void. */
export async function giveBack(
  tx: Tx,
  { companyId, id, from, to }: Of & { readonly from: TransferState; readonly to: TransferState },
  returned: { readonly reason: string; readonly comment: string },
  now: Temporal.Instant,
): Promise<boolean> {
  assertMayFollow(from, to)
  const { numAffectedRows } = await sql`
    update transfers.transfer set state = ${to}, changed_at = ${now},
      returned_reason = ${returned.reason}, returned_comment = ${returned.comment},
      receipt_number = null, submitted_at = null, handling = null, deadline = null, digest = null,
      approval_id = null, remitter_printed = null, amount = null, deducted = null,
      bank_fee = null, debit = null, hold_id = null, accepted_at = null, due_at = null,
      signatures = null
     where company_id = ${companyId} and id = ${id} and state = ${from}`.execute(tx)
  await sql`
    update transfers.item set is_new = null, deducted = null, amount = null, bank_fee = null,
      posting_id = null, fee_posting_id = null, delivery_id = null, refund_id = null
     where transfer_id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

/** 最終承認: accepted. */
export async function accept(
  tx: Tx,
  { companyId, id }: Of,
  { at, dueAt, signatures }: Accepted,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.transfer set state = 'accepted', changed_at = ${at}, accepted_at = ${at},
      due_at = ${dueAt}, signatures = ${JSON.stringify(signatures)}
     where company_id = ${companyId} and id = ${id} and state = 'awaiting-approval'`.execute(tx)
  return numAffectedRows === 1n
}

/** An end without money having moved, or after all of it has. */
export async function end(
  tx: Tx,
  { companyId, id, from, to }: Of & { readonly from: TransferState; readonly to: TransferState },
  how: {
    readonly at: Temporal.Instant
    readonly failure?: { readonly reason: string; readonly facts: Readonly<Record<string, string>> }
  },
): Promise<boolean> {
  assertMayFollow(from, to)
  const facts = how.failure === undefined ? null : JSON.stringify(how.failure.facts)
  const { numAffectedRows } = await sql`
    update transfers.transfer set state = ${to}, changed_at = ${how.at}, ended_at = ${how.at},
      lease_until = null, failure = ${how.failure?.reason ?? null}, failure_facts = ${facts}
     where company_id = ${companyId} and id = ${id} and state = ${from}`.execute(tx)
  return numAffectedRows === 1n
}

export interface Step {
  readonly step: string
  readonly by: UserId | null
  readonly facts?: Readonly<Record<string, string>>
  readonly comment?: string
}

export async function addStep(
  tx: Tx,
  { companyId, id }: Of,
  { step, by, facts = {}, comment = '' }: Step,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into transfers.step (id, company_id, transfer_id, at, by, step, facts, comment)
    values (${newId(at.epochMilliseconds)}, ${companyId}, ${id}, ${at}, ${by}, ${step},
      ${JSON.stringify(facts)}, ${comment})`.execute(tx)
}

export function assertMayFollow(from: TransferState, to: TransferState): void {
  if (!mayFollow(from, to)) throw new Error(`an order never goes from ${from} to ${to}`)
}

/** Whosever it is. Runs as the bank. */
export async function transferAsBank(
  tx: Tx,
  id: TransferId,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Transfer | null> {
  const { rows } = await sql<TransferRow>`
    select * from transfers.transfer where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] === undefined ? null : (await withItems(tx, rows))[0]!
}
