/** 利用者とトークン: who signs with which — the SQL. Decides nothing. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'

export interface Holding {
  readonly userId: UserId
  readonly instanceId: string
  readonly serial: string
  readonly handle: bigint
  readonly state: 'unused' | 'in-use'
  readonly suspended: boolean
  readonly since: Temporal.Instant
  readonly cautionSeen: boolean // 注意喚起
}

interface Row {
  user_id: UserId
  instance_id: string
  serial: string
  handle: bigint
  state: Holding['state']
  suspended: boolean
  since: string
  caution_seen: boolean
}

/**
 * Everybody of the company who has a token.
 * @param failsMax so many wrong codes are a suspension, even where no process lived to say so
 */
export async function holdingsOf(
  tx: Tx,
  companyId: CompanyId,
  { failsMax }: { readonly failsMax: number },
): Promise<readonly Holding[]> {
  const { rows } = await sql<Row>`
    select h.user_id, h.instance_id, i.serial, i.handle, i.state,
           (i.suspended_at is not null or i.fails >= ${failsMax}) as suspended, h.since,
           h.caution_seen_at is not null as caution_seen
      from token.holding h join token.instance i on i.id = h.instance_id
     where h.company_id = ${companyId} and h.ended_at is null
     order by h.since, h.id`.execute(tx)
  return rows.map((row) => ({
    userId: row.user_id,
    instanceId: row.instance_id,
    serial: row.serial,
    handle: row.handle,
    state: row.state,
    suspended: row.suspended,
    since: instant(row.since),
    cautionSeen: row.caution_seen,
  }))
}

/** null: this user has none. */
export async function holdingOf(
  tx: Tx,
  { companyId, userId }: { companyId: CompanyId; userId: UserId },
): Promise<{ readonly instanceId: string; readonly cautionSeen: boolean } | null> {
  const { rows } = await sql<{ instance_id: string; caution_seen: boolean }>`
    select instance_id, caution_seen_at is not null as caution_seen from token.holding
     where user_id = ${userId} and company_id = ${companyId} and ended_at is null`.execute(tx)
  const [row] = rows
  return row === undefined ? null : { instanceId: row.instance_id, cautionSeen: row.caution_seen }
}

export async function hasHeldBefore(tx: Tx, userId: UserId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from token.holding where user_id = ${userId} and ended_at is not null
     limit 1`.execute(tx)
  return rows.length > 0
}

/** @returns false when the user has one by now */
export async function insertHolding(
  tx: Tx,
  made: { id: string; companyId: CompanyId; userId: UserId; instanceId: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const { id, companyId, userId, instanceId } = made
  const { numAffectedRows } = await sql`
    insert into token.holding (id, company_id, user_id, instance_id, since)
    values (${id}, ${companyId}, ${userId}, ${instanceId}, ${now})
    on conflict (user_id) where ended_at is null do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function markCautionSeen(
  tx: Tx,
  userId: UserId,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update token.holding set caution_seen_at = ${now}
     where user_id = ${userId} and ended_at is null and caution_seen_at is null`.execute(tx)
}

/** @param of one user's, or all of an instance */
export async function endHoldings(
  tx: Tx,
  of: { userId: UserId } | { instanceId: string },
  ended: { as: 'reset' | 'detached' | 'discarded'; now: Temporal.Instant },
): Promise<void> {
  const whose = 'userId' in of ? sql`user_id = ${of.userId}` : sql`instance_id = ${of.instanceId}`
  await sql`
    update token.holding set ended_at = ${ended.now}, ended_as = ${ended.as}
     where ended_at is null and ${whose}`.execute(tx)
}

export async function holdersOf(tx: Tx, instanceId: string): Promise<readonly UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from token.holding
     where instance_id = ${instanceId} and ended_at is null order by since, id`.execute(tx)
  return rows.map((row) => row.user_id)
}
