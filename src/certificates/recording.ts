/** What is written into the operation history about certificates, done and refused. */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Operation } from '#kit/operations.ts'
import type { Origin } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { CertificateDesk } from './needs.ts'

export interface Came {
  readonly now: Temporal.Instant
  readonly origin: Origin
}

export interface Noted {
  readonly companyId: CompanyId | null
  readonly userId: UserId | null
  readonly operation: Extract<Operation, `certificate-${string}` | 'login-method-changed'>
  /** A refusal's name; absent: done. */
  readonly refusal?: string
  readonly facts?: Readonly<Record<string, string>>
}

export function note(
  { history }: Pick<CertificateDesk, 'history'>,
  tx: Tx,
  { now: at, origin }: Came,
  { refusal, facts = {}, ...about }: Noted,
): Promise<void> {
  const common = { at, origin, facts, ...about }
  return history.record(
    tx,
    refusal === undefined
      ? { ...common, result: 'done' }
      : { ...common, result: 'refused', reason: refusal },
  )
}

/** In a transaction of its own: what was refused has changed nothing else. */
export function noteRefusal(
  needs: Pick<CertificateDesk, 'history' | 'database'>,
  came: Came,
  noted: Noted & { readonly refusal: string },
): Promise<void> {
  return needs.database.asBank((tx) => note(needs, tx, came, noted))
}
