/** グループ — the SQL of groups and of who belongs to them. */
import { sql } from 'kysely'
import { newId, type CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { PayeeBusiness } from './payees.ts'

export interface PayeeGroup {
  readonly id: string
  readonly business: PayeeBusiness
  readonly name: string
  readonly count: number
}

interface Of {
  readonly companyId: CompanyId
  readonly business: PayeeBusiness
}

export async function groupsOf(
  tx: Tx,
  { companyId, business }: Of,
): Promise<readonly PayeeGroup[]> {
  const { rows } = await sql<{ id: string; name: string; count: bigint }>`
    select g.id, g.name, (
      select count(*) from payees.membership m join payees.payee p on p.id = m.payee_id
      where m.group_id = g.id and p.deleted_at is null
    ) as count
    from payees.payee_group g
    where g.company_id = ${companyId} and g.business = ${business}
    order by g.name`.execute(tx)
  return rows.map(({ id, name, count }) => ({ id, name, business, count: Number(count) }))
}

/** Locked for the rest of the transaction. */
export async function groupById(
  tx: Tx,
  { companyId, id }: { readonly companyId: CompanyId; readonly id: string },
): Promise<Omit<PayeeGroup, 'count'> | null> {
  const { rows } = await sql<Omit<PayeeGroup, 'count'>>`
    select id, business, name from payees.payee_group
    where company_id = ${companyId} and id::text = ${id} for update`.execute(tx)
  return rows[0] ?? null
}

/** @returns false when there is one of that name */
export async function insertGroup(
  tx: Tx,
  { companyId, business }: Of,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into payees.payee_group (id, company_id, business, name)
    values (${id}, ${companyId}, ${business}, ${name})
    on conflict (company_id, business, name) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** @returns false when another one has that name */
export async function renameGroup(
  tx: Tx,
  { companyId, id, name }: { companyId: CompanyId; id: string; name: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update payees.payee_group g set name = ${name}
    where g.company_id = ${companyId} and g.id = ${id} and not exists (
      select 1 from payees.payee_group o
      where o.company_id = g.company_id and o.business = g.business and o.name = ${name}
        and o.id <> g.id)`.execute(tx)
  return numAffectedRows === 1n
}

export async function deleteGroup(
  tx: Tx,
  { companyId, id }: { readonly companyId: CompanyId; readonly id: string },
): Promise<void> {
  await sql`
    delete from payees.payee_group where company_id = ${companyId} and id = ${id}`.execute(tx)
}

export interface MembersChange {
  readonly companyId: CompanyId
  readonly id: string // of the group
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export async function changeMembers(tx: Tx, change: MembersChange): Promise<void> {
  const { companyId, id, add, remove } = change
  await sql`
    delete from payees.membership
    where company_id = ${companyId} and group_id = ${id} and payee_id = any(${remove}::uuid[])`.execute(
    tx,
  )
  await sql`
    insert into payees.membership (company_id, group_id, payee_id)
    select ${companyId}::uuid, ${id}::uuid, unnest(${add}::uuid[])
    on conflict do nothing`.execute(tx)
}

export interface Belonging {
  readonly payeeId: string
  readonly groups: readonly string[] // names
}

/** Each payee is in exactly these groups afterwards; groups that are not there yet are made. */
export async function setGroups(
  tx: Tx,
  { companyId, business }: Of,
  belonging: readonly Belonging[],
  now: Temporal.Instant,
): Promise<void> {
  const names = [...new Set(belonging.flatMap(({ groups }) => groups))].toSorted()
  for (const name of names) {
    const id = newId<'payee-group'>(now.epochMilliseconds)
    // oxlint-disable-next-line no-await-in-loop -- few, and one connection
    await insertGroup(tx, { companyId, business }, { id, name })
  }
  const ids = belonging.map(({ payeeId }) => payeeId)
  await sql`
    delete from payees.membership
    where company_id = ${companyId} and payee_id = any(${ids}::uuid[])`.execute(tx)
  const pairs = belonging.flatMap(({ payeeId, groups }) =>
    groups.map((group) => ({ payee: payeeId, group })),
  )
  await sql`
    insert into payees.membership (company_id, group_id, payee_id)
    select ${companyId}::uuid, g.id, r.payee
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r(payee uuid, "group" text)
    join payees.payee_group g
      on g.company_id = ${companyId} and g.business = ${business} and g.name = r."group"
    on conflict do nothing`.execute(tx)
}
