/** ソフトウェアトークンの引換コード — the SQL. Runs as the bank. Decides nothing. */
import { sql } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'

export interface Voucher {
  readonly companyId: CompanyId
  readonly expiresAt: Temporal.Instant
  /** What it was used for; the same device is answered again. */
  readonly used: {
    readonly serial: string
    readonly deviceKey: Uint8Array
    readonly bankKey: Uint8Array
  } | null
}

interface Row {
  company_id: CompanyId
  expires_at: string
  serial: string | null
  device_key: Uint8Array
  bank_key: Uint8Array
}

export async function insertVoucher(
  tx: Tx,
  made: { hash: Uint8Array; companyId: CompanyId; by: string; expiresAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  const { hash, companyId, by, expiresAt } = made
  await sql`
    insert into token.voucher (code_hash, company_id, issued_by, issued_at, expires_at)
    values (${hash}, ${companyId}, ${by}, ${now}, ${expiresAt})`.execute(tx)
}

/** Holds it until the transaction ends: of two devices with one voucher, one is served. */
export async function voucherByHash(tx: Tx, hash: Uint8Array): Promise<Voucher | null> {
  const { rows } = await sql<Row>`
    select company_id, expires_at, serial, device_key, bank_key from token.voucher
     where code_hash = ${hash} for update`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  const { serial, device_key: deviceKey, bank_key: bankKey } = row
  return {
    companyId: row.company_id,
    expiresAt: instant(row.expires_at),
    used: serial === null ? null : { serial, deviceKey, bankKey },
  }
}

export async function useVoucher(
  tx: Tx,
  used: { hash: Uint8Array; serial: string; deviceKey: Uint8Array; bankKey: Uint8Array },
  now: Temporal.Instant,
): Promise<void> {
  const { hash, serial, deviceKey, bankKey } = used
  await sql`
    update token.voucher
       set used_at = ${now}, serial = ${serial}, device_key = ${deviceKey}, bank_key = ${bankKey}
     where code_hash = ${hash}`.execute(tx)
}

export async function forgetVouchers(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`delete from token.voucher where expires_at < ${before}`.execute(tx)
}
