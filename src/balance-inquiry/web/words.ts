/** What the screens of 照会 share: their words, their client, the accounts to choose from. */
import { useQuery } from '@tanstack/react-query'
import { createClient } from '#ui/client.ts'
import { useMessages } from '#ui/language.tsx'
import { contract, type Account } from '../contract.ts'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'

export const client = createClient(contract)

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

/** Asked once per session: which accounts, and how far back. */
export function useAccounts() {
  return useQuery({
    queryKey: ['balance-inquiry', 'accounts'],
    queryFn: () => client.listAccounts(),
    staleTime: 60_000,
  }).data
}

/** 本店営業部 普通 1234567 （入金用） */
export function useAccountWord() {
  const words = useWords()
  return ({ branchName, kind, number, memo }: Account): string => {
    const name = words.accountWord(branchName, words.kinds[kind], number)
    return memo === '' ? name : `${name}（${memo}）`
  }
}
