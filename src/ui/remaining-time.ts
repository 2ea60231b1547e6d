/**
 * 残り時間, counted from the server's clock: the answer says what time it is there, and from then
 * on only elapsed time counts. The server alone decides whether a code is still taken.
 */
import { secondsOf } from './format.ts'

export interface Span {
  readonly now: string // the server's, at the moment of its answer
  readonly expiresAt: string
}

/** Whole seconds from the answer to its end. */
export function secondsAltogether({ now, expiresAt }: Span): number {
  const [start, end] = [secondsOf(now), secondsOf(expiresAt)]
  return start === null || end === null ? 0 : Math.max(end - start, 0)
}

/** A second counts until it is over: 0 says that nothing is left. */
export function secondsLeft(altogether: number, elapsedMilliseconds: number): number {
  return Math.max(Math.ceil(altogether - elapsedMilliseconds / 1000), 0)
}

/** `4:05` */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export const lastSeconds = 60

/** What is read out: twice at most, and nothing about a minute that had begun before. */
export function announcementAt(
  left: number,
  altogether: number,
): 'nothing' | 'last-minute' | 'over' {
  if (left === 0) return 'over'
  return left <= lastSeconds && altogether > lastSeconds ? 'last-minute' : 'nothing'
}
