/** Times as certificates and lists write them. */
import { expect, test } from 'vitest'
import { dateOf, timeOf } from './signing.ts'

const written = (at: string) =>
  Buffer.from(timeOf(Temporal.Instant.from(at)).toSchema().toBER())
    .subarray(2)
    .toString()

test('a time has no fractions of a second', () => {
  const at = Temporal.Instant.from('2026-11-22T01:02:03.999Z')
  expect(dateOf(at).toISOString()).toBe('2026-11-22T01:02:03.000Z')
  expect(written('2026-11-22T01:02:03.999Z')).toBe('261122010203Z')
})

test('a year has four digits from 2050 on', () => {
  expect(written('2049-12-31T23:59:59Z')).toBe('491231235959Z')
  expect(written('2050-01-01T00:00:00Z')).toBe('20500101000000Z')
})
