/** What is typed at 証明書発行確認, and what is wrong with it before anything is sent. */
import { useMemo } from 'react'
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

/** Faults, and no sentences: these change with the language. */
export interface Wrong {
  readonly code: ReturnType<typeof digitsFault>
  readonly letterMissing: boolean
  readonly passphrases: ReturnType<typeof faultsOf>
}

export const nothingWrong: Wrong = { code: null, letterMissing: false, passphrases: {} }

export function wrongIn(
  { proof, passphrase, passphraseAgain }: Typed,
  { loginId }: { readonly loginId: string },
): Wrong {
  return {
    code: proof.transactionCode === null ? null : digitsFault(proof.transactionCode, 8),
    letterMissing: proof.letterCode === '',
    passphrases: faultsOf({ passphrase, passphraseAgain, loginId }),
  }
}

export function isRight({ code, letterMissing, passphrases }: Wrong): boolean {
  return code === null && !letterMissing && Object.keys(passphrases).length === 0
}

/** In the order of the fields. */
export function useErrorsOf(wrong: Wrong): readonly FormError[] {
  const { confirm, passphraseFaults } = useWords()
  const { typed } = useSignatureMessages()
  return useMemo(() => {
    const { code, letterMissing, passphrases } = wrong
    const ofPassphrase = (['passphrase', 'passphraseAgain'] as const).flatMap((field) => {
      const fault = passphrases[field]
      if (fault === undefined) return []
      const facts = { field: confirm[field], ...passphraseLengths }
      return [{ field, message: passphraseFaults[fault](facts) }]
    })
    return [
      ...(code === null ? [] : [{ field: 'transactionCode', message: typed[code] }]),
      ...(letterMissing ? [{ field: 'letterCode', message: confirm.letterCodeMissing }] : []),
      ...ofPassphrase,
    ]
  }, [wrong, confirm, passphraseFaults, typed])
}
