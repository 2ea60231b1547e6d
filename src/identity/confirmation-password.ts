/**
 * 確認用パスワード — typed at every 実行, 承認 and change of settings.
 *
 * Its wrong attempts are counted apart from the login password's: its lock blocks what needs it,
 * and not the login. Only a signed-in user can try it, so an outsider cannot lock it.
 */
import { granted } from '#kit/outcome.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Origin } from '#kit/visitor.ts'
import { credentialOf, replaceHash, saveErrors } from './credentials-store.ts'
import type { Hashing } from './hashing.ts'
import { attempt, lockOf, noErrors, type Locked } from './lock.ts'
import type { IdentityNeeds } from './needs.ts'
import { secretLocked } from './password-change.ts'
import type { IdentityParameters } from './parameters.ts'

/** In the order in which they are checked. */
export type ConfirmationRefusal =
  | 'busy'
  | 'confirmation-unregistered'
  | 'confirmation-paused' // facts: until
  | 'confirmation-stopped'
  | 'confirmation-wrong'

export type ConfirmationOutcome =
  | { readonly granted: true; readonly value: void }
  | {
      readonly granted: false
      readonly reason: ConfirmationRefusal
      readonly facts: Readonly<Record<string, string>>
    }

export interface ConfirmationPassword {
  /**
   * Takes about 50 ms and transactions of its own: call it before beginning yours, for a wrong
   * attempt must stay counted when your transaction is rolled back. The caller records its own
   * operation as refused; a lock that begins here is recorded here.
   */
  check(
    user: { readonly companyId: CompanyId; readonly userId: UserId },
    secret: string,
    came: { readonly now: Temporal.Instant; readonly origin: Origin },
  ): Promise<ConfirmationOutcome>
}

export function createConfirmationPassword(
  needs: IdentityNeeds & { readonly parameters: IdentityParameters; readonly hashing: Hashing },
): ConfirmationPassword {
  const { database, history, hashing, parameters } = needs
  const limits = parameters.confirmationLock
  const kind = 'confirmation'

  const check: ConfirmationPassword['check'] = async ({ companyId, userId }, secret, came) => {
    const { now, origin } = came
    const seat = hashing.takeSeat()
    if (seat === null) return refusedWith('busy')
    try {
      const counted = await database.asCompany(companyId, async (tx) => {
        const credential = await credentialOf(tx, userId, { lock: true })
        const stored = credential?.confirmationHash ?? null
        if (credential === null || stored === null) return null
        const next = attempt(credential.errors.confirmation, now, limits)
        if (!next.granted) return lockOf(credential.errors.confirmation, now, limits) as Locked
        await saveErrors(tx, { userId, kind, errors: next.value })
        return { state: 'counted' as const, stored, errors: next.value }
      })
      if (counted === null) return refusedWith('confirmation-unregistered')
      if (counted.state !== 'counted') return lockedOut(counted)

      const { stored, errors } = counted
      const owner = `${userId}:confirmation` as const
      const verdict = await seat.verify(secret, stored, owner)
      const rehashed = verdict.right && verdict.outdated ? await seat.hash(secret, owner) : null
      return await database.asCompany(companyId, async (tx) => {
        if (verdict.right) {
          await saveErrors(tx, { userId, kind, errors: noErrors })
          if (rehashed !== null) {
            await replaceHash(tx, { userId, kind, from: stored, to: rehashed })
          }
          return granted(undefined)
        }
        const lock = lockOf(errors, now, limits)
        if (lock.state === 'open') return refusedWith('confirmation-wrong')
        const { refuse: reason, facts } = secretLocked(kind, lock)
        const operation = 'confirmation-locked'
        const about = { at: now, companyId, userId, origin }
        await history.record(tx, { ...about, operation, result: 'done', reason })
        return { granted: false as const, reason, facts }
      })
    } finally {
      seat.leave()
    }
  }
  return { check }
}

function refusedWith(reason: ConfirmationRefusal) {
  return { granted: false as const, reason, facts: {} }
}

function lockedOut(lock: Locked) {
  const { refuse: reason, facts } = secretLocked('confirmation', lock)
  return { granted: false as const, reason, facts }
}
