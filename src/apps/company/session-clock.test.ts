import { expect, it } from 'vitest'
import { standOf, startClock } from './session-clock.ts'

const limits = {
  now: '2026-11-22T00:00:00.500Z',
  warnsAt: '2026-11-22T00:13:00Z',
  idleEndsAt: '2026-11-22T00:15:00Z',
  endsAt: '2026-11-22T08:00:00Z',
}
const minutes = (count: number) => count * 60

it('is quiet for thirteen minutes, warns for two, and then is over', () => {
  const clock = startClock(limits, 1000)
  expect(standOf(clock, 1000 + minutes(13) - 1).state).toBe('quiet')
  expect(standOf(clock, 1000 + minutes(13))).toEqual({
    state: 'warning',
    limit: 'idle',
    secondsLeft: 120,
  })
  expect(standOf(clock, 1000 + minutes(15) - 1).state).toBe('warning')
  expect(standOf(clock, 1000 + minutes(15)).state).toBe('over')
})

it('is moved by activity', () => {
  const clock = { ...startClock(limits, 0), lastActive: minutes(10) }
  expect(standOf(clock, minutes(22)).state).toBe('quiet')
  expect(standOf(clock, minutes(23)).state).toBe('warning')
})

it('ends after eight hours whatever is done', () => {
  const clock = { ...startClock(limits, 0), lastActive: minutes(479) }
  expect(standOf(clock, minutes(479))).toEqual({
    state: 'warning',
    limit: 'absolute',
    secondsLeft: 60,
  })
  expect(standOf(clock, minutes(480)).state).toBe('over')
})

it('warns for the same two minutes when it starts near the absolute limit', () => {
  const near = { ...limits, warnsAt: '2026-11-22T00:03:00Z', endsAt: '2026-11-22T00:05:00Z' }
  const clock = startClock(near, 0)
  expect(standOf(clock, minutes(3) - 1).state).toBe('quiet')
  expect(standOf(clock, minutes(3)).state).toBe('warning')
})
