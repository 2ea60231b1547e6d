/** What the screens of 承認 share: their calls, their words, and how a refusal is said. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { InBothLanguages } from '#kit/order-sheet.ts'
import { createClient } from '#ui/client.ts'
import { problemOf } from '#ui/faults.tsx'
import { minuteText } from '#ui/format.ts'
import { useLanguage, useMessages } from '#ui/language.tsx'
import { useSaySignatureRefusal } from '#ui/signature-words.ts'
import { contract, type EligibilityRefusal } from '../contract.ts'
import { en } from '../messages.screens.en.ts'
import { ja, type OwnRefusal } from '../messages.screens.ja.ts'
import { useWatched } from './watched.ts'

export const client = createClient(contract)

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

/** The sentence that the server wrote in both languages. */
export function useSay(): (words: InBothLanguages) => string {
  const { language } = useLanguage()
  return (words) => words[language]
}

/** Every query of this room begins with it: invalidating it shows all anew. */
export const approvalsKey = ['approvals'] as const

const refetchMilliseconds = 15_000

/** 承認 取引一覧, kept fresh. Whoever hears of a change invalidates `approvalsKey`. */
export function useApprovalsQuery() {
  const watched = useWatched()
  return useQuery({
    queryKey: [...approvalsKey, 'list'],
    queryFn: ({ signal }) => client.listApprovals(undefined, { signal }),
    refetchInterval: watched ? refetchMilliseconds : false,
    placeholderData: keepPreviousData,
  })
}

export function useApprovalQuery(id: string) {
  return useQuery({
    queryKey: [...approvalsKey, 'one', id],
    queryFn: ({ signal }) => client.showApproval({ params: { id } }, { signal }),
  })
}

/** @returns null for what the contract does not name: a FaultNotice says that */
export function useSayRefusal(): (thrown: unknown) => string | null {
  const { refusals, eligibility } = useWords()
  const saySignature = useSaySignatureRefusal()
  return (thrown) => {
    const problem = problemOf(thrown)
    if (problem?.code === 'not-eligible') {
      const why = problem.facts?.['why'] ?? ''
      return eligibility[why as EligibilityRefusal] ?? eligibility['not-named']
    }
    if (!problem || !Object.hasOwn(refusals, problem.code)) return saySignature(thrown)
    const sentence = refusals[problem.code as OwnRefusal]
    if (typeof sentence === 'string') return sentence
    const until = problem.facts?.['until']
    return sentence({ until: until === undefined ? '' : minuteText(until) })
  }
}

/** Refusals after which the order has to be looked at anew. */
const changes: readonly string[] = [
  'state-changed',
  'digest-differs',
  'content-changed',
  'deadline-passed',
  'not-eligible',
] satisfies (OwnRefusal | 'content-changed' | 'not-eligible')[]

export function saysChanged(thrown: unknown): boolean {
  return changes.includes(problemOf(thrown)?.code ?? '')
}

/** Refusals that stand at the field of 確認用パスワード. */
export function isOfPassword(thrown: unknown): boolean {
  return problemOf(thrown)?.code.startsWith('confirmation-') ?? false
}
