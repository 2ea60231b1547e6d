/** What the blocks of the top page share: its words, its facts, and the sentence for what is not told. */
import type { Out } from '#kit/endpoint.ts'
import { useMessages } from '#ui/language.tsx'
import { EmptyState } from '#ui/signs.tsx'
import type { contract } from '../contract.ts'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'

export type HomeFacts = Out<typeof contract.showHome>

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

/** A block that could not be told says so, and holds up no other. */
export function Untold() {
  return <EmptyState>{useWords().untold}</EmptyState>
}
