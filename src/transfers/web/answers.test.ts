import { describe, expect, test } from 'vitest'
import { faultsIn, readAnswers } from './answers.ts'
import { conditionFaults, noConditions, queryFrom, stateGroups } from './status-conditions.ts'
import { transferStates } from '../contract.ts'

const asks = { password: true, token: true }
const says = { ja: '', en: '' }
const approval = {
  ...{ needed: true, method: says, says, mayNot: [] },
  choose: [{ candidates: [] }, { candidates: [] }],
}
const typed: Readonly<Record<string, string>> = {
  'approver-0': 'u-1',
  'approver-1': 'u-2',
  comment: ' よろしく ',
  confirmationPassword: 'secret',
  transactionCode: '1234 5678',
}
const read = (more: Readonly<Record<string, string>> = {}) =>
  readAnswers((name) => ({ ...typed, ...more })[name] ?? '', { asks, approval })

describe('what 内容確認 asks', () => {
  test('is read from the form', () => {
    expect(read()).toEqual({
      ...{ duplicateConfirmed: false, approvers: ['u-1', 'u-2'], comment: 'よろしく' },
      ...{ confirmationPassword: 'secret', transactionCode: '1234 5678' },
    })
    const none = readAnswers(() => '', { asks: { ...asks, password: false }, approval })
    expect(none.confirmationPassword).toBeNull()
  })

  test('and what is missing is told in the order of the page', () => {
    const duplicates = [{ id: 'o-1', receiptNumber: null, name: '' }]
    const missing = read({ 'approver-0': '', 'approver-1': '', confirmationPassword: '' })
    expect(faultsIn(missing, { duplicates, asks }, 'missing').map(({ field }) => field)).toEqual([
      'duplicateConfirmed',
      'approver-0',
      'approver-1',
      'confirmationPassword',
      'transactionCode',
    ])
    expect(faultsIn(read(), { duplicates: [], asks }, null)).toEqual([])
    expect(faultsIn(read({ duplicateConfirmed: 'yes' }), { duplicates, asks }, null)).toEqual([])
  })

  test('nobody approves twice', () => {
    const twice = read({ 'approver-1': 'u-1' })
    expect(faultsIn(twice, { duplicates: [], asks }, null)).toEqual([
      { field: 'approver-1', code: 'approver-twice' },
    ])
  })
})

describe('conditions of 状況照会', () => {
  test('every state is in exactly one group', () => {
    expect(Object.values(stateGroups).flat().toSorted()).toEqual([...transferStates].toSorted())
  })

  test.each([
    ['', '', []],
    ['2026/11/30', '2026/11/30', []],
    ['2026/11/30', '2026/11/29', [{ field: 'to', fault: 'daysReversed' }]],
    ['x', '', [{ field: 'from', fault: 'dayUnreadable' }]],
    ['', '2026/02/30', [{ field: 'to', fault: 'dayUnreadable' }]],
  ])('from %j to %j', (from, to, faults) => {
    expect(conditionFaults({ ...noConditions, from, to })).toEqual(faults)
  })

  test('only what was entered is asked', () => {
    expect(queryFrom(noConditions)).toEqual({ show: 'all' })
    const all = {
      states: 'moving',
      from: '20261101',
      to: '2026/11/30',
      accountKey: 'a',
      text: ' x ',
    }
    expect(queryFrom({ ...all, states: 'moving' })).toEqual({
      ...{ show: 'all', states: ['executing', 'sent'], from: '2026-11-01', to: '2026-11-30' },
      ...{ accountKey: 'a', text: 'x' },
    })
  })
})
