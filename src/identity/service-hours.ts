/** サービス時間 — when the counter is open, by day of the week, in Japan's time. */
import { bankZone } from '#kit/japan-time.ts'

export interface OpenHours {
  readonly from: string // 08:00
  readonly to: string // 23:00; 24:00 for the end of the day
}

/** From Monday to Sunday; null for a day without service. */
export type ServiceHours = 'always' | readonly (OpenHours | null)[]

/** @returns null when the counter is open; else today's hours, null for none today */
export function closedNow(
  hours: ServiceHours,
  now: Temporal.Instant,
): { readonly today: OpenHours | null } | null {
  if (hours === 'always') return null
  const { dayOfWeek, hour, minute } = now.toZonedDateTimeISO(bankZone)
  const today = hours[dayOfWeek - 1] ?? null
  if (today === null) return { today }
  const minutes = hour * 60 + minute
  return minutes >= minutesOf(today.from) && minutes < minutesOf(today.to) ? null : { today }
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}
