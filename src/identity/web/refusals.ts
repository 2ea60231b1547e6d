/** Says a refusal of the login in the customer's words. */
import { minuteText } from '#ui/format.ts'
import { problemOf } from '#ui/faults.tsx'
import { useMessages } from '#ui/language.tsx'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

type Facts = Readonly<Record<'until' | 'from' | 'to', string>>
export type Sentences = Readonly<Record<string, string | ((facts: Facts) => string)>>

/**
 * @param more the sentences of a later step, beside those of the login page
 * @returns null for what the contract does not name: a FaultNotice says that
 */
export function useSayRefusal(more?: Sentences): (thrown: unknown) => string | null {
  const refusals: Sentences = { ...useWords().refusals, ...more }
  return (thrown) => {
    const problem = problemOf(thrown)
    const sentence = problem === null ? undefined : refusals[problem.code]
    if (!problem || sentence === undefined) return null
    if (typeof sentence === 'string') return sentence
    const facts = Object.entries(problem.facts ?? {}).map(([name, fact]) => [
      name,
      minuteText(fact),
    ])
    return sentence({ until: '', from: '', to: '', ...Object.fromEntries(facts) })
  }
}
