import { expect, it } from 'vitest'
import { announcementAt, clockText, secondsAltogether, secondsLeft } from './remaining-time.ts'

it.each([
  ['2026-11-24T01:00:00Z', '2026-11-24T01:05:00Z', 300],
  ['2026-11-24T01:00:00.250Z', '2026-11-24T01:05:00.250Z', 300],
  ['2026-11-24T01:06:00Z', '2026-11-24T01:05:00Z', 0],
  ['not a moment', '2026-11-24T01:05:00Z', 0],
])('from %s to %s there are %i seconds', (now, expiresAt, seconds) => {
  expect(secondsAltogether({ now, expiresAt })).toBe(seconds)
})

it.each([
  [300, 0, 300],
  [300, 1, 300],
  [300, 1_000, 299],
  [300, 299_001, 1],
  [300, 300_000, 0],
  [300, 900_000, 0],
])('of %i seconds, after %i milliseconds %i are left', (altogether, elapsed, left) => {
  expect(secondsLeft(altogether, elapsed)).toBe(left)
})

it.each([
  [600, '10:00'],
  [65, '1:05'],
  [60, '1:00'],
  [9, '0:09'],
  [0, '0:00'],
])('%i seconds are written %s', (seconds, text) => {
  expect(clockText(seconds)).toBe(text)
})

it.each([
  [61, 300, 'nothing'],
  [60, 300, 'last-minute'],
  [1, 300, 'last-minute'],
  [0, 300, 'over'],
  [45, 45, 'nothing'], // after a reload: the minute had begun before
  [60, 60, 'nothing'],
])('with %i of %i seconds left, what is read out is: %s', (left, altogether, said) => {
  expect(announcementAt(left, altogether)).toBe(said)
})
