/** 承認方式 — the SQL of policies. Decides nothing. */
import { sql } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { ApprovableBusiness } from './approvable.ts'
import type { ApprovalPolicy, Band } from './approvals.ts'

interface Of {
  readonly companyId: CompanyId
  readonly business: ApprovableBusiness
}
type StoredPolicy = Omit<ApprovalPolicy, 'bands'> & {
  readonly bands: readonly (Omit<Band, 'amountFrom'> & { readonly amountFrom: string })[]
}

/** null: none was set. */
export async function storedPolicy(
  tx: Tx,
  { companyId, business }: Of,
): Promise<ApprovalPolicy | null> {
  const { rows } = await sql<{ policy: StoredPolicy }>`
    select policy from approvals.policy
     where company_id = ${companyId} and business = ${business}`.execute(tx)
  const policy = rows[0]?.policy
  if (policy === undefined) return null
  const bands = policy.bands.map((band) => ({ ...band, amountFrom: BigInt(band.amountFrom) }))
  return { ...policy, bands }
}

/** As the bank. */
export async function savePolicy(
  tx: Tx,
  { companyId, business }: Of,
  policy: ApprovalPolicy,
  now: Temporal.Instant,
): Promise<void> {
  const bands = policy.bands.map((band) => ({ ...band, amountFrom: String(band.amountFrom) }))
  const text = JSON.stringify({ ...policy, bands })
  await sql`
    insert into approvals.policy (company_id, business, policy, changed_at)
    values (${companyId}, ${business}, ${text}::jsonb, ${now})
    on conflict (company_id, business)
      do update set policy = excluded.policy, changed_at = excluded.changed_at`.execute(tx)
}
