/** The session as the screens know it, and the way from one step of the login to the next. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createClient } from '#ui/client.ts'
import { contract, type SessionFacts, type Step } from '../contract.ts'

export const client = createClient(contract)

/** Asked once per login; `next` says which screen the server wants to see. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => client.showSession(),
  staleTime: Infinity,
  gcTime: Infinity,
  retry: false,
})

export type { SessionFacts }

export const stepPaths: Readonly<Record<Step, string>> = {
  'password-change': '/login/password-change',
  'password-change-result': '/login/password-change-result',
  'token-registration': '/login/token-registration',
  'token-caution': '/login/token-caution',
  'login-notices': '/login/notices',
  home: '/',
}

export const loginPath = '/login'

/** Goes to the screen that the server named; what was known of the session is asked anew. */
export function useGoOn(): (to: { readonly next: Step }) => Promise<void> {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async ({ next }) => {
    queries.clear()
    await navigate({ to: stepPaths[next], replace: true })
  }
}

export function useLogout() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => client.logout(),
    onSettled: async () => {
      queries.clear()
      await navigate({ to: '/session-ended', search: { reason: 'logout' }, replace: true })
    },
  })
}

/** 続ける — moves the idle limit. */
export function useKeepSession() {
  return useMutation({ mutationFn: () => client.keepSession() })
}
