import { expect, it } from 'vitest'
import { digitsFault, groupDigits } from './digits.ts'

it.each([
  ['289980056976', '2899 8005 6976'],
  ['２８９９−８００５−６９７６', '2899 8005 6976'],
  ['14656077', '1465 6077'],
  ['1465 6077', '1465 6077'],
  ['14656', '1465 6'],
  ['1465', '1465'],
  ['', ''],
  ['1465607x', '1465607x'],
  ['1234567890123', '1234567890123'],
])('%s is shown as %s', (typed, shown) => {
  expect(groupDigits(typed)).toBe(shown)
})

it.each([
  ['', 8, 'missing'],
  ['　 ', 8, 'missing'],
  ['1465 6077', 8, null],
  ['１４６５６０７７', 8, null],
  ['289980056976', 8, null], // twelve digits: the rule says which step they belong to
  ['12345678901234567', 8, 'malformed'],
  ['1465-607x', 8, 'malformed'],
  ['2899 8005 6976', 12, null],
  ['abc', 12, 'malformed'],
] as const)('of %j as a code of %i digits it can be said: %s', (typed, count, fault) => {
  expect(digitsFault(typed, count)).toBe(fault)
})
