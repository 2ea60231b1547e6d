import { expect, test } from 'vitest'
import { accountForm, bankForm, switchForm } from './zengin-forms.ts'

const reasonOf = (outcome: { granted: true } | { granted: false; reason: string }) =>
  outcome.granted ? null : outcome.reason
const fields = (right: Record<string, string>, wrong: Record<string, string>) =>
  new URLSearchParams({ ...right, ...wrong })

const account = {
  ...{ bank: '9998', branch: '101', kind: 'ordinary', number: '1234567' },
  ...{ holder: 'カ）トナリ商事'.replace('商事', 'ショウジ'), state: 'open' },
}
test.for([
  [{ bank: '998', branch: '1' }, 'bank'],
  [{ branch: '1011', kind: 'gold' }, 'branch'],
  [{ kind: 'toString', number: '1' }, 'choice'],
  [{ number: '12345678', holder: '' }, 'number'],
  [{ holder: '隣商事', state: 'none' }, 'holder'],
  [{ holder: 'ｱ'.repeat(49) }, 'holder'],
  [{ holder: '  ' }, 'holder'],
  [{ state: 'none' }, 'choice'],
  [{ holder: 'ｱ'.repeat(48) }, null],
] as const)('an account with %o: %s', ([wrong, reason]) => {
  expect(reasonOf(accountForm(fields(account, wrong)))).toBe(reason)
})

test('a holder typed in full width is kept as the formats write it', () => {
  expect(accountForm(fields(account, {}))).toEqual({
    granted: true,
    value: {
      account: { bankCode: '9998', branchCode: '101', kind: 'ordinary', number: '1234567' },
      holderKana: 'ｶ)ﾄﾅﾘｼﾖｳｼﾞ',
      state: 'open',
    },
  })
})

test.for([
  [{ name: 'explode', bank: 'x' }, 'choice'],
  [{ bank: '12345', times: 'x' }, 'bank'],
  [{ times: '-1' }, 'times'],
  [{ times: '1000' }, 'times'],
  [{ times: '999' }, null],
  [{ times: '0' }, null],
] as const)('a switch with %o: %s', ([wrong, reason]) => {
  const right = { name: 'slow-answers', bank: '0001', times: '3' }
  expect(reasonOf(switchForm(fields(right, wrong)))).toBe(reason)
})

test('an empty bank is all of them, and empty times are without end', () => {
  expect(switchForm(new URLSearchParams({ name: 'lost-answers' }))).toEqual({
    granted: true,
    value: { name: 'lost-answers', bankCode: null, times: null },
  })
})

test.for([
  [{ bank: '', 'more-time': 'x' }, 'bank'],
  [{ 'more-time': 'x' }, 'choice'],
  [{ service: '' }, 'choice'],
  [{}, null],
] as const)('a bank with %o: %s', ([wrong, reason]) => {
  const right = { bank: '0001', 'more-time': 'no', service: 'yes' }
  expect(reasonOf(bankForm(fields(right, wrong)))).toBe(reason)
})
