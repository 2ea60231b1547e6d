/** 手数料 — the SQL: tables of the bank and of a company, and the company's settings. */
import { sql, type RawBuilder } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'
import { yen, type Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { plainDate } from '#platform/database/values.ts'
import type { DeductionMethod } from './deduction.ts'
import type { FeeClass, FeeService } from './fees.ts'
import { feeClasses, type FeeBand, type FeeBands, type FeeTable } from './table.ts'

interface BandRow {
  class: FeeClass
  amount_from: bigint
  fee: bigint
}
interface OfService {
  readonly companyId: CompanyId
  readonly service: FeeService
}

/** @returns null when no table of the bank is valid on that day */
export function standardTable(
  tx: Tx,
  { service, day }: { readonly service: FeeService; readonly day: Temporal.PlainDate },
): Promise<FeeTable | null> {
  return tableOf(
    tx,
    sql`select class, amount_from, fee from fees.standard_fee
      where service = ${service} and valid_from = (
        select max(valid_from) from fees.standard_fee
        where service = ${service} and valid_from <= ${day})`,
  )
}

/** 特約. @returns null when the company pays by the bank's table */
export function specialTable(
  tx: Tx,
  { companyId, service, day }: OfService & { readonly day: Temporal.PlainDate },
): Promise<FeeTable | null> {
  return tableOf(
    tx,
    sql`select class, amount_from, fee from fees.special_fee
      where company_id = ${companyId} and service = ${service} and valid_from = (
        select max(valid_from) from fees.special_fee
        where company_id = ${companyId} and service = ${service} and valid_from <= ${day})`,
  )
}

export function deductionTable(
  tx: Tx,
  { companyId, service }: OfService,
): Promise<FeeTable | null> {
  return tableOf(
    tx,
    sql`select class, amount_from, fee from fees.deduction_fee
      where company_id = ${companyId} and service = ${service}`,
  )
}

/** The days from which tables are valid, the earliest first. `companyId` null: the bank's. */
export async function tableDays(
  tx: Tx,
  { companyId, service }: { readonly companyId: CompanyId | null; readonly service: FeeService },
): Promise<readonly Temporal.PlainDate[]> {
  const from =
    companyId === null
      ? sql`fees.standard_fee where service = ${service}`
      : sql`fees.special_fee where company_id = ${companyId} and service = ${service}`
  const { rows } = await sql<{ day: string }>`
    select distinct valid_from as day from ${from} order by day`.execute(tx)
  return rows.map(({ day }) => plainDate(day))
}

export async function putStandardTable(
  tx: Tx,
  { service, from, table }: { service: FeeService; from: Temporal.PlainDate; table: FeeTable },
): Promise<void> {
  await sql`delete from fees.standard_fee
    where service = ${service} and valid_from = ${from}`.execute(tx)
  await sql`
    insert into fees.standard_fee (service, valid_from, class, amount_from, fee)
    select ${service}, ${from}::date, band.* from ${unnested(table)}`.execute(tx)
}

export async function putSpecialTable(
  tx: Tx,
  asked: OfService & { readonly from: Temporal.PlainDate; readonly table: FeeTable },
): Promise<void> {
  const { companyId, service, from, table } = asked
  await sql`delete from fees.special_fee
    where company_id = ${companyId} and service = ${service} and valid_from = ${from}`.execute(tx)
  await sql`
    insert into fees.special_fee (company_id, service, valid_from, class, amount_from, fee)
    select ${companyId}::uuid, ${service}, ${from}::date, band.* from ${unnested(table)}
  `.execute(tx)
}

/** @param table null: the company has none of its own any more */
export async function putDeductionTable(
  tx: Tx,
  { companyId, service, table }: OfService & { readonly table: FeeTable | null },
): Promise<void> {
  await sql`delete from fees.deduction_fee
    where company_id = ${companyId} and service = ${service}`.execute(tx)
  if (table === null) return
  await sql`
    insert into fees.deduction_fee (company_id, service, class, amount_from, fee)
    select ${companyId}::uuid, ${service}, band.* from ${unnested(table)}`.execute(tx)
}

export interface StoredSettings {
  readonly method: DeductionMethod
  readonly payableMin: Yen
  readonly usesStandard: boolean
}

/** @returns null when nothing was set */
export async function deductionSettings(
  tx: Tx,
  { companyId, service }: OfService,
): Promise<StoredSettings | null> {
  const { rows } = await sql<{
    method: DeductionMethod
    payable_min: bigint
    uses_standard: boolean
  }>`
    select method, payable_min, uses_standard from fees.deduction_setting
    where company_id = ${companyId} and service = ${service}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return null
  const { method, payable_min: payableMin, uses_standard: usesStandard } = row
  return { method, payableMin: yen(payableMin), usesStandard }
}

export async function putDeductionSettings(
  tx: Tx,
  { companyId, service, ...settings }: OfService & StoredSettings,
  now: Temporal.Instant,
): Promise<void> {
  const { method, payableMin, usesStandard } = settings
  await sql`
    insert into fees.deduction_setting
      (company_id, service, method, payable_min, uses_standard, changed_at)
    values (${companyId}, ${service}, ${method}, ${payableMin}, ${usesStandard}, ${now})
    on conflict (company_id, service) do update
    set method = excluded.method, payable_min = excluded.payable_min,
      uses_standard = excluded.uses_standard, changed_at = excluded.changed_at`.execute(tx)
}

/** Two processes that start together do not both fill the tables. */
export async function lockTables(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('fees.standard_fee'))`.execute(tx)
}

async function tableOf(tx: Tx, query: RawBuilder<unknown>): Promise<FeeTable | null> {
  const { rows } = await sql<BandRow>`${query} order by class, amount_from`.execute(tx)
  if (rows.length === 0) return null
  return {
    'same-branch': bandsOf(rows, 'same-branch'),
    'same-bank': bandsOf(rows, 'same-bank'),
    'other-bank': bandsOf(rows, 'other-bank'),
  }
}

/** @throws Error for a table that cannot have been written here */
function bandsOf(rows: readonly BandRow[], kind: FeeClass): FeeBands {
  const [first, ...more] = rows
    .filter((row) => row.class === kind)
    .map(({ amount_from: from, fee }): FeeBand => ({ from: yen(from), fee: yen(fee) }))
  if (first?.from !== 1n) throw new Error(`a fee table has no first band for ${kind}`)
  return [first, ...more]
}

function unnested(table: FeeTable) {
  const bands = feeClasses.flatMap((kind) => table[kind].map((band) => ({ kind, ...band })))
  return sql`unnest(
    ${bands.map(({ kind }) => kind)}::text[],
    ${bands.map(({ from }) => from.toString())}::bigint[],
    ${bands.map(({ fee }) => fee.toString())}::bigint[]
  ) as band (class, amount_from, fee)`
}
