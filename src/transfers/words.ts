/** 振込振替 — a sentence in both languages, for answers that a screen shows as they are. */
import type { InBothLanguages } from '#kit/order-sheet.ts'
import type { Language } from '#kit/visitor.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'
import type { Transfer } from './transfer.ts'

type Words = typeof ja

export function wordsIn(language: Language): Words {
  return language === 'en' ? en : ja
}

export function inBoth(say: (words: Words) => string): InBothLanguages {
  return { ja: say(ja), en: say(en) }
}

/** A reason that a check or another institution gave; one without a sentence is told by its name. */
export function reasonSays(reason: string): InBothLanguages {
  return inBoth(({ reasons }) => (reasons as Readonly<Record<string, string>>)[reason] ?? reason)
}

export function stepSays(step: string, facts: Readonly<Record<string, string>>): InBothLanguages {
  return inBoth((words) => {
    const say = (words.steps as Readonly<Record<string, string | ((facts: object) => string)>>)[
      step
    ]
    const reason = facts['reason']
    const told =
      reason === undefined
        ? facts
        : { ...facts, says: (words.reasons as Readonly<Record<string, string>>)[reason] ?? reason }
    return typeof say === 'function' ? say(told) : (say ?? step)
  })
}

export function stateSays({
  state,
  ordered,
}: Pick<Transfer, 'state' | 'ordered'>): InBothLanguages {
  const isBooked = state === 'accepted' && ordered?.handling === 'booked'
  return inBoth((words) => (isBooked ? words.booked : words.states[state]))
}

/** 取引名; where none was given, the day on which it was made: 「11月24日作成分」 (§0). */
export function nameGiven(name: string, day: Temporal.PlainDate): string {
  if (name.trim() !== '') return name.trim()
  return ja.sheet.nameless({ month: String(day.month), day: String(day.day) })
}
