/** The device's words in the language of the visitor. */
import { useMessages } from '#ui/language.tsx'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}
