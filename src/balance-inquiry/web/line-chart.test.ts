/** The balance line: where the arrow keys lead, and round figures at its side. */
import { expect, test } from 'vitest'
import { target, ticksFor } from './line-chart.tsx'

test.each([
  ['ArrowLeft', 5, 4],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 9, 9],
  ['ArrowUp', 5, 6],
  ['PageDown', 5, 0],
  ['PageUp', 1, 8],
  ['Home', 5, 0],
  ['End', 5, 9],
  ['Tab', 5, null],
])('%s leads from day %i of ten to %s', (key, from, to) => {
  expect(target(key, from, 10)).toBe(to)
})

test.each([
  [
    [67_000_000, 83_000_000],
    [0, 50_000_000, 100_000_000],
  ],
  [
    [-3, 12],
    [-5, 0, 5, 10, 15],
  ],
  [[0], [0, 1]],
  [[-7], [-8, -6, -4, -2, 0]],
  [[99_999_999_999_999], [0, 50_000_000_000_000, 100_000_000_000_000]],
])('for balances %j the figures are %j', (balances, figures) => {
  expect(ticksFor(balances)).toEqual(figures)
})
