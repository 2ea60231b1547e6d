/** The words of the operation history's screen, and its calls. */
import { useMemo } from 'react'
import { createClient } from '#ui/client.ts'
import type { FormError } from '#ui/error-summary.tsx'
import { problemOf } from '#ui/faults.tsx'
import { useMessages } from '#ui/language.tsx'
import { contract } from '../contract.ts'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'

export const client = createClient(contract)

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

export type Choices = Awaited<ReturnType<typeof client.operationHistoryChoices>>

/** The refusals of the contract, at the fields that they name. The same list until they change. */
export function useRefusal(error: unknown): readonly FormError[] {
  const sentences: Readonly<Record<string, string>> = useWords().refusals
  return useMemo(() => {
    const problem = problemOf(error)
    const message = problem === null ? undefined : sentences[problem.code]
    if (problem === null || message === undefined) return []
    const [place] = problem.errors ?? []
    return [{ ...(place !== undefined && { field: place.path }), message }]
  }, [error, sentences])
}
