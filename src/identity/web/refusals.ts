/** Says a refusal of the login in the customer's words. */
import { minuteText } from '#ui/format.ts'
import { problemOf } from '#ui/faults.tsx'
import { useMessages } from '#ui/language.tsx'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

/** @returns null for what the contract does not name: a FaultNotice says that */
export function useSayRefusal(): (thrown: unknown) => string | null {
  const { refusals } = useWords()
  return (thrown) => {
    const problem = problemOf(thrown)
    if (!problem || !(problem.code in refusals)) return null
    const sentence = refusals[problem.code as keyof typeof refusals]
    if (typeof sentence === 'string') return sentence
    const facts = Object.entries(problem.facts ?? {}).map(([name, fact]) => [
      name,
      minuteText(fact),
    ])
    return sentence({ until: '', from: '', to: '', ...Object.fromEntries(facts) })
  }
}
