/** What the token's screens share: their words, their calls, the way on, the refusals. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createClient } from '#ui/client.ts'
import { problemOf } from '#ui/faults.tsx'
import { useMessages } from '#ui/language.tsx'
import { contract, type RegistrationState, type TokenRefusal } from '../contract.ts'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'

export const client = createClient(contract)

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

export const registrationKey = ['token', 'registration'] as const

/** A call of the registration: its answer is where the registration stands now. */
export function useRegistrationCall<Typed = void>(
  call: (typed: Typed) => Promise<RegistrationState>,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: call,
    onSuccess: (state) => queries.setQueryData(registrationKey, state),
  })
}

/** To the next screen: what was known of the session is asked anew, and the router follows it. */
export function useGoOn(): () => Promise<void> {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    queries.clear()
    await navigate({ to: '/', replace: true })
  }
}

/** @returns null for what the contract does not name: a FaultNotice says that */
export function useSayRefusal(): (thrown: unknown) => string | null {
  const { refusals } = useWords()
  return (thrown) => {
    const code = refusalIn(thrown)
    if (code === null) return null
    const sentence = refusals[code]
    if (typeof sentence === 'string') return sentence
    return sentence({ triesLeft: problemOf(thrown)?.facts?.['triesLeft'] ?? '' })
  }
}

export function refusalIn(thrown: unknown): TokenRefusal | null {
  const code = problemOf(thrown)?.code
  return code !== undefined && code in ja.refusals ? (code as TokenRefusal) : null
}
