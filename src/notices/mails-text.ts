/** メールの文面 — a template and its facts become subject and text. Plain text without a link. */
import type { Language } from '#kit/visitor.ts'
import { en } from './messages.mail.en.ts'
import { ja, type MailWords } from './messages.mail.ja.ts'

export type MailTemplate = keyof typeof ja.mails
/** What each template has to be told. */
export type MailFacts = {
  readonly [Template in MailTemplate]: Parameters<(typeof ja.mails)[Template]>[0]
}
export type BankNames = Readonly<Record<Language, string>>

/** As they lie in the outbox: a moment is ISO 8601 text. */
export type StoredFacts = Readonly<Record<string, string | number | null>>

/** The facts that are moments. */
const moments = ['at', 'validUntil', 'deadline']

export function storedFacts(facts: MailFacts[MailTemplate]): StoredFacts {
  const entries = Object.entries(facts).map(([name, value]) => [
    name,
    value instanceof Temporal.Instant ? value.toString() : value,
  ])
  return Object.fromEntries(entries) as StoredFacts
}

/** @throws where the outbox holds a template that this release does not know */
export function mailText(
  mail: { readonly template: string; readonly facts: StoredFacts; readonly language: Language },
  bankNames: BankNames,
): { readonly subject: string; readonly text: string } {
  const texts = { ja, en }[mail.language]
  const words = texts.mails[mail.template as MailTemplate] as
    | ((facts: unknown) => MailWords)
    | undefined
  if (words === undefined) throw new Error(`there is no mail ${mail.template}`)

  const bank = bankNames[mail.language]
  const { title, happened, rows, ask = texts.ask } = words(factsOf(mail.facts))
  const facts = rows.map(([label, value]) => texts.row({ label, value })).join('\n')
  const { warning, closing } = texts
  const parts = [texts.greeting({ bank }), happened, facts, ask, warning, closing, bank]
  return { subject: texts.subject({ bank, title }), text: `${parts.join('\n\n')}\n` }
}

function factsOf(stored: StoredFacts): Readonly<Record<string, unknown>> {
  const entries = Object.entries(stored).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value]
    return [name, moments.includes(name) ? Temporal.Instant.from(value) : oneLine(value)]
  })
  return Object.fromEntries(entries) as Record<string, unknown>
}

/** A name of the customer's making adds no line and no link of its own to what the bank writes. */
function oneLine(text: string): string {
  const line = text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  // 取引名 is the customer's text: no mail program makes a link of it.
  return line.replaceAll('://', '：／／').replaceAll(/(?<=[\p{L}\d])\.(?=\p{L}{2})/gu, '．')
}
