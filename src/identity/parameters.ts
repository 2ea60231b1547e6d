/** What differs between banks in login (design §5.10). Defaults: internet-banking.md §12. */
import type { PasswordProfile } from './contract.ts'
import {
  defaultHashCost,
  defaultHashingLimits,
  type HashCost,
  type HashingLimits,
} from './hashing.ts'
import { defaultLockLimits, type LockLimits } from './lock.ts'
import type { ServiceHours } from './service-hours.ts'

export interface SessionTimes {
  readonly idleMinutes: number
  readonly warningMinutes: number // how long before the end the warning is shown
  readonly absoluteHours: number
}

export interface IdentityParameters {
  readonly passwordProfile: PasswordProfile
  readonly loginLock: LockLimits
  readonly confirmationLock: LockLimits
  /** Errors against one login ID from all unknown networks together, until these must wait. */
  readonly strangerErrorsMax: number
  readonly strangerWindowHours: number
  readonly session: SessionTimes
  readonly serviceHours: ServiceHours
  /** 変更後の注意期間 after a credential was replaced; 0: none. */
  readonly coolDownHours: number
  readonly hashCost: HashCost
  readonly hashing: HashingLimits
}

export const defaultIdentityParameters: IdentityParameters = {
  passwordProfile: 'guide',
  loginLock: defaultLockLimits,
  confirmationLock: defaultLockLimits,
  strangerErrorsMax: 50,
  strangerWindowHours: 24,
  session: { idleMinutes: 15, warningMinutes: 2, absoluteHours: 8 },
  serviceHours: 'always',
  coolDownHours: 24, // the lower end of certificates-and-security.md C1
  hashCost: defaultHashCost,
  hashing: defaultHashingLimits,
}
