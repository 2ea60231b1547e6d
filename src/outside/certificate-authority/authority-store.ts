/** 認証局 — the SQL of its own certificates. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database/database.ts'
import type { ListIssuer } from './port.ts'

export async function ownCertificate(tx: Tx, issuer: ListIssuer): Promise<Uint8Array | null> {
  const { rows } = await sql<{ der: Uint8Array }>`
    select der from certificate_authority.own_certificate where issuer = ${issuer}`.execute(tx)
  return rows[0]?.der ?? null
}

/** Does nothing where another process was first. */
export async function insertOwnCertificate(
  tx: Tx,
  made: { readonly issuer: ListIssuer; readonly der: Uint8Array; readonly at: Temporal.Instant },
): Promise<void> {
  const { issuer, der, at } = made
  await sql`
    insert into certificate_authority.own_certificate (issuer, der, made_at)
    values (${issuer}, ${der}, ${at}) on conflict do nothing`.execute(tx)
}
