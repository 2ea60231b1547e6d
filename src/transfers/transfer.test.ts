/** 取引状態: which may follow which, walked at random. */
import { expect, test } from 'vitest'
import fc from 'fast-check'
import { yen } from '#kit/yen.ts'
import type { TransferState } from './contract.ts'
import { transferStates } from './contract.ts'
import {
  editableStates,
  following,
  isEditable,
  limitedAmounts,
  mayFollow,
  movingStates,
} from './transfer.ts'

const ends: readonly TransferState[] = [
  ...(['completed', 'partly-returned', 'returned', 'not-executed'] as const),
  ...(['cancelled', 'deleted', 'expired'] as const),
]

test('every state has its followers, and only an end has none', () => {
  expect(Object.keys(following).toSorted()).toEqual([...transferStates].toSorted())
  for (const state of transferStates) {
    expect({ [state]: following[state].length === 0 }).toEqual({ [state]: ends.includes(state) })
  }
})

test('money that may be moving never becomes a draft again, except 受付済み by 承認取消', () => {
  for (const from of movingStates) {
    const back = editableStates.filter((to) => mayFollow(from, to))
    expect({ [from]: back }).toEqual({ [from]: from === 'accepted' ? ['withdrawn'] : [] })
  }
})

test('whatever way an order goes, it passes 実行中 once at the most, and comes to an end', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (choices) => {
      let state: TransferState = 'draft'
      let executions = 0
      for (const choice of choices) {
        const next: readonly TransferState[] = following[state]
        if (next.length === 0) break
        const to: TransferState = next[choice % next.length]!
        if (to === 'executing') executions += 1
        if (executions > 0) expect(isEditable(to)).toBe(false)
        state = to
      }
      expect(executions).toBeLessThanOrEqual(1)
      if (executions === 1) expect([...ends, 'executing', 'sent']).toContain(state)
    }),
    { numRuns: 5_000 },
  )
})

test('an order counts against 合計 and, apart, against 事前登録 and 都度指定', () => {
  const item = (source: 'filed' | 'typed', payable: number) => ({ source, payable: yen(payable) })
  const order = (kind: 'transfer' | 'own-transfer') => ({
    ...{ kind, payable: yen(600) },
    items: [item('filed', 100), item('typed', 200), item('typed', 300)] as never,
  })
  expect([...limitedAmounts(order('transfer'))]).toEqual([
    ['transfers', 600n],
    ['transfers-registered', 100n],
    ['transfers-any', 500n],
  ])
  expect([...limitedAmounts(order('own-transfer'))]).toEqual([['transfers', 600n]])
})
