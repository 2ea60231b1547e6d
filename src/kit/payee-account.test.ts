/** 口座番号 as typed, and the kinds of each business. */
import { expect, test } from 'vitest'
import { kindPermitted, readAccountNumber } from './payee-account.ts'

test.each([
  ['1234567', '1234567'],
  ['１２３４５６７', '1234567'],
  ['123-4567', '1234567'],
  ['12 34 56', '0123456'],
  ['1', '0000001'],
  ['', 'account-number-missing'],
  ['　', 'account-number-missing'],
  ['12a', 'account-number-not-digits'],
  ['1234567890a', 'account-number-not-digits'],
  ['12345678', 'account-number-too-long'],
  ['00000000', 'account-number-too-long'],
  ['0000000', 'account-number-zero'],
])('%j is %s', (typed, expected) => {
  const outcome = readAccountNumber(typed)
  expect(outcome.granted ? outcome.value : outcome.reason).toBe(expected)
})

test('salaries go to 普通 and 当座 only', () => {
  expect(kindPermitted('payroll', 'ordinary')).toBe(true)
  expect(kindPermitted('payroll', 'current')).toBe(true)
  expect(kindPermitted('payroll', 'savings')).toBe(false)
  expect(kindPermitted('payroll', 'other')).toBe(false)
  expect(kindPermitted('supplier-payments', 'other')).toBe(true)
  expect(kindPermitted('transfers', 'savings')).toBe(true)
})
