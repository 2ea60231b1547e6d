/** 承認経路の確認 — what was typed of a supposed order, and what can be said of it before asking. */
import type { In } from '#kit/endpoint.ts'
import { textIn } from '#ui/form-text.ts'
import { readAmount, readDay } from '#ui/reading.ts'
import type { contract } from '../contract.ts'

export type Supposed = In<typeof contract.explainApproval>['query']

/** The kinds of order that exist at this counter; a new one adds its name here. */
export const businessesHere = ['transfers'] as const satisfies readonly Supposed['business'][]

export const suppositionFields = ['amount', 'paymentDay'] as const
export type SuppositionField = (typeof suppositionFields)[number]

export interface SupposedTyped {
  readonly business: string
  readonly amount: string
  readonly newPayee: string
  readonly accountKey: string
  readonly paymentDay: string
  readonly requester: string // empty: oneself
}

export function readForm(form: HTMLFormElement): SupposedTyped {
  const text = (name: keyof SupposedTyped) => textIn(form, name)
  return {
    business: text('business'),
    amount: text('amount'),
    newPayee: text('newPayee'),
    accountKey: text('accountKey'),
    paymentDay: text('paymentDay'),
    requester: text('requester'),
  }
}

export type Supposition =
  | { readonly right: true; readonly supposed: Supposed }
  | { readonly right: false; readonly wrong: readonly SuppositionField[] }

/** Full width, commas and customary days are read; what cannot be read is named. */
export function supposition(typed: SupposedTyped): Supposition {
  const amount = readAmount(typed.amount)
  const day = readDay(typed.paymentDay)
  const wrong = {
    amount: amount === null || amount === '0',
    paymentDay: day === null,
  }
  const found = suppositionFields.filter((field) => wrong[field])
  if (found.length > 0 || amount === null || day === null) return { right: false, wrong: found }
  return {
    right: true,
    supposed: {
      business: typed.business as Supposed['business'],
      amount,
      newPayee: typed.newPayee === 'yes' ? 'yes' : 'no',
      accountKey: typed.accountKey,
      paymentDay: day,
      ...(typed.requester !== '' && { requester: typed.requester }),
    },
  }
}
