import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { marksHaveTheirKana, permits } from '#kit/zengin/characters.ts'
import { returnReasons } from './port.ts'
import {
  accountByRule,
  isCoreTime,
  isSameName,
  reasonToReturn,
  sentinelAmounts,
  sentinelOf,
  type KnownAccount,
} from './simulator-rules.ts'

const account = (number: string, branchCode = '001') =>
  ({ bankCode: '0001', branchCode, kind: 'ordinary', number }) as const

test.for([
  ['08:29:59', true, false],
  ['08:30:00', true, true],
  ['15:29:59', true, true],
  ['15:30:00', true, false],
  ['12:00:00', false, false],
] as const)('%s of a business day (%s): core time %s', ([time, isBusinessDay, expected]) => {
  const at = Temporal.Instant.from(`2026-11-24T${time}+09:00`)
  expect(isCoreTime(at, isBusinessDay)).toBe(expected)
})

test.for([
  ['ｶ)ﾄﾅﾘ', 'カ）トナリ', true],
  ['ﾔﾏﾀﾞ ﾊﾅｺ', 'ﾔﾏﾀﾞﾊﾅｺ', true],
  ['ｼﾖｳｼﾞ', 'ｼｮｳｼﾞ', true],
  ['ﾃﾞ-ﾀ', 'データ', true],
  ['ﾊﾅｺ', 'ﾊﾞﾅｺ', false],
  ['ｶ)ﾄﾅﾘ', 'ﾄﾅﾘ(ｶ', false],
  ['ｱ', '', false],
] as const)('%s and %s are one name: %s', ([one, other, same]) => {
  expect(isSameName(one, other)).toBe(same)
})

describe('a payment', () => {
  const known = (more: Partial<KnownAccount> = {}): KnownAccount => ({
    ...{ holderKana: 'ｱ', state: 'open', opened: true, ...more },
  })
  const named = { payeeName: 'ｱ' }
  const other = { payeeName: 'ｲ' }

  test('comes back for the first reason in the published order', () => {
    const reasons = [
      reasonToReturn(other, null),
      reasonToReturn(other, known({ state: 'closed' })),
      reasonToReturn(named, known({ state: 'closed' })),
      reasonToReturn(named, known({ state: 'refuses' })),
    ]
    expect(reasons).toEqual(returnReasons)
    expect(reasonToReturn(named, known())).toBeNull()
  })

  test('may carry any name where nobody opened the account on purpose', () => {
    expect(reasonToReturn(other, known({ opened: false }))).toBeNull()
    expect(reasonToReturn(other, known({ opened: false, state: 'closed' }))).toBe('account-closed')
  })
})

test.for([
  ['9999999', undefined],
  ['9999998', 'closed'],
  ['9999997', 'refuses'],
  ['9999996', 'open'],
  ['0000001', 'open'],
] as const)('%s is by its number: %s', ([number, state]) => {
  expect(accountByRule(account(number))?.state).toBe(state)
})

test('a made-up holder is always the same, and a name that the formats can carry', () => {
  const numbers = fc.integer({ min: 0, max: 9_999_996 })
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 999 }), (number, branch) => {
      const one = account(String(number).padStart(7, '0'), String(branch).padStart(3, '0'))
      expect(accountByRule(one)).toEqual(accountByRule({ ...one }))
      const { holderKana } = accountByRule(one)!
      expect(permits('name', holderKana) && marksHaveTheirKana(holderKana)).toBe(true)
    }),
  )
})

test('an amount fails by its last four figures only', () => {
  for (const [end, meaning] of Object.entries(sentinelAmounts)) {
    expect(sentinelOf(BigInt(end))).toBe(meaning)
    expect(sentinelOf(BigInt(`123${end}`))).toBe(meaning)
    expect(sentinelOf(BigInt(`${end}0`))).toBeNull()
  }
  expect(sentinelOf(9_900n)).toBeNull()
  expect(sentinelOf(9_906n)).toBeNull()
  expect(sentinelOf(901n)).toBeNull()
})
