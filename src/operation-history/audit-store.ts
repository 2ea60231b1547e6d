/** 監査 — the SQL of sealing and verifying: heads, links in order, roots. Runs as the bank. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database/database.ts'
import type { ChainName, Link } from './chain.ts'
import type { RecordTable } from './operation-history-store.ts'
import type { SignedRoot } from './root.ts'

type AuditTables = RecordTable & {
  'operation_history.root': {
    position: bigint
    chain: string
    first_sequence: bigint
    last_sequence: bigint
    statement: string
    signature: Uint8Array
  }
}

/** A record with the columns that repeat its payload. */
export interface AuditedLink extends Link {
  readonly columns: {
    readonly companyId: string | null
    readonly userId: string | null
    readonly at: string
    readonly business: string
    readonly operation: string
    readonly result: string
    readonly terminal: string
  }
}

/** What stands at the end of a chain, by its head and by its records. */
export interface ChainEnd {
  readonly chain: ChainName
  readonly head: { readonly sequence: bigint; readonly hash: Uint8Array } | null
  readonly lastSequence: bigint // of the records; 0 for none
}

/** Held until the transaction ends: one sealing at a time. */
export async function lockSealing(tx: Tx): Promise<void> {
  await sql`select operation_history.sealing_lock()`.execute(tx)
}

/** Chains with records that no root covers yet. */
export async function unsealed(
  tx: Tx,
): Promise<readonly { chain: ChainName; first: bigint; last: bigint }[]> {
  const { rows } = await sql<{ chain: string; first: bigint; last: bigint }>`
    select h.chain, coalesce(r.last_sequence, 0) + 1 as first, h.sequence as last
    from operation_history.head h
    left join lateral (
      select max(last_sequence) as last_sequence
      from operation_history.root
      where chain = h.chain
    ) r on true
    where h.sequence > coalesce(r.last_sequence, 0)
    order by h.chain`.execute(tx)
  return rows
}

export async function storeRoot(tx: Tx, root: SignedRoot): Promise<void> {
  await sql`select operation_history.seal(${root.statement}, ${root.signature})`.execute(tx)
}

export async function lastRoot(tx: Tx): Promise<SignedRoot | null> {
  const row = await tx
    .withTables<AuditTables>()
    .selectFrom('operation_history.root')
    .select(['position', 'chain', 'first_sequence', 'last_sequence', 'statement', 'signature'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : asRoot(row)
}

export async function rootsAfter(
  tx: Tx,
  position: bigint,
  limit: number,
): Promise<readonly SignedRoot[]> {
  const rows = await tx
    .withTables<AuditTables>()
    .selectFrom('operation_history.root')
    .select(['position', 'chain', 'first_sequence', 'last_sequence', 'statement', 'signature'])
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map(asRoot)
}

/** The roots of one chain in order, up to a position in the list of all. */
export async function rootsOf(
  tx: Tx,
  of: { readonly chain: ChainName; readonly afterSequence: bigint; readonly upTo: bigint },
  limit: number,
): Promise<readonly SignedRoot[]> {
  const rows = await tx
    .withTables<AuditTables>()
    .selectFrom('operation_history.root')
    .select(['position', 'chain', 'first_sequence', 'last_sequence', 'statement', 'signature'])
    .where('chain', '=', of.chain)
    .where('last_sequence', '>', of.afterSequence)
    .where('position', '<=', of.upTo)
    .orderBy('last_sequence')
    .limit(limit)
    .execute()
  return rows.map(asRoot)
}

/** All chains that a head or a record knows of, in one snapshot. */
export async function chainEnds(tx: Tx): Promise<readonly ChainEnd[]> {
  const { rows } = await sql<{
    chain: string
    sequence: bigint | null
    hash: Uint8Array | null
    last: bigint | null
  }>`
    select coalesce(h.chain, r.chain) as chain, h.sequence, h.hash, r.last
    from operation_history.head h
    full join (
      select chain, max(sequence) as last from operation_history.record group by chain
    ) r on r.chain = h.chain
    order by 1`.execute(tx)
  return rows.map(({ chain, sequence, hash, last }) => ({
    chain,
    head: sequence === null || hash === null ? null : { sequence, hash },
    lastSequence: last ?? 0n,
  }))
}

export async function linksAfter(
  tx: Tx,
  chain: ChainName,
  sequence: bigint,
  limit: number,
): Promise<readonly AuditedLink[]> {
  const rows = await tx
    .withTables<AuditTables>()
    .selectFrom('operation_history.record')
    .selectAll()
    .where('chain', '=', chain)
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map(
    ({ company_id, user_id, at, business, operation, result, terminal, ...link }) => ({
      ...link,
      columns: {
        companyId: company_id,
        userId: user_id,
        at,
        business,
        operation,
        result,
        terminal,
      },
    }),
  )
}

function asRoot(row: AuditTables['operation_history.root']): SignedRoot {
  return {
    position: row.position,
    chain: row.chain,
    firstSequence: row.first_sequence,
    lastSequence: row.last_sequence,
    statement: row.statement,
    signature: row.signature,
  }
}
