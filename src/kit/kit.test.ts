/** The words that everybody shares: each with both sides of its edge. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountKey, parseAccountKey } from './account-number.ts'
import { isId, newId } from './ids.ts'
import { dayInJapan, momentInJapan, startOfDayInJapan } from './japan-time.ts'
import { businessOf, operations } from './operations.ts'
import { yen, yenBalance } from './yen.ts'

describe('an amount in yen', () => {
  test('is taken from a bigint, a whole number or decimal text', () => {
    expect([yen(5n), yen(5), yen('5')]).toEqual([5n, 5n, 5n])
  })
  test('may be nothing, but not less', () => {
    expect(yen(0)).toBe(0n)
    expect(() => yen(-1)).toThrow(RangeError)
  })
  test('has at most the fourteen digits that the 全銀 formats carry', () => {
    expect(yen(99_999_999_999_999n)).toBe(99_999_999_999_999n)
    expect(() => yen(100_000_000_000_000n)).toThrow(RangeError)
  })
  test('is never a fraction', () => {
    expect(() => yen(1.5)).toThrow(RangeError)
    expect(() => yen('1.5')).toThrow(SyntaxError)
  })
  test('as a balance may be below zero', () => {
    expect(yenBalance(-99_999_999_999_999n)).toBe(-99_999_999_999_999n)
    expect(() => yenBalance(-100_000_000_000_000n)).toThrow(RangeError)
  })
})

describe('an identifier', () => {
  const earliest = 0
  const latest = 2 ** 48 - 1
  test('is a UUID of version 7 at any moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: earliest, max: latest }), (moment) => {
        expect(isId(newId(moment))).toBe(true)
      }),
    )
  })
  test('sorts by the moment it was made', () => {
    fc.assert(
      fc.property(fc.integer({ min: earliest, max: latest - 1 }), (moment) => {
        expect(newId(moment) < newId(moment + 1)).toBe(true)
      }),
    )
  })
  test('is not any other text', () => {
    expect(isId('00000000-0000-4000-8000-000000000000')).toBe(false)
    expect(isId("' or 1=1 --")).toBe(false)
  })
})

describe('an account key', () => {
  test('is read back as the account it was made of', () => {
    const account = { branchCode: '101', kind: 'ordinary', number: '1234567' } as const
    expect(parseAccountKey(accountKey(account))).toEqual(account)
  })
  test.for([
    '',
    '101-ordinary-123456',
    '101-gold-1234567',
    '1-ordinary-1234567',
    '101-ordinary-1234567 ',
  ])('is not «%s»', (text) => expect(parseAccountKey(text)).toBeNull())
})

describe("Japan's day", () => {
  const midnight = Temporal.Instant.from('2026-11-21T15:00:00Z')
  test('begins at 15:00 UTC of the day before', () => {
    expect(dayInJapan(midnight).toString()).toBe('2026-11-22')
    expect(dayInJapan(midnight.subtract({ nanoseconds: 1 })).toString()).toBe('2026-11-21')
    expect(startOfDayInJapan(Temporal.PlainDate.from('2026-11-22')).equals(midnight)).toBe(true)
  })
  test('is written with slashes and a 24-hour clock', () => {
    expect(momentInJapan(midnight)).toBe('2026/11/22 00:00:00')
  })
})

test('every operation stands under exactly one business', () => {
  const all = Object.values(operations).flat()
  expect(new Set(all).size).toBe(all.length)
  expect(businessOf('statement-csv')).toBe('balance-inquiry')
})
