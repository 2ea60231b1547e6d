/** 金融機関・支店の検索 — the calls of the picker, and text that settles before it is asked. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { bankSearch, type Found, type FoundPlace, type KanaRow } from '#kit/bank-search.ts'
import { createClient } from './client.ts'

const client = createClient(bankSearch)

/** Where is searched: all banks, or the branches of one. */
export type Within = 'banks' | { readonly bankCode: string }

interface Asked {
  readonly text?: string
  readonly row?: KanaRow
  readonly after?: string
}

/** @throws ApiProblem as every call of the client */
export function askPlaces(within: Within, query: Asked, signal?: AbortSignal): Promise<Found> {
  const options = signal === undefined ? {} : { signal }
  return within === 'banks'
    ? client.findBanks({ query }, options)
    : client.findBranches({ params: { code: within.bankCode }, query }, options)
}

/** The directory changes once a month: what was asked once stays good for this visit. */
const stays = { staleTime: 600_000, throwOnError: false } as const

const keyOf = (within: Within, text: string) => ['places', within, text] as const

/** What is found for the text, once it has not changed for a moment; nothing for no text. */
export function useFoundPlaces(within: Within | null, text: string) {
  const settled = useSettled(text.trim(), 150)
  return useQuery({
    queryKey: keyOf(within ?? 'banks', settled),
    queryFn: ({ signal }) => askPlaces(within ?? 'banks', { text: settled }, signal),
    // A bank has few enough branches to show the first of them unasked.
    enabled: within !== null && (settled !== '' || within !== 'banks'),
    placeholderData: keepPreviousData,
    ...stays,
  })
}

/** For text that was left without a choice: the one place that it names for sure, or null. */
export function useNamedPlace() {
  const queries = useQueryClient()
  return async (within: Within, typed: string): Promise<FoundPlace | null> => {
    const text = typed.trim()
    if (text === '') return null
    const queryFn = () => askPlaces(within, { text })
    const answer = await queries
      .fetchQuery({ queryKey: keyOf(within, text), queryFn, staleTime: stays.staleTime })
      .catch(() => null)
    if (answer === null) return null
    const plain = text.normalize('NFKC')
    const exact = answer.found.filter(({ code, name }) => code === plain || name === text)
    if (exact.length === 1) return exact[0]!
    return answer.found.length === 1 ? answer.found[0]! : null
  }
}

function useSettled(text: string, milliseconds: number): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds)
    return () => clearTimeout(timer)
  }, [text, milliseconds])
  return settled
}
