/** 実行 — the SQL of carrying orders out: what is due, who is at it, and the outbox. */
import { sql } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { ItemId, TransferId } from './transfer.ts'

export interface Claimed {
  readonly companyId: CompanyId
  readonly id: TransferId
}

/** What is due and nobody is at; a worker that died is followed when its lease has ended. */
export async function dueTransfers(
  tx: Tx,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly Claimed[]> {
  const { rows } = await sql<{ company_id: CompanyId; id: TransferId }>`
    select company_id, id from transfers.transfer
     where due_at <= ${now}
       and (state = 'accepted' or (state = 'executing' and lease_until <= ${now}))
     order by due_at, id limit ${limit}`.execute(tx)
  return rows.map(({ company_id: companyId, id }) => ({ companyId, id }))
}

/**
 * Begins, or takes over from a worker that has died. Two at once: the second waits for the row and
 * finds the lease taken.
 */
export async function beginExecution(
  tx: Tx,
  { id }: Pick<Claimed, 'id'>,
  { now, leaseUntil }: { readonly now: Temporal.Instant; readonly leaseUntil: Temporal.Instant },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.transfer set state = 'executing', lease_until = ${leaseUntil},
      changed_at = ${now}
     where id = ${id} and due_at <= ${now}
       and (state = 'accepted' or (state = 'executing' and lease_until <= ${now}))`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * Locks the order for the worker that began with it. False: its lease has ended and another one has
 * taken over, whose word counts.
 */
export async function isAtIt(
  tx: Tx,
  { id }: Pick<Claimed, 'id'>,
  leaseUntil: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from transfers.transfer
     where id = ${id} and state = 'executing' and lease_until = ${leaseUntil} for update`.execute(
    tx,
  )
  return rows.length > 0
}

/** The money has left the account: 発信済み. @returns false where another worker was faster */
export async function markDebited(
  tx: Tx,
  { id }: Pick<Claimed, 'id'>,
  { at, completed }: { readonly at: Temporal.Instant; readonly completed: boolean },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.transfer set state = ${completed ? 'completed' : 'sent'}, lease_until = null,
      debited_at = ${at}, changed_at = ${at}, ended_at = ${completed ? at : null}
     where id = ${id} and state = 'executing'`.execute(tx)
  await sql`
    update transfers.item set outcome = ${completed ? 'credited' : 'waiting'},
      settled_at = ${completed ? at : null}
     where transfer_id = ${id} and outcome is null`.execute(tx)
  return numAffectedRows === 1n
}

export async function insertDelivery(
  tx: Tx,
  {
    companyId,
    transferId,
    id,
  }: { readonly companyId: CompanyId; readonly transferId: TransferId; readonly id: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into transfers.delivery (id, company_id, transfer_id, next_try_at, created_at)
    values (${id}, ${companyId}, ${transferId}, ${now}, ${now}) on conflict (id) do nothing`.execute(
    tx,
  )
}

export interface Delivery {
  readonly id: string
  readonly companyId: CompanyId
  readonly transferId: TransferId
  readonly attempts: number
}

interface DeliveryRow {
  id: string
  company_id: CompanyId
  transfer_id: TransferId
  attempts: number
}

/** One that is due, counted and leased before it is tried. */
export async function claimDelivery(
  tx: Tx,
  {
    now,
    leaseUntil,
    of,
  }: {
    readonly now: Temporal.Instant
    readonly leaseUntil: Temporal.Instant
    /** Of one order only. */
    readonly of: TransferId | null
  },
): Promise<Delivery | null> {
  const only = of === null ? sql`` : sql`and transfer_id = ${of}`
  const { rows } = await sql<DeliveryRow>`
    update transfers.delivery set attempts = attempts + 1, next_try_at = ${leaseUntil}
     where id = (
       select id from transfers.delivery
        where state = 'waiting' and next_try_at <= ${now} ${only}
        order by next_try_at, id limit 1 for update skip locked)
    returning id, company_id, transfer_id, attempts`.execute(tx)
  const row = rows[0]
  if (row === undefined) return null
  const { id, company_id: companyId, transfer_id: transferId, attempts } = row
  return { id, companyId, transferId, attempts }
}

export async function markDelivered(tx: Tx, id: string): Promise<void> {
  await sql`
    update transfers.delivery set state = 'sent', next_try_at = null, last_error = null
     where id = ${id} and state = 'waiting'`.execute(tx)
}

export async function putOffDelivery(
  tx: Tx,
  {
    id,
    until,
    error,
  }: { readonly id: string; readonly until: Temporal.Instant; readonly error: string },
): Promise<void> {
  await sql`
    update transfers.delivery set next_try_at = ${until}, last_error = ${error.slice(0, 100)}
     where id = ${id} and state = 'waiting'`.execute(tx)
}

export async function deliveryById(
  tx: Tx,
  id: string,
): Promise<Pick<Delivery, 'companyId' | 'transferId'> | null> {
  const { rows } = await sql<DeliveryRow>`
    select company_id, transfer_id from transfers.delivery where id = ${id}`.execute(tx)
  const row = rows[0]
  return row === undefined ? null : { companyId: row.company_id, transferId: row.transfer_id }
}

/** The answer of an item, once. @returns false where it had one already */
export async function settleItem(
  tx: Tx,
  settled: {
    readonly itemId: ItemId
    readonly deliveryId: string
    readonly outcome: 'credited' | 'returned'
    readonly reason: string | null
    readonly at: Temporal.Instant
  },
): Promise<boolean> {
  const { itemId, deliveryId, outcome, reason, at } = settled
  const { numAffectedRows } = await sql`
    update transfers.item set outcome = ${outcome}, return_reason = ${reason}, settled_at = ${at}
     where id = ${itemId} and outcome = 'waiting'`.execute(tx)
  await sql`
    update transfers.delivery set state = 'answered', next_try_at = null
     where id = ${deliveryId}`.execute(tx)
  return numAffectedRows === 1n
}
