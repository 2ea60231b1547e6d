/** 口座確認の回数 — the SQL: one row for each user and day, counted under its lock. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Tally } from './look-up-tally.ts'

export interface TallyOf {
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly day: Temporal.PlainDate
}

/** Made where there is none, and locked for the rest of the transaction. */
export async function lockTally(tx: Tx, { companyId, userId, day }: TallyOf): Promise<Tally> {
  await sql`
    insert into payees.look_up_tally (company_id, user_id, day, without_transfer, no_such_account)
    values (${companyId}, ${userId}, ${day}, 0, 0) on conflict do nothing`.execute(tx)
  const { rows } = await sql<{
    without_transfer: number
    no_such_account: number
    stopped: boolean
  }>`
    select without_transfer, no_such_account, stopped_at is not null as stopped
    from payees.look_up_tally
    where company_id = ${companyId} and user_id = ${userId} and day = ${day}
    for update`.execute(tx)
  const row = rows[0]!
  return {
    withoutTransfer: row.without_transfer,
    noSuchAccount: row.no_such_account,
    stopped: row.stopped,
  }
}

export async function putTally(
  tx: Tx,
  { companyId, userId, day }: TallyOf,
  { withoutTransfer, noSuchAccount, stopped }: Tally,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update payees.look_up_tally set
      without_transfer = ${withoutTransfer}, no_such_account = ${noSuchAccount},
      stopped_at = case when ${stopped} then coalesce(stopped_at, ${now}::timestamptz) end
    where company_id = ${companyId} and user_id = ${userId} and day = ${day}`.execute(tx)
}

/** An order was submitted: of every day, for the transaction does not know which one it is. */
export async function clearWithoutTransfer(
  tx: Tx,
  { companyId, userId }: Omit<TallyOf, 'day'>,
): Promise<void> {
  await sql`
    update payees.look_up_tally set without_transfer = 0
    where company_id = ${companyId} and user_id = ${userId}`.execute(tx)
}

/** As the bank. */
export async function purgeTallies(tx: Tx, before: Temporal.PlainDate): Promise<void> {
  await sql`delete from payees.look_up_tally where day < ${before}`.execute(tx)
}
