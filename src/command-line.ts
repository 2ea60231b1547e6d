/** `npm run bank -- …`: the topics of the operator's command line, each at the door of its room. */
import { banksUsage } from '#bank-directory/index.ts'
import { certificatesUsage } from '#certificates/index.ts'
import { feesUsage } from '#fees/index.ts'
import { payeesUsage } from '#payees/index.ts'
import { tokensUsage } from '#token/index.ts'

export type Command = (
  words: readonly string[],
  now: Temporal.Instant,
  print: (line: string) => void,
) => Promise<number>

export const topics = [
  ...(['audit', 'tokens', 'certificates'] as const),
  ...(['banks', 'calendar', 'fees', 'payees'] as const),
] as const
export type Topic = (typeof topics)[number]

/** @param calendarUsage of the adapter that main.ts has chosen */
export function usageOf(calendarUsage: string): string {
  return `usage: npm run bank -- COMMAND
  audit verify | audit export FOLDER          the operation history (docs/operating/audit.md)
${tokensUsage}
${certificatesUsage}
${banksUsage}
${calendarUsage}
${feesUsage}
${payeesUsage}
`
}

export function topicOf(word: string | undefined): Topic | null {
  return topics.find((topic) => topic === word) ?? null
}
