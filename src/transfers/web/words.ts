/** What the screens of 振込振替 share: their calls, their words, and how a refusal is said. */
import { createClient } from '#ui/client.ts'
import { problemOf } from '#ui/faults.tsx'
import { yenText } from '#ui/format.ts'
import { useLanguage, useMessages } from '#ui/language.tsx'
import type { InBothLanguages } from '#kit/order-sheet.ts'
import { contract, type TransferLine, type TransferState } from '../contract.ts'
import { en } from '../messages.screens.en.ts'
import { ja, type OwnRefusal } from '../messages.screens.ja.ts'

export const client = createClient(contract)

export type Words = typeof ja

export function useWords(): Words {
  return useMessages(ja, en) as Words
}

/** A sentence that the server wrote in both languages. */
export function useSay(): (words: InBothLanguages) => string {
  const { language } = useLanguage()
  return (words) => words[language]
}

/** @returns null for what the contract does not name: a FaultNotice says that */
export function useSayRefusal(): (thrown: unknown) => string | null {
  const words = useWords()
  return (thrown) => {
    const problem = problemOf(thrown)
    if (!problem || !Object.hasOwn(words.refusals, problem.code)) return null
    const sentence = words.refusals[problem.code as OwnRefusal]
    if (typeof sentence === 'string') return sentence
    return sentence(factsIn(problem.facts ?? {}, words))
  }
}

function factsIn(facts: Readonly<Record<string, string>>, words: Words) {
  const { levels, limited } = words.confirm
  const named: Readonly<Record<string, (value: string) => string>> = {
    level: (value) => levels[value as keyof typeof levels] ?? value,
    limited: (value) => limited[value] ?? value,
    why: (value) => words.why[value] ?? '',
  }
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const say = named[name]
      if (say !== undefined) return [name, say(value)]
      return [name, /^-?\d+$/.test(value) ? yenText(value) : value]
    }),
  )
}

export function isRefusal(thrown: unknown, code: OwnRefusal): boolean {
  return problemOf(thrown)?.code === code
}

type Account = TransferLine['account']

/** 本店営業部 普通 1234567（支払用） */
export function useAccountWord(): (account: Account) => string {
  const words = useWords()
  return ({ branchName, kind, number, memo }) => {
    const name = words.accountWord(branchName, words.entry.accountKinds[kind], number)
    return memo === '' ? name : `${name}（${memo}）`
  }
}

/** What may still change without the user: the screen looks again. Milliseconds, or not at all. */
export function lookAgainAfter(state: TransferState): number | false {
  if (state === 'executing' || state === 'sent') return 3000
  if (state === 'accepted') return 10_000
  return state === 'awaiting-approval' ? 30_000 : false
}
