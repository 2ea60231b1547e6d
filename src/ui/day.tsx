/** 日付 — a day with its weekday, in figures of equal width. */
import { dayText, weekdayOf } from './format.ts'
import { useUiMessages } from './language.tsx'

/** 2026/11/20（金） */
export function Day({ value }: { readonly value: string }) {
  const { dayOfWeek } = useUiMessages()
  return (
    <time dateTime={value.slice(0, 10)} className="figures whitespace-nowrap">
      {dayOfWeek(dayText(value), weekdayOf(value))}
    </time>
  )
}
