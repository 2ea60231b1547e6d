/** 振込先 — the SQL of payees: one table for the customer's own and for those filed with the bank. */
import { sql } from 'kysely'
import type { BankAccount, PayeeAccountKind } from '#kit/bank-account.ts'
import type { CompanyId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { Bearer, PayeeContent } from './payee-fields.ts'
import type { Payee, PayeeBusiness, PayeeId } from './payees.ts'

/** With what only this room needs. */
export interface StoredPayee extends Payee {
  readonly version: number
  readonly deletedAt: Temporal.Instant | null
}

interface Row {
  id: PayeeId
  company_id: CompanyId
  business: PayeeBusiness
  bank_code: string
  branch_code: string
  kind: PayeeAccountKind
  account_number: string
  bank_name: string
  branch_name: string
  name_kana: string
  label: string
  bearer: Bearer
  stated_fee: bigint | null
  amount: bigint | null
  edi_information: string | null
  memo: string
  number: string | null
  changed_at: string
  version: number
  deleted_at: string | null
  groups: string[]
}

const columns = sql`
  p.id, p.company_id, p.business, p.bank_code, p.branch_code, p.kind, p.account_number,
  p.bank_name, p.branch_name, p.name_kana, p.label, p.bearer, p.stated_fee, p.amount,
  p.edi_information, p.memo, p.number, p.changed_at, p.version, p.deleted_at,
  array(
    select g.name from payees.membership m join payees.payee_group g on g.id = m.group_id
    where m.payee_id = p.id order by g.name
  ) as groups`

export interface ListAsked {
  readonly companyId: CompanyId
  readonly business: PayeeBusiness
  readonly filed: boolean
  /** Only those deleted since then; null: the living. */
  readonly deletedSince: Temporal.Instant | null
  readonly text: string | null
  /** The same text as the formats write it; it is looked for in 受取人名. */
  readonly kana: string | null
  readonly group: string | null
  readonly after: { readonly label: string; readonly id: string } | null
  readonly limit: number
}

/** By 登録名. */
export async function listPayees(tx: Tx, asked: ListAsked): Promise<readonly StoredPayee[]> {
  const { after, text, kana, group, deletedSince } = asked
  const beyond =
    after === null ? sql`true` : sql`(p.label, p.id) > (${after.label}, ${after.id}::uuid)`
  const alive =
    deletedSince === null
      ? sql`p.deleted_at is null`
      : sql`p.deleted_at >= ${deletedSince}::timestamptz`
  const found =
    text === null
      ? sql`true`
      : sql`(
          strpos(lower(p.label), lower(${text})) > 0
          or strpos(p.bank_name, ${text}) > 0 or strpos(p.branch_name, ${text}) > 0
          or strpos(p.account_number, ${text}) > 0 or p.bank_code = ${text}
          or p.number = ${text}
          or (${kana}::text is not null and strpos(p.name_kana, ${kana}) > 0)
        )`
  const member =
    group === null
      ? sql`true`
      : sql`exists (
          select 1 from payees.membership m join payees.payee_group g on g.id = m.group_id
          where m.payee_id = p.id and g.name = ${group} and g.business = p.business)`
  const { rows } = await sql<Row>`
    select ${columns} from payees.payee p
    where p.company_id = ${asked.companyId} and p.business = ${asked.business}
      and (p.number is not null) = ${asked.filed} and ${alive} and ${found} and ${member}
      and ${beyond}
    order by p.label, p.id
    limit ${asked.limit}`.execute(tx)
  return rows.map(asPayee)
}

/** The living. Ids that are none are passed over. */
export async function payeesByIds(
  tx: Tx,
  companyId: CompanyId,
  ids: readonly PayeeId[],
): Promise<readonly StoredPayee[]> {
  const { rows } = await sql<Row>`
    select ${columns} from payees.payee p
    where p.company_id = ${companyId} and p.id::text = any(${ids}::text[])
      and p.deleted_at is null
    order by p.id`.execute(tx)
  return rows.map(asPayee)
}

/** Deleted or not; locked for the rest of the transaction where asked. */
export async function payeeById(
  tx: Tx,
  companyId: CompanyId,
  { id, locked = false }: { readonly id: string; readonly locked?: boolean },
): Promise<StoredPayee | null> {
  const { rows } = await sql<Row>`
    select ${columns} from payees.payee p
    where p.company_id = ${companyId} and p.id::text = ${id}
    ${locked ? sql`for update of p` : sql``}`.execute(tx)
  return rows[0] === undefined ? null : asPayee(rows[0])
}

export async function payeeByNumber(
  tx: Tx,
  companyId: CompanyId,
  number: string,
): Promise<StoredPayee | null> {
  const { rows } = await sql<Row>`
    select ${columns} from payees.payee p
    where p.company_id = ${companyId} and p.number = ${number} and p.deleted_at is null`.execute(tx)
  return rows[0] === undefined ? null : asPayee(rows[0])
}

export interface Counted {
  readonly companyId: CompanyId
  readonly business: PayeeBusiness
  readonly filed?: boolean
}

export async function countPayees(
  tx: Tx,
  { companyId, business, filed = false }: Counted,
): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from payees.payee
    where company_id = ${companyId} and business = ${business} and deleted_at is null
      and (number is not null) = ${filed}`.execute(tx)
  return Number(rows[0]!.count)
}

/** One writer of a company's list at a time: limits are counted under this lock. */
export async function lockList(tx: Tx, { companyId, business }: Counted): Promise<void> {
  const key = `payees ${companyId} ${business}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
}

export interface AccountAsked extends Counted {
  readonly accounts: readonly BankAccount[]
}

/** Living payees of the same accounts (重複). */
export async function payeesOfAccounts(
  tx: Tx,
  { companyId, business, accounts }: AccountAsked,
): Promise<readonly StoredPayee[]> {
  const { rows } = await sql<Row>`
    select ${columns} from payees.payee p
    join jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as a(
        "bankCode" text, "branchCode" text, kind text, number text)
      on p.bank_code = a."bankCode" and p.branch_code = a."branchCode" and p.kind = a.kind
        and p.account_number = a.number
    where p.company_id = ${companyId} and p.business = ${business} and p.deleted_at is null
      and p.number is null
    order by p.label, p.id`.execute(tx)
  return rows.map(asPayee)
}

export interface NewPayee {
  readonly id: PayeeId
  readonly payeeNumber: string | null
  readonly content: PayeeContent
}

/** Without their groups. Any number in one statement. */
export async function insertPayees(
  tx: Tx,
  { companyId, business }: Counted,
  payees: readonly NewPayee[],
  now: Temporal.Instant,
): Promise<void> {
  const rows = payees.map(({ id, payeeNumber, content }) => ({ ...content, id, payeeNumber }))
  await sql`
    insert into payees.payee (
      id, company_id, business, bank_code, branch_code, kind, account_number, bank_name,
      branch_name, name_kana, label, bearer, stated_fee, amount, edi_information, memo, number,
      changed_at, created_at
    )
    select id, ${companyId}::uuid, ${business}, "bankCode", "branchCode", kind, number, "bankName",
      "branchName", "nameKana", label, bearer, "statedFee", amount, "ediInformation", memo,
      "payeeNumber", ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, "bankCode" text, "branchCode" text, kind text, number text, "bankName" text,
      "branchName" text, "nameKana" text, label text, bearer text, "statedFee" bigint,
      amount bigint, "ediInformation" text, memo text, "payeeNumber" text)`.execute(tx)
}

export async function updatePayee(
  tx: Tx,
  { companyId, id, content }: { companyId: CompanyId; id: PayeeId; content: PayeeContent },
  changedAt: Temporal.Instant,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update payees.payee set
      bank_code = ${content.bankCode}, branch_code = ${content.branchCode}, kind = ${content.kind},
      account_number = ${content.number}, bank_name = ${content.bankName},
      branch_name = ${content.branchName}, name_kana = ${content.nameKana},
      label = ${content.label}, bearer = ${content.bearer}, stated_fee = ${content.statedFee},
      amount = ${content.amount}, edi_information = ${content.ediInformation},
      memo = ${content.memo}, changed_at = ${changedAt}, version = version + 1
    where company_id = ${companyId} and id = ${id} and deleted_at is null`.execute(tx)
  if (numAffectedRows !== 1n) throw new Error(`payee ${id} was locked and cannot be changed`)
}

export async function setDeleted(
  tx: Tx,
  { companyId, id }: { readonly companyId: CompanyId; readonly id: string },
  at: Temporal.Instant | null,
): Promise<void> {
  await sql`
    update payees.payee set deleted_at = ${at}, version = version + 1
    where company_id = ${companyId} and id = ${id}`.execute(tx)
}

/** 一括登録: the customer's own of that business. They can be brought back for a while. */
export async function deleteAll(
  tx: Tx,
  { companyId, business }: Counted,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    update payees.payee set deleted_at = ${at}, version = version + 1
    where company_id = ${companyId} and business = ${business} and deleted_at is null
      and number is null`.execute(tx)
}

/** As the bank: the filed payees of before. */
export async function deleteFiled(
  tx: Tx,
  companyId: CompanyId,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    update payees.payee set deleted_at = ${at}
    where company_id = ${companyId} and number is not null and deleted_at is null`.execute(tx)
}

/** As the bank: what can no longer be brought back. */
export async function purgeDeleted(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`delete from payees.payee where deleted_at < ${before}`.execute(tx)
}

/** What a form and a file have of it. */
export function contentOf(payee: Payee): PayeeContent {
  const { account, bearer, amount, bankName, branchName, nameKana, label, memo, groups } = payee
  const stated = bearer.by === 'payee' && bearer.fee !== 'table' ? bearer.fee : null
  return {
    ...{ bankCode: account.bankCode, branchCode: account.branchCode },
    ...{ kind: account.kind, number: account.number },
    ...{ bankName, branchName, nameKana, label, memo, groups },
    bearer: bearer.by === 'payer' ? 'payer' : stated === null ? 'payee-by-table' : 'payee-stated',
    statedFee: stated === null ? null : stated.toString(),
    amount: amount === null ? null : amount.toString(),
    ediInformation: payee.ediInformation,
  }
}

function asPayee(row: Row): StoredPayee {
  return {
    ...{ id: row.id, companyId: row.company_id, business: row.business },
    account: {
      ...{ bankCode: row.bank_code, branchCode: row.branch_code },
      ...{ kind: row.kind, number: row.account_number },
    },
    ...{ bankName: row.bank_name, branchName: row.branch_name },
    ...{ nameKana: row.name_kana, label: row.label, memo: row.memo, groups: row.groups },
    bearer:
      row.bearer === 'payer'
        ? { by: 'payer' }
        : { by: 'payee', fee: row.stated_fee === null ? 'table' : yen(row.stated_fee) },
    amount: row.amount === null ? null : yen(row.amount),
    ediInformation: row.edi_information,
    number: row.number,
    changedAt: instant(row.changed_at),
    version: row.version,
    deletedAt: row.deleted_at === null ? null : instant(row.deleted_at),
  }
}
