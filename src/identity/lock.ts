/**
 * 利用一時停止・利用停止 — what wrong passwords lead to.
 *
 *   open ──5 errors in a row──▶ paused 利用一時停止 ──30 minutes──▶ open
 *     ▲                                                             │
 *     ├──────────── right password: all errors forgotten ◀──────────┤
 *     └── release ── stopped 利用停止 ◀──10 errors since the last right password
 *
 * An attempt is counted as an error before its password is looked at, and forgiven when it turns
 * out right. So twenty attempts at once cannot try more passwords than five (C2 #3). Defaults:
 * internet-banking.md §12; ログインパスワード and 確認用パスワード are counted apart.
 */
import { granted, type Outcome } from '#kit/outcome.ts'

export interface LockLimits {
  readonly consecutiveMax: number // errors in a row that pause
  readonly cumulativeMax: number // errors since the last right password that stop
  readonly pauseMinutes: number
}

export const defaultLockLimits: LockLimits = {
  consecutiveMax: 5,
  cumulativeMax: 10,
  pauseMinutes: 30,
}

export interface Errors {
  readonly consecutive: number
  readonly cumulative: number
  readonly pausedUntil: Temporal.Instant | null
}

export const noErrors: Errors = { consecutive: 0, cumulative: 0, pausedUntil: null }

export type Lock =
  | { readonly state: 'open' } // 利用可能
  | { readonly state: 'paused'; readonly until: Temporal.Instant } // 利用一時停止
  | { readonly state: 'stopped' } // 利用停止

export type Locked = Exclude<Lock, { state: 'open' }>

export function lockOf(errors: Errors, now: Temporal.Instant, limits: LockLimits): Lock {
  if (errors.cumulative >= limits.cumulativeMax) return { state: 'stopped' }
  const { pausedUntil: until } = errors
  if (until !== null && Temporal.Instant.compare(now, until) < 0) return { state: 'paused', until }
  return { state: 'open' }
}

/** The errors with one more attempt counted, or the lock that stands against it. */
export function attempt(
  errors: Errors,
  now: Temporal.Instant,
  limits: LockLimits,
): Outcome<Errors, Locked['state']> {
  const lock = lockOf(errors, now, limits)
  if (lock.state !== 'open') return { granted: false, reason: lock.state }

  const consecutive = errors.consecutive + 1
  const cumulative = errors.cumulative + 1
  if (consecutive < limits.consecutiveMax) {
    return granted({ consecutive, cumulative, pausedUntil: null })
  }
  // The next attempt after the pause begins a new row; the errors since the last success stay.
  const pausedUntil = now.add({ minutes: limits.pauseMinutes })
  return granted({ consecutive: 0, cumulative, pausedUntil })
}
