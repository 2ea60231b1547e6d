/** What 内容確認 asks of the requester besides reading: read from its form, and what is missing. */
import { useMemo } from 'react'
import type { Out } from '#kit/endpoint.ts'
import type { FormError } from '#ui/error-summary.tsx'
import { useSignatureMessages } from '#ui/signature-words.ts'
import type { contract } from '../contract.ts'
import { useWords } from './words.ts'

export type Confirmation = Out<(typeof contract)['confirmTransfer']>

export interface Answers {
  readonly duplicateConfirmed: boolean
  readonly approvers: readonly string[] // one per select; empty: none chosen
  readonly comment: string
  readonly confirmationPassword: string | null // null: not asked
  readonly transactionCode: string
}

export const approverField = (at: number) => `approver-${at}`

/** @param textOf what stands in a field of the form */
export function readAnswers(
  textOf: (name: string) => string,
  { asks, approval }: Pick<Confirmation, 'asks' | 'approval'>,
): Answers {
  return {
    duplicateConfirmed: textOf('duplicateConfirmed') !== '',
    approvers: approval.choose.map((_, at) => textOf(approverField(at))),
    comment: textOf('comment').trim(),
    confirmationPassword: asks.password ? textOf('confirmationPassword') : null,
    transactionCode: textOf('transactionCode'),
  }
}

export interface AnswerFault {
  readonly field: string
  readonly code:
    | 'duplicate'
    | 'approver-missing'
    | 'approver-twice'
    | 'password-missing'
    | 'missing' // of the transaction code
    | 'malformed'
}

/** In the order of the page. */
export function faultsIn(
  answers: Answers,
  { duplicates, asks }: Pick<Confirmation, 'duplicates' | 'asks'>,
  code: 'missing' | 'malformed' | null,
): readonly AnswerFault[] {
  const faults: AnswerFault[] = []
  if (duplicates.length > 0 && !answers.duplicateConfirmed) {
    faults.push({ field: 'duplicateConfirmed', code: 'duplicate' })
  }
  for (const [at, approver] of answers.approvers.entries()) {
    const field = approverField(at)
    if (approver === '') faults.push({ field, code: 'approver-missing' })
    else if (answers.approvers.indexOf(approver) < at) {
      faults.push({ field, code: 'approver-twice' })
    }
  }
  if (asks.password && answers.confirmationPassword === '') {
    faults.push({ field: 'confirmationPassword', code: 'password-missing' })
  }
  if (code !== null) faults.push({ field: 'transactionCode', code })
  return faults
}

/** Said anew with the language: codes are kept, not sentences. */
export function useFaultErrors(faults: readonly AnswerFault[]): readonly Required<FormError>[] {
  const { confirm } = useWords()
  const { typed } = useSignatureMessages()
  return useMemo(() => {
    const says: Readonly<Record<AnswerFault['code'], string>> = {
      duplicate: confirm.duplicateMissing,
      'approver-missing': confirm.approverMissing,
      'approver-twice': confirm.approverTwice,
      'password-missing': confirm.passwordMissing,
      missing: typed.missing,
      malformed: typed.malformed,
    }
    return faults.map(({ field, code }) => ({ field, message: says[code] }))
  }, [confirm, faults, typed])
}
