/** Reading what a statement is searched for. */
import { expect, test } from 'vitest'
import { resolveSearch, typedAmount } from './search.ts'

test.each([
  ['', 'undefined'],
  ['１，２３４円', '1234'],
  ['1,234', '1234'],
  ['¥ 0', '0'],
  ['99999999999999', '99999999999999'],
  ['100000000000000', 'null'],
  ['12,34', 'null'],
  ['-1', 'null'],
  ['1.5', 'null'],
  ['1e3', 'null'],
])('the amount %j is read as %s', (typed, expected) => {
  expect(String(typedAmount(typed))).toBe(expected)
})

test.each([
  [{ text: 'ヤマダ' }, { text: 'ﾔﾏﾀﾞ' }],
  [{ text: 'やまだ　kougyou' }, { text: 'ﾔﾏﾀﾞ KOUGYOU' }],
  [{ text: '電気料' }, { text: '電気料' }],
  [{ text: ' % ' }, { text: '%' }],
  [{ text: '\ud83c\0' }, { text: '\ufffd' }],
  [{ text: '  ' }, {}],
  [
    { direction: 'out', amountFrom: '1' },
    { direction: 'out', amountFrom: '1' },
  ],
  [{ amountFrom: '2', amountTo: '1' }, 'amount-from-over-to'],
  [{ amountFrom: 'x', amountTo: 'y' }, 'amount-from-unreadable'],
  [{ amountTo: 'y' }, 'amount-to-unreadable'],
] as const)('%j becomes %j', (asked, expected) => {
  const outcome = resolveSearch(asked)
  if (!outcome.granted) return expect(outcome.reason).toBe(expected)
  const { amountFrom, ...rest } = outcome.value
  expect({ ...rest, ...(amountFrom !== undefined && { amountFrom: String(amountFrom) }) }).toEqual(
    expected,
  )
})
