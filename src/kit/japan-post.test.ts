/** 記号・番号: both kinds, both sides of every length, the order of refusals, and back again. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromPassbook, toPassbook } from './japan-post.ts'

const said = (symbol: string, number: string, savings = false) => {
  const outcome = fromPassbook({ symbol, number, savings })
  if (!outcome.granted) return outcome.reason
  const { branchCode, kind, number: converted } = outcome.value
  return `${branchCode} ${kind} ${converted}`
}

test.each([
  ['10530', '12345671', false, '058 ordinary 1234567'],
  ['01940', '123456', false, '199 current 0123456'],
  ['01940-1', '123456', false, '199 current 0123456'],
  ['１０５３０', '１２３４５６７１', false, '058 ordinary 1234567'],
  ['10530', '11', false, '058 ordinary 0000001'],
  ['10530', '12345671', true, '058 savings 1234567'],
  ['01940', '1', false, '199 current 0000001'],
  ['20530', 'x', true, 'symbol-malformed'],
  ['1053', '12345671', false, 'symbol-malformed'],
  ['1053012', '12345671', false, 'symbol-malformed'],
  ['', '12345671', false, 'symbol-malformed'],
  ['10530', '', false, 'number-malformed'],
  ['10530', '1', false, 'number-malformed'],
  ['10530', '123456781', false, 'number-malformed'],
  ['10530', '1234567a', false, 'number-malformed'],
  ['10530', '12345672', false, 'number-not-ending-in-1'],
  ['01940', '1234567', true, 'number-malformed'],
  ['01940', '000000', false, 'number-malformed'],
  ['01940', '123456', true, 'savings-without-passbook'],
  ['10530', '00000001', false, 'number-malformed'], // account 0000000
])('%j %j (savings: %s) is %s', (symbol, number, savings, expected) => {
  expect(said(symbol, number, savings)).toBe(expected)
})

test('a passbook that was converted is shown with the same number again', () => {
  const digit = fc.integer({ min: 0, max: 9 })
  const passbook = fc.record({ a: digit, b: digit, n: fc.integer({ min: 1, max: 9_999_999 }) })
  fc.assert(
    fc.property(passbook, ({ a, b, n }) => {
      const outcome = fromPassbook({ symbol: `1${a}${b}30`, number: `${n}1` })
      if (!outcome.granted) throw new Error(outcome.reason)
      expect(toPassbook(outcome.value)).toEqual({ symbol: `1${a}${b}**`, number: `${n}1` })
    }),
  )
})

test('what no passbook gives is not shown as one', () => {
  expect(toPassbook({ branchCode: '199', kind: 'current', number: '0123456' })).toEqual({
    symbol: '019**',
    number: '123456',
  })
  expect(toPassbook({ branchCode: '199', kind: 'current', number: '1234567' })).toBeNull()
  expect(toPassbook({ branchCode: '199', kind: 'ordinary', number: '0123456' })).toBeNull()
  expect(toPassbook({ branchCode: '058', kind: 'other', number: '1234567' })).toBeNull()
  expect(toPassbook({ branchCode: '057', kind: 'ordinary', number: '1234567' })).toBeNull()
})
