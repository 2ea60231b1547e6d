/** 利用一時停止・利用停止: both sides of each edge. */
import { describe, expect, test } from 'vitest'
import { attempt, defaultLockLimits as limits, lockOf, noErrors, type Errors } from './lock.ts'

const now = Temporal.Instant.from('2026-11-22T01:00:00Z')
const minutes = (count: number) => now.add({ minutes: count })

function after(errors: number, from: Errors = noErrors, at = now): Errors {
  let counted = from
  for (let error = 0; error < errors; error += 1) {
    const outcome = attempt(counted, at, limits)
    if (!outcome.granted) throw new Error(outcome.reason)
    counted = outcome.value
  }
  return counted
}

describe('errors in a row', () => {
  test.for([
    [0, 'open'],
    [4, 'open'],
    [5, 'paused'],
  ] as const)('%i: %s', ([errors, state]) => {
    expect(lockOf(after(errors), now, limits).state).toBe(state)
  })

  test('pause for half an hour, to the instant', () => {
    const paused = after(5)
    const before = minutes(30).subtract({ nanoseconds: 1 })
    expect(lockOf(paused, before, limits)).toEqual({ state: 'paused', until: minutes(30) })
    expect(attempt(paused, before, limits)).toEqual({ granted: false, reason: 'paused' })
    expect(lockOf(paused, minutes(30), limits)).toEqual({ state: 'open' })
    expect(attempt(paused, minutes(30), limits)).toMatchObject({ granted: true })
  })
})

describe('errors since the last right password', () => {
  const later = minutes(31)

  test('nine leave it open, the tenth stops', () => {
    const nine = after(4, after(5), later)
    expect(lockOf(nine, later, limits)).toEqual({ state: 'open' })
    const ten = after(1, nine, later)
    expect(lockOf(ten, later, limits)).toEqual({ state: 'stopped' })
    expect(attempt(ten, minutes(100_000), limits)).toEqual({ granted: false, reason: 'stopped' })
  })

  test('are forgotten by a right one', () => {
    expect(lockOf(after(4, noErrors), later, limits)).toEqual({ state: 'open' })
  })
})
