/** What is typed at 証明書発行確認, and what is wrong with it before anything is sent. */
import type { Challenge } from '#kit/challenge.ts'
import { digitsFault } from '#ui/digits.ts'
import type { FormError } from '#ui/error-summary.tsx'
import { textIn } from '#ui/form-text.ts'
import { halfWidth } from '#ui/reading.ts'
import { useSignatureMessages } from '#ui/signature-words.ts'
import type { Order } from './issuing.ts'
import { faultsOf, passphraseLengths } from './passphrase.ts'
import { useWords } from './words.ts'

export interface Typed extends Order {
  readonly passphraseAgain: string
}

export function readTyped(form: HTMLFormElement, challenge: Challenge | null): Typed {
  const signed = challenge !== null
  return {
    proof: {
      challengeId: challenge?.id ?? null,
      transactionCode: signed ? textIn(form, 'transactionCode') : null,
      letterCode: signed ? null : halfWidth(textIn(form, 'letterCode')).trim(),
    },
    passphrase: textIn(form, 'passphrase'),
    passphraseAgain: textIn(form, 'passphraseAgain'),
  }
}

export interface Wrong {
  /** In the order of the fields. */
  readonly errors: readonly FormError[]
  /** For the card of the signature, which says it itself. */
  readonly code: ReturnType<typeof digitsFault>
}

export const nothingWrong: Wrong = { errors: [], code: null }

export function useChecks(asked: { readonly loginId: string; readonly signed: boolean }) {
  const words = useWords()
  const signatureWords = useSignatureMessages()
  return ({ proof, passphrase, passphraseAgain }: Typed): Wrong => {
    const code = asked.signed ? digitsFault(proof.transactionCode ?? '', 8) : null
    const faults = faultsOf({ passphrase, passphraseAgain, loginId: asked.loginId })
    const errors = [
      ...(code === null ? [] : [['transactionCode', signatureWords.typed[code]] as const]),
      ...(proof.letterCode === ''
        ? [['letterCode', words.confirm.letterCodeMissing] as const]
        : []),
      ...(['passphrase', 'passphraseAgain'] as const).flatMap((name) => {
        const fault = faults[name]
        if (fault === undefined) return []
        const facts = { field: words.confirm[name], ...passphraseLengths }
        return [[name, words.passphraseFaults[fault](facts)] as const]
      }),
    ].map(([field, message]) => ({ field, message }))
    return { errors, code }
  }
}
