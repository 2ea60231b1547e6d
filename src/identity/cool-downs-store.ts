/** 変更後の注意期間 — the SQL. Rows are kept: they say what an order was held back for. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'

export async function insertCoolDown(
  tx: Tx,
  begun: {
    companyId: CompanyId
    userId: UserId
    cause: string
    from: Temporal.Instant
    until: Temporal.Instant
  },
): Promise<void> {
  const { companyId, userId, cause, from, until } = begun
  await sql`
    insert into identity.cool_down (company_id, user_id, cause, began_at, until)
    values (${companyId}, ${userId}, ${cause}, ${from}, ${until})`.execute(tx)
}

export async function coolDownUntil(
  tx: Tx,
  { companyId, userId }: { companyId: CompanyId; userId: UserId },
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ until: string | null }>`
    select max(until) as until from identity.cool_down
     where company_id = ${companyId} and user_id = ${userId} and until > ${now}`.execute(tx)
  const until = rows[0]?.until ?? null
  return until === null ? null : instant(until)
}
