/** The words of the notices' screens. */
import { useMessages } from '#ui/language.tsx'
import { createClient } from '#ui/client.ts'
import { contract, messageContract } from '../contract.ts'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'

export const client = createClient(contract)
export const messageClient = createClient(messageContract)

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}
