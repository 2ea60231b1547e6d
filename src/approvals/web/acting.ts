/**
 * The moves a user can make with one order, what a form of one was filled in with, and what the
 * server answered.
 */
import { useMemo } from 'react'
import type { InBothLanguages } from '#kit/order-sheet.ts'
import { digitsFault } from '#ui/digits.ts'
import type { FormError } from '#ui/error-summary.tsx'
import { textIn } from '#ui/form-text.ts'
import { useSignatureMessages } from '#ui/signature-words.ts'
import type { ShownState } from '../messages.screens.ja.ts'
import { walkActs } from './walk.ts'
import { useWords } from './words.ts'

/** In the order of their buttons. */
export const acts = [...walkActs, 'recall', 'withdraw'] as const
export type Act = (typeof acts)[number]

/** Under which name the contract allows it. */
export const mayNames = {
  approve: 'approve',
  'send-back': 'sendBack',
  delete: 'delete',
  recall: 'recall',
  withdraw: 'withdraw',
} as const satisfies Record<Act, string>

/** What came of a move. */
export interface Came {
  readonly state: ShownState
  readonly says: InBothLanguages | null
  readonly why: InBothLanguages | null
}

export interface Typed {
  readonly comment: string
  readonly password: string
  readonly code: string
}

export function readTyped(form: HTMLFormElement): Typed {
  return {
    comment: textIn(form, 'comment').trim(),
    password: textIn(form, 'confirmationPassword'),
    code: textIn(form, 'transactionCode'),
  }
}

export const commentMax = 120

interface Asked {
  readonly comment: 'optional' | 'required'
  readonly password: boolean
  readonly code: boolean
}

export interface Wrong {
  readonly comment: 'missing' | 'too-long' | null
  readonly password: 'missing' | null
  readonly code: ReturnType<typeof digitsFault>
}

export const nothingWrong: Wrong = { comment: null, password: null, code: null }

/** What can be said before anything is sent. */
export function wrongIn(typed: Typed, asked: Asked): Wrong {
  const missing = asked.comment === 'required' && typed.comment === ''
  const tooLong = typed.comment.length > commentMax
  return {
    comment: missing ? 'missing' : tooLong ? 'too-long' : null,
    password: asked.password && typed.password === '' ? 'missing' : null,
    code: asked.code ? digitsFault(typed.code, 8) : null,
  }
}

export function isRight({ comment, password, code }: Wrong): boolean {
  return comment === null && password === null && code === null
}

export function useErrorsOf(wrong: Wrong): readonly FormError[] {
  const words = useWords().act
  const signature = useSignatureMessages().typed
  return useMemo(() => {
    const { comment, password, code } = wrong
    const commentSays = { missing: words.commentMissing, 'too-long': words.commentTooLong }
    return [
      ...(comment === null ? [] : [{ field: 'comment', message: commentSays[comment] }]),
      ...(password === null
        ? []
        : [{ field: 'confirmationPassword', message: words.passwordMissing }]),
      ...(code === null ? [] : [{ field: 'transactionCode', message: signature[code] }]),
    ]
  }, [wrong, words, signature])
}
