/** 限度額の使用 — the SQL of counters and reservations. Counters are locked in one order. */
import { sql } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { LimitAsked } from './limit-use.ts'
import type { LimitedBusiness } from './limits.ts'

export type Counter = 'user' | 'account' | 'company'
export const counters: readonly Counter[] = ['user', 'account', 'company']

export interface Used {
  readonly level: Counter
  readonly limited: LimitedBusiness
  readonly used: bigint
}

type Names = Pick<LimitAsked, 'companyId' | 'userId' | 'accountKey'>
export function ofWhom(level: Counter, { companyId, userId, accountKey }: Names): string {
  return { user: userId, account: accountKey, company: companyId }[level]
}

/** Locks the counters of this order, made where they are missing; user, account, then company. */
export async function lockCounters(tx: Tx, asked: LimitAsked): Promise<readonly Used[]> {
  const found: Used[] = []
  for (const level of counters) {
    for (const limited of [...asked.amounts.keys()].toSorted()) {
      const key = [asked.companyId, asked.day.toString(), level, ofWhom(level, asked), limited]
      await sql`
        insert into administration.limit_use (company_id, day, level, of, limited, used)
        values (${sql.join(key)}, 0) on conflict do nothing`.execute(tx)
      const { rows } = await sql<{ used: bigint }>`
        select used from administration.limit_use
         where (company_id, day, level, of, limited) = (${key[0]}::uuid, ${key[1]}::date,
           ${level}, ${key[3]}, ${limited})
           for update`.execute(tx)
      found.push({ level, limited, used: rows[0]!.used })
    }
  }
  return found
}

/** Without locking; a counter that was never used is 0. */
export async function usedOf(tx: Tx, asked: LimitAsked): Promise<readonly Used[]> {
  const of = counters.map((level) => ofWhom(level, asked))
  const { rows } = await sql<Used>`
    select level, limited, used from administration.limit_use
     where company_id = ${asked.companyId} and day = ${asked.day} and of = any (${of})`.execute(tx)
  return rows
}

export async function hasReserved(
  tx: Tx,
  { companyId, orderId }: Pick<LimitAsked, 'companyId' | 'orderId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from administration.limit_reservation
     where company_id = ${companyId} and order_id = ${orderId} limit 1`.execute(tx)
  return rows.length > 0
}

/** The counters are locked by the caller. */
export async function take(tx: Tx, asked: LimitAsked): Promise<void> {
  const { companyId, orderId, day } = asked
  for (const level of counters) {
    for (const [limited, amount] of asked.amounts) {
      const of = ofWhom(level, asked)
      await sql`
        update administration.limit_use set used = used + ${amount}
         where company_id = ${companyId} and day = ${day} and level = ${level} and of = ${of}
           and limited = ${limited}`.execute(tx)
      await sql`
        insert into administration.limit_reservation
          (company_id, order_id, day, level, of, limited, amount)
        values (${companyId}, ${orderId}, ${day}, ${level}, ${of}, ${limited}, ${amount})`.execute(
        tx,
      )
    }
  }
}

export async function giveBack(
  tx: Tx,
  { companyId, orderId }: { readonly companyId: CompanyId; readonly orderId: string },
): Promise<void> {
  // Locked in the order of `lockCounters`, so that two of them never wait for each other.
  await sql`
    select 1 from administration.limit_use u
      join administration.limit_reservation r
        on (r.company_id, r.day, r.level, r.of, r.limited)
         = (u.company_id, u.day, u.level, u.of, u.limited)
     where r.company_id = ${companyId} and r.order_id = ${orderId}
     order by array_position(array['user', 'account', 'company'], u.level), u.limited
       for update of u`.execute(tx)
  await sql`
    with freed as (
      delete from administration.limit_reservation
       where company_id = ${companyId} and order_id = ${orderId}
      returning company_id, day, level, of, limited, amount
    )
    update administration.limit_use u set used = u.used - f.amount
      from freed f
     where (u.company_id, u.day, u.level, u.of, u.limited)
         = (f.company_id, f.day, f.level, f.of, f.limited)`.execute(tx)
}

/** Days long over: nobody asks for their sums any more. Runs as the bank. */
export async function forgetUse(tx: Tx, before: Temporal.PlainDate): Promise<void> {
  await sql`delete from administration.limit_reservation where day < ${before}`.execute(tx)
  await sql`delete from administration.limit_use where day < ${before}`.execute(tx)
}
