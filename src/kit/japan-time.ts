/** Japan's time. The bank's zone is named here and nowhere else. */
export const bankZone = 'Asia/Tokyo'

/** The calendar day in Japan at that instant. */
export function dayInJapan(at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO(bankZone).toPlainDate()
}

/** The instant at which that day starts in Japan. */
export function startOfDayInJapan(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime(bankZone).toInstant()
}

/** 2026/11/22 17:04:05, as the guide's screens write a moment. */
export function momentInJapan(at: Temporal.Instant): string {
  const { year, month, day, hour, minute, second } = at.toZonedDateTimeISO(bankZone)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${year}/${two(month)}/${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`
}
