/**
 * Pace — how often a call may be made (certificates-and-security.md C4).
 *
 * Every bucket leaks: a call raises its level by one, a minute lowers it by `perMinute`, and a
 * call that would overflow it is refused without raising it. A refused caller therefore is let
 * in again as soon as there is room, however often it knocked.
 */
import type { Pace } from '#kit/endpoint.ts'
import type { Visitor } from '#kit/visitor.ts'
import { networksOf } from './origin.ts'

export interface Bucket {
  readonly key: string
  readonly perMinute: number // both the height of the bucket and what leaks in a minute
}

/** Seconds until there is room again, or null when the call may go on. */
export interface Pacer {
  wait(buckets: readonly Bucket[], now: Temporal.Instant): Promise<number | null>
}

/** Figures per session; without a session they are per address. */
const perSession = { secret: 30, read: 300, write: 120, download: 20 } as const
const loginPerAddress = 30
const loginPerNetwork = 200

export function bucketsOf(
  pace: Pace,
  caller: { address: string; visitor: Visitor | null },
): readonly Bucket[] {
  const { own, around } = networksOf(caller.address)
  if (pace === 'login') {
    return [
      { key: `login ${own}`, perMinute: loginPerAddress },
      { key: `login ${around}`, perMinute: loginPerNetwork },
    ]
  }
  return [{ key: `${pace} ${caller.visitor?.sessionId ?? own}`, perMinute: perSession[pace] }]
}

export interface Level {
  readonly level: number
  readonly at: Temporal.Instant
}

/** The level after a call at `now`, or the seconds to wait when it would overflow. */
export function raise(
  before: Level | undefined,
  bucket: Bucket,
  now: Temporal.Instant,
): { readonly level: number } | { readonly waitSeconds: number } {
  const passed = before ? Math.max(0, before.at.until(now).total('seconds')) : 0
  const level = Math.max(0, (before?.level ?? 0) - (passed * bucket.perMinute) / 60) + 1
  if (level <= bucket.perMinute) return { level }
  return { waitSeconds: Math.ceil(((level - bucket.perMinute) * 60) / bucket.perMinute) }
}

/**
 * Counts within this process only. For reads: they are cheap, and a database write for each
 * would cost more than it protects. With n web processes the limit is n times as high.
 */
export function pacerOfThisProcess(): Pacer {
  const levels = new Map<string, Level>()
  return {
    async wait([bucket], now) {
      if (!bucket) return null
      if (levels.size > 50_000) forgetStale(levels, now)
      const raised = raise(levels.get(bucket.key), bucket, now)
      if ('waitSeconds' in raised) return raised.waitSeconds
      levels.set(bucket.key, { level: raised.level, at: now })
      return null
    },
  }
}

/** After a minute any bucket is empty again. */
function forgetStale(levels: Map<string, Level>, now: Temporal.Instant): void {
  const minuteAgo = now.subtract({ minutes: 1 })
  for (const [key, { at }] of levels) {
    if (Temporal.Instant.compare(at, minuteAgo) < 0) levels.delete(key)
  }
}
