/** 受付終了までの残り — when the cut-off of the chosen day is so near that a countdown helps. */
import { isoDayOf, secondsOf } from '#ui/format.ts'

export const nearSeconds = 30 * 60

/** @param nowSeconds since 1970. @returns the moment now, where the cut-off is near; else null */
export function nowIfNear(until: string, nowSeconds: number): string | null {
  const end = secondsOf(until)
  if (end === null || end <= nowSeconds || end - nowSeconds > nearSeconds) return null
  return isoMoment(Math.floor(nowSeconds))
}

/** `1795500000` → `2026-11-24T06:00:00Z` */
export function isoMoment(seconds: number): string {
  const days = Math.floor(seconds / 86_400)
  const rest = seconds - days * 86_400
  const two = (part: number) => String(part).padStart(2, '0')
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(two)
  return `${isoDayOf(days)}T${clock.join(':')}Z`
}

/** The browser's clock; a hint only, for the server alone decides. */
export function browserSeconds(): number {
  return (performance.timeOrigin + performance.now()) / 1000
}
