/**
 * Counting wrong login passwords so that nobody can guess, and no outsider can lock a customer
 * out for good (C2 #10, #25).
 *
 * Every attempt is counted in one lane, each with its own 利用一時停止 and 利用停止:
 * - the user's own lane, when the browser shows a device cookie that this user has earned; its
 *   lock is the user's and holds everywhere, but is told elsewhere only to the right password;
 * - else the lane of this login ID from this network, whether anybody has the ID or not.
 * An outsider therefore stops his own network and never the customer's devices. Guessing from
 * many networks is bounded by a total per login ID; it closes the networks from which the user
 * has never logged in, until the window has passed.
 */
import type { User } from '#administration/index.ts'
import type { UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { credentialOf, saveErrors, type Credential } from './credentials-store.ts'
import { attempt, lockOf, noErrors, type Errors, type Locked } from './lock.ts'
import type { IdentityParameters } from './parameters.ts'
import * as strangers from './strangers-store.ts'

/** A network is known for as long as this. */
const knownNetworkDays = 90

export interface Attempt {
  readonly loginIdMac: Uint8Array
  readonly user: User | null
  readonly network: string
  readonly deviceHash: Uint8Array | null
}

export type Lane =
  | { readonly kind: 'own'; readonly userId: UserId }
  | { readonly kind: 'stranger'; readonly loginIdMac: Uint8Array; readonly network: string }

export type Counted =
  | {
      readonly open: true
      readonly lane: Lane
      readonly errors: Errors
      readonly credential: Credential | null
    }
  | { readonly open: false; readonly lock: Locked }

/** Stands for the user where there is none, so that the same questions are asked. */
const nobody = '00000000-0000-7000-8000-000000000000' as UserId

/** Counts this attempt as an error, before its password is looked at. */
export async function countAttempt(
  tx: Tx,
  made: Attempt,
  { now, parameters }: { now: Temporal.Instant; parameters: IdentityParameters },
): Promise<Counted> {
  const { loginIdMac, network, deviceHash } = made
  const userId = made.user?.id ?? nobody
  await strangers.inTurn(tx, loginIdMac)
  const credential = await credentialOf(tx, userId, { lock: true })
  const since = now.subtract({ hours: 24 * knownNetworkDays })
  const familiar = await strangers.familiarTo(tx, { userId, deviceHash, network, since })

  const own = familiar.device && credential !== null
  const lane: Lane = own ? { kind: 'own', userId } : { kind: 'stranger', loginIdMac, network }
  if (!own && !familiar.network) {
    const lock = await strangersLock(tx, { loginIdMac, now, parameters })
    if (lock !== null) return { open: false, lock }
  }

  const before = own ? credential.errors.login : await strangers.strangerErrors(tx, made)
  const counted = attempt(before, now, parameters.loginLock)
  if (!counted.granted) {
    return { open: false, lock: lockOf(before, now, parameters.loginLock) as Locked }
  }
  await save(tx, { lane, errors: counted.value, now })
  return { open: true, lane, errors: counted.value, credential }
}

async function strangersLock(
  tx: Tx,
  {
    loginIdMac,
    now,
    parameters,
  }: {
    loginIdMac: Uint8Array
    now: Temporal.Instant
    parameters: IdentityParameters
  },
): Promise<Locked | null> {
  const { strangerErrorsMax, strangerWindowHours: hours } = parameters
  const since = now.subtract({ hours })
  const { errors, lastAt } = await strangers.strangerTotal(tx, { loginIdMac, since })
  if (errors < strangerErrorsMax || lastAt === null) return null
  return { state: 'paused', until: lastAt.add({ hours }) }
}

/** The attempt turned out right: the errors of its lane are forgotten. */
export async function forgive(tx: Tx, lane: Lane): Promise<void> {
  if (lane.kind === 'stranger') return strangers.forgetStrangerErrors(tx, lane)
  return saveErrors(tx, { userId: lane.userId, kind: 'login', errors: noErrors })
}

async function save(
  tx: Tx,
  { lane, errors, now }: { lane: Lane; errors: Errors; now: Temporal.Instant },
): Promise<void> {
  if (lane.kind === 'stranger') return strangers.saveStrangerErrors(tx, { ...lane, errors, now })
  return saveErrors(tx, { userId: lane.userId, kind: 'login', errors })
}
