/** What the screens of 電子証明書 share: their calls, their words, and how a refusal is said. */
import { createClient } from '#ui/client.ts'
import { problemOf } from '#ui/faults.tsx'
import { minuteText } from '#ui/format.ts'
import { useMessages } from '#ui/language.tsx'
import { useSaySignatureRefusal } from '#ui/signature-words.ts'
import { contract, type CertificateRefusal } from '../contract.ts'
import { en } from '../messages.en.ts'
import { ja, type Facts, type OwnRefusal } from '../messages.ja.ts'

export const client = createClient(contract)

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

const noFacts: Facts = { until: '', from: '', to: '', validUntil: '', triesLeft: '' }

/** @returns null for what the contract does not name: a FaultNotice says that */
export function useSayRefusal(): (thrown: unknown) => string | null {
  const { refusals } = useWords()
  const saySignature = useSaySignatureRefusal()
  return (thrown) => {
    const problem = problemOf(thrown)
    if (!problem || !Object.hasOwn(refusals, problem.code)) return saySignature(thrown)
    const sentence = refusals[problem.code as OwnRefusal]
    if (typeof sentence === 'string') return sentence
    const facts = Object.entries(problem.facts ?? {}).map(([name, fact]) => [
      name,
      minuteText(fact),
    ])
    return sentence({ ...noFacts, ...Object.fromEntries(facts) })
  }
}

export function isRefusal(thrown: unknown, code: CertificateRefusal): boolean {
  return problemOf(thrown)?.code === code
}
