/** 登録されたトークン (instances) and who holds them — the SQL. Decides nothing. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'

export interface Instance {
  readonly id: string
  readonly companyId: CompanyId
  readonly serial: string
  readonly handle: bigint // トークンコード
  readonly nonce: number
  readonly seed: Uint8Array // sealed
  readonly state: 'pending' | 'unused' | 'in-use' | 'ended'
  readonly fails: number // wrong codes in a row
  readonly suspendedAs: 'wrong-codes' | 'by-user' | null // 利用停止
}

interface Row {
  id: string
  company_id: CompanyId
  serial: string
  handle: bigint
  nonce: number
  seed: Uint8Array
  state: Instance['state']
  fails: number
  suspended_as: Instance['suspendedAs']
}
const columns = sql`i.id, i.company_id, i.serial, i.handle, i.nonce, i.seed, i.state, i.fails,
  i.suspended_as`

function instanceOf({ company_id: companyId, suspended_as: suspendedAs, ...same }: Row): Instance {
  return { ...same, companyId, suspendedAs }
}

export async function instanceById(
  tx: Tx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<Instance | null> {
  const { rows } = await sql<Row>`
    select ${columns} from token.instance i where i.id = ${id}
      ${lock ? sql`for no key update` : sql``}`.execute(tx)
  return rows[0] === undefined ? null : instanceOf(rows[0])
}

/** The instance that this user signs with; null: none is registered. */
export async function instanceHeldBy(
  tx: Tx,
  { companyId, userId }: { companyId: CompanyId; userId: UserId },
): Promise<Instance | null> {
  const { rows } = await sql<Row>`
    select ${columns} from token.instance i join token.holding h on h.instance_id = i.id
     where h.user_id = ${userId} and h.company_id = ${companyId} and h.ended_at is null`.execute(tx)
  return rows[0] === undefined ? null : instanceOf(rows[0])
}

/** The device's registration that is not ended and not half made. */
export async function liveInstanceOf(tx: Tx, serial: string): Promise<Instance | null> {
  const { rows } = await sql<Row>`
    select ${columns} from token.instance i
     where i.serial = ${serial} and i.state in ('unused', 'in-use')`.execute(tx)
  return rows[0] === undefined ? null : instanceOf(rows[0])
}

/** @returns false when the handle is taken: another one is drawn */
export async function insertInstance(
  tx: Tx,
  made: Pick<Instance, 'id' | 'companyId' | 'serial' | 'handle' | 'nonce' | 'seed'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const { id, companyId, serial, handle, nonce, seed } = made
  const { numAffectedRows } = await sql`
    insert into token.instance (id, company_id, serial, handle, nonce, seed, state, made_at)
    values (${id}, ${companyId}, ${serial}, ${handle}, ${nonce}, ${seed}, 'pending', ${now})
    on conflict (handle) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** The next sequence of this instance's 2D codes. */
export async function nextSequence(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ sequence: number }>`
    update token.instance set sequence = sequence + 1 where id = ${id}
    returning sequence`.execute(tx)
  return rows[0]!.sequence
}

/** Counts one more wrong code, before it is looked at. @returns false when no more may be tried */
export async function countFail(tx: Tx, id: string, failsMax: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update token.instance set fails = fails + 1
     where id = ${id} and suspended_at is null and fails < ${failsMax}
       and state <> 'ended'`.execute(tx)
  return numAffectedRows === 1n
}

/** The code was right: all errors are forgotten; or it was not the code's fault: one is. */
export async function forgiveFails(tx: Tx, id: string, which: 'all' | 'one'): Promise<void> {
  await sql`
    update token.instance set fails = ${which === 'all' ? sql`0` : sql`greatest(fails - 1, 0)`}
     where id = ${id}`.execute(tx)
}

/** @returns true when it begins here */
export async function suspend(
  tx: Tx,
  { id, as }: { id: string; as: 'wrong-codes' | 'by-user' },
  now: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update token.instance set suspended_at = ${now}, suspended_as = ${as}
     where id = ${id} and suspended_at is null and state <> 'ended'`.execute(tx)
  return numAffectedRows === 1n
}

export async function release(tx: Tx, id: string): Promise<void> {
  await sql`
    update token.instance set suspended_at = null, suspended_as = null, fails = 0
     where id = ${id}`.execute(tx)
}

export async function activate(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update token.instance set state = 'unused', activated_at = ${now}, fails = 0
     where id = ${id} and state = 'pending'`.execute(tx)
}

export async function markUsed(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update token.instance set state = 'in-use', first_used_at = ${now}
     where id = ${id} and state = 'unused'`.execute(tx)
}

export async function endInstance(
  tx: Tx,
  { id, as }: { id: string; as: 'registered-anew' | 'reset' | 'detached' | 'discarded' },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update token.instance set state = 'ended', ended_at = ${now}, ended_as = ${as}
     where id = ${id} and state <> 'ended'`.execute(tx)
}

/**
 * After a restore of the database: what devices have seen since the backup is older than what is
 * made from now on, and nothing that was open then may be used. As the bank.
 */
export async function goOnAfterRestore(tx: Tx, now: Temporal.Instant): Promise<void> {
  const ahead = 10_000
  await sql`update token.instance set sequence = least(sequence + ${ahead}, 16777215)`.execute(tx)
  await sql`
    update token.device
       set activation_sequence = least(activation_sequence + ${ahead}, 16777215)`.execute(tx)
  await sql`delete from token.registration`.execute(tx)
  await sql`
    update token.challenge set spent_at = ${now}
     where used_at is null and spent_at is null`.execute(tx)
}

/** For the nightly job: registrations that were begun and never finished. As the bank. */
export async function forgetPending(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`
    delete from token.registration where expires_at < ${before}`.execute(tx)
  await sql`
    delete from token.instance i
     where i.state = 'pending' and i.made_at < ${before}
       and not exists (select from token.registration r where r.instance_id = i.id)`.execute(tx)
}
