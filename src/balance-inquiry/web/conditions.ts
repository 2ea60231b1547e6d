/** The form of an inquiry as the clerk fills it in, and as it is asked. */
import { readDay } from '#ui/reading.ts'
import type { PeriodName } from '../contract.ts'

export interface Conditions {
  readonly account: string
  readonly period: PeriodName
  readonly from: string
  readonly to: string
  readonly text: string
  readonly direction: '' | 'in' | 'out'
  readonly amountFrom: string
  readonly amountTo: string
  readonly order: 'newest-first' | 'oldest-first'
}

export const firstConditions: Conditions = {
  account: '',
  period: 'this-month',
  from: '',
  to: '',
  text: '',
  direction: '',
  amountFrom: '',
  amountTo: '',
  order: 'newest-first',
}

/** Only what was filled in; days as the server reads them, or as typed where nobody can. */
export function periodQuery({ account, period, from, to }: Conditions) {
  const days = period === 'dates' ? { from: readDay(from) ?? from, to: readDay(to) ?? to } : {}
  return { account, period, ...days }
}

export function searchQuery({ text, amountFrom, amountTo }: Conditions) {
  return {
    ...(text.trim() && { text: text.trim() }),
    ...(amountFrom && { amountFrom }),
    ...(amountTo && { amountTo }),
  }
}

export function directionQuery({ direction }: Conditions) {
  return direction === '' ? {} : { direction }
}
