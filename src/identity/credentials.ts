/** Registering, forcing a change of, and releasing a user's passwords: for who administers users. */
import type { User } from '#administration/index.ts'
import { granted, type Outcome } from '#kit/outcome.ts'
import type { Tx } from '#platform/database/database.ts'
import type { PasswordFault } from './contract.ts'
import {
  credentialOf,
  insertCredential,
  requireChange,
  saveErrors,
  type SecretKind,
} from './credentials-store.ts'
import type { Hashing } from './hashing.ts'
import { lockOf, noErrors, type Lock } from './lock.ts'
import type { IdentityNeeds } from './needs.ts'
import { newPasswordFaults, type PasswordPolicy } from './passwords.ts'
import type { IdentityParameters } from './parameters.ts'
import { forgetStrangerErrors } from './strangers-store.ts'

export interface NewCredentials {
  readonly user: User
  readonly loginPassword: string
  /** null: the user registers one at the first login. */
  readonly confirmationPassword: string | null
  readonly forceChange: boolean // 「パスワードを強制変更する」
}

export interface InitialFault {
  readonly path: 'loginPassword' | 'confirmationPassword'
  readonly code: PasswordFault
}
export type NewCredentialsOutcome =
  | { readonly granted: true; readonly value: void }
  | {
      readonly granted: false
      readonly reason: 'passwords-refused' | 'credentials-exist' | 'busy'
      readonly errors: readonly InitialFault[]
    }

export interface Credentials {
  /** Runs as the bank. Hashes within `tx`, which takes about 50 ms a password. */
  create(tx: Tx, asked: NewCredentials, now: Temporal.Instant): Promise<NewCredentialsOutcome>
  /** パスワードを強制変更する, from the next login on. */
  requireChange(tx: Tx, user: Pick<User, 'id'>): Promise<void>
  /** The locks of the user's own devices, for 利用者停止・解除. */
  locks(tx: Tx, user: Pick<User, 'id'>, now: Temporal.Instant): Promise<Record<SecretKind, Lock>>
  /** 利用停止の解除: forgets the errors of that password, from every network. Runs as the bank. */
  release(tx: Tx, user: Pick<User, 'id' | 'loginId'>, kind: SecretKind): Promise<void>
}

export function createCredentials(
  needs: Pick<IdentityNeeds, 'vault'> & {
    readonly parameters: IdentityParameters
    readonly hashing: Hashing
    readonly policy: PasswordPolicy
  },
): Credentials {
  const { vault, parameters, hashing, policy } = needs
  return {
    create: async (tx, asked, now) => {
      const errors = initialFaults(asked, policy)
      if (errors.length > 0) return refusedWith('passwords-refused', errors)
      const seat = hashing.takeSeat()
      if (seat === null) return refusedWith('busy')
      try {
        const { user, loginPassword, confirmationPassword, forceChange } = asked
        const inserted = await insertCredential(tx, {
          userId: user.id,
          companyId: user.companyId,
          loginHash: await seat.hash(loginPassword, `${user.id}:login`),
          confirmationHash:
            confirmationPassword === null
              ? null
              : await seat.hash(confirmationPassword, `${user.id}:confirmation`),
          changeRequired: forceChange,
          now,
        })
        return inserted ? granted(undefined) : refusedWith('credentials-exist')
      } finally {
        seat.leave()
      }
    },
    requireChange: (tx, { id }) => requireChange(tx, id),
    locks: async (tx, { id }, now) => {
      const credential = await credentialOf(tx, id)
      const lock = (kind: SecretKind) =>
        lockOf(credential?.errors[kind] ?? noErrors, now, parameters[`${kind}Lock`])
      return { login: lock('login'), confirmation: lock('confirmation') }
    },
    release: async (tx, { id: userId, loginId }, kind) => {
      await saveErrors(tx, { userId, kind, errors: noErrors })
      if (kind === 'confirmation') return
      const loginIdMac = await vault.mac('unknown-login-ids', Buffer.from(loginId))
      await forgetStrangerErrors(tx, { loginIdMac, network: null })
    },
  }
}

function initialFaults(asked: NewCredentials, policy: PasswordPolicy): readonly InitialFault[] {
  const { user, loginPassword, confirmationPassword } = asked
  const { loginId } = user
  const login = newPasswordFaults(loginPassword, policy, { loginId })
  const confirmation =
    confirmationPassword === null
      ? []
      : newPasswordFaults(confirmationPassword, policy, { loginId, loginPassword })
  return [
    ...login.map((code) => ({ path: 'loginPassword' as const, code })),
    ...confirmation.map((code) => ({ path: 'confirmationPassword' as const, code })),
  ]
}

function refusedWith(
  reason: 'passwords-refused' | 'credentials-exist' | 'busy',
  errors: readonly InitialFault[] = [],
): NewCredentialsOutcome & Outcome<never, typeof reason> {
  return { granted: false, reason, errors }
}
