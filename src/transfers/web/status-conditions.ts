/** 照会条件 — what is searched for in 振込データの状況照会, as typed and as it is asked. */
import type { In } from '#kit/endpoint.ts'
import { readDay } from '#ui/reading.ts'
import type { contract, TransferState } from '../contract.ts'

/** The states as people ask for them. */
export const stateGroups = {
  editable: ['draft', 'recalled', 'sent-back', 'withdrawn', 'failed'],
  awaiting: ['awaiting-approval'],
  accepted: ['accepted'],
  moving: ['executing', 'sent'],
  completed: ['completed'],
  returned: ['partly-returned', 'returned', 'not-executed'],
  ended: ['cancelled', 'deleted', 'expired'],
} as const satisfies Readonly<Record<string, readonly TransferState[]>>
export type StateGroup = keyof typeof stateGroups

export interface Conditions {
  readonly states: StateGroup | ''
  readonly from: string
  readonly to: string
  readonly accountKey: string
  readonly text: string
}

export const noConditions: Conditions = { states: '', from: '', to: '', accountKey: '', text: '' }

export type ConditionFault = 'dayUnreadable' | 'daysReversed'

/** What cannot be asked, by field. */
export function conditionFaults({ from, to }: Conditions): readonly {
  readonly field: 'from' | 'to'
  readonly fault: ConditionFault
}[] {
  const unreadable = (text: string) => text.trim() !== '' && readDay(text) === null
  const faults = [['from', from] as const, ['to', to] as const].flatMap(([field, text]) =>
    unreadable(text) ? [{ field, fault: 'dayUnreadable' as const }] : [],
  )
  if (faults.length > 0) return faults
  const [first, last] = [readDay(from), readDay(to)]
  if (first === null || last === null || first <= last) return []
  return [{ field: 'to', fault: 'daysReversed' }]
}

type Query = Omit<In<(typeof contract)['listTransfers']>['query'], 'after'>

/** For conditions without a fault. */
export function queryFrom({ states, from, to, accountKey, text }: Conditions): Query {
  const [first, last] = [readDay(from), readDay(to)]
  return {
    show: 'all',
    ...(states !== '' && { states: [...stateGroups[states]] }),
    ...(first !== null && { from: first }),
    ...(last !== null && { to: last }),
    ...(accountKey !== '' && { accountKey }),
    ...(text.trim() !== '' && { text: text.trim() }),
  }
}
