/**
 * How long the session lasts, counted from the server's clock: the answer says what time it is
 * there, and from then on only elapsed time counts. Every call moves the idle limit, none moves
 * the absolute one.
 */
import type { SessionFacts } from '#identity/web/index.ts'
import { secondsOf } from '#ui/format.ts'

export type Limits = SessionFacts['limits']

export interface SessionClock {
  readonly idleSeconds: number
  readonly warningSeconds: number
  /** On the browser's own counter (performance.now, in seconds). */
  readonly lastActive: number
  readonly endsAt: number
}

export function startClock(limits: Limits, elapsed: number): SessionClock {
  const now = secondsOf(limits.now) ?? 0
  const until = (moment: string) => (secondsOf(moment) ?? now) - now
  return {
    idleSeconds: until(limits.idleEndsAt),
    warningSeconds: Math.max(
      Math.min(until(limits.idleEndsAt), until(limits.endsAt)) - until(limits.warnsAt),
      0,
    ),
    lastActive: elapsed,
    endsAt: elapsed + until(limits.endsAt),
  }
}

export type Stand =
  | { readonly state: 'quiet' }
  | { readonly state: 'warning'; readonly limit: 'idle' | 'absolute'; readonly secondsLeft: number }
  | { readonly state: 'over' }

export function standOf(clock: SessionClock, elapsed: number): Stand {
  const idleLeft = clock.lastActive + clock.idleSeconds - elapsed
  const absoluteLeft = clock.endsAt - elapsed
  const secondsLeft = Math.min(idleLeft, absoluteLeft)
  if (secondsLeft <= 0) return { state: 'over' }
  if (secondsLeft > clock.warningSeconds) return { state: 'quiet' }
  return { state: 'warning', limit: absoluteLeft < idleLeft ? 'absolute' : 'idle', secondsLeft }
}
