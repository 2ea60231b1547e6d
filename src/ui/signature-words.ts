/** The words around 二次元コード. Apart from those of the other parts: the login page needs none. */
import type { ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import type { TagName } from '#kit/ctp1/fields.ts'
import { problemOf } from './faults.tsx'
import { dayText, wideKana, yenText } from './format.ts'
import { useMessages } from './language.tsx'
import { en } from './signature.messages.en.ts'
import { ja } from './signature.messages.ja.ts'

export function useSignatureMessages(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

/** Why a code was not taken, or none was shown. @returns null for what is no refusal of a signature */
export function useSaySignatureRefusal(): (thrown: unknown) => string | null {
  const { refusals } = useSignatureMessages()
  return (thrown) => {
    const problem = problemOf(thrown)
    if (!problem || !(problem.code in refusals)) return null
    const sentence = refusals[problem.code as CodeRefusal | ChallengeRefusal]
    if (typeof sentence === 'string') return sentence
    return sentence({ triesLeft: problem.facts?.['triesLeft'] ?? '' })
  }
}

/** After these there is nothing more to scan: a new code is needed. */
const ends: readonly string[] = [
  'challenge-unknown',
  'challenge-spent',
  'challenge-expired',
] satisfies CodeRefusal[]

export function endsCode(thrown: unknown): boolean {
  const problem = problemOf(thrown)
  return problem !== null && (ends.includes(problem.code) || problem.facts?.['triesLeft'] === '0')
}

/** A value as the device writes it, in the width that people read; a tag of the wire may be newer. */
export function signedText(
  words: typeof ja,
  { tag, value }: { tag: string; value: string },
): string {
  const write = writers[tag as TagName]
  return write === undefined ? wideKana(value) : write(value, words)
}

type Write = (value: string, words: typeof ja) => string
const yen: Write = (value, words) => words.yen(yenText(value))
const kana: Write = (value) => wideKana(value)
const plain: Write = (value) => value

const writers: Readonly<Record<TagName, Write>> = {
  warning: (value, words) => words.warnings[value] ?? words.warning(value),
  'login-id': plain,
  amount: yen,
  total: yen,
  'currency-amount': plain,
  payee: kana,
  count: (value, words) => words.count(yenText(value)),
  bank: kana,
  branch: kana,
  account: (value, words) => value.replace(/^\d(?= )/, (kind) => words.kinds[kind] ?? kind),
  'largest-payee': kana,
  'new-payees': (value, words) => words.count(yenText(value)),
  date: (value) => dayText(value),
  fee: yen,
  reference: kana,
  text: plain,
  digest: (value) => value.toUpperCase().replace(/.{4}(?=.)/g, '$& '),
}
