/**
 * 変更後の注意期間 — after a credential was replaced, orders are held back for a while.
 *
 * Voice phishers have a certificate issued anew or a token registered, and pay within the hour
 * (certificates-and-security.md C1). Whoever replaces a credential begins a cool-down here; whoever
 * executes orders asks for it. A second one prolongs, and never shortens, the first.
 */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { coolDownUntil, insertCoolDown } from './cool-downs-store.ts'

export const coolDownCauses = ['certificate-issued', 'token-registered'] as const
export type CoolDownCause = (typeof coolDownCauses)[number]

interface Person {
  readonly companyId: CompanyId
  readonly userId: UserId
}

export interface CoolDowns {
  /** @returns until when it lasts; null where the bank has set no hours */
  begin(
    tx: Tx,
    begun: Person & { readonly cause: CoolDownCause },
    now: Temporal.Instant,
  ): Promise<Temporal.Instant | null>
  /** null: none is running. */
  until(tx: Tx, person: Person, now: Temporal.Instant): Promise<Temporal.Instant | null>
}

export function createCoolDowns({ hours }: { readonly hours: number }): CoolDowns {
  return {
    begin: async (tx, { companyId, userId, cause }, now) => {
      if (hours === 0) return null
      const until = now.add({ hours })
      await insertCoolDown(tx, { companyId, userId, cause, from: now, until })
      return until
    },
    until: (tx, person, now) => coolDownUntil(tx, person, now),
  }
}
