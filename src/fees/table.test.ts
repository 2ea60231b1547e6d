/** The form of a fee table: the order of its refusals. */
import { expect, test } from 'vitest'
import { readFeeTable } from './table.ts'

const whole = [{ min: 1, max: null, fee: 0 }]
const read = (bands: unknown) =>
  readFeeTable({ 'same-branch': whole, 'same-bank': whole, 'other-bank': bands })

test.each([
  ['form-wrong', []],
  ['form-wrong', [{ min: 0, max: null, fee: 1 }]],
  ['form-wrong', [{ min: 1, max: null, fee: -1 }]],
  ['form-wrong', [{ min: 1, max: null, fee: 1.5 }]],
  ['form-wrong', [{ min: 1, max: null, fee: 1, note: '' }]],
  ['first-band-not-from-one', [{ min: 2, max: 1, fee: 1 }]],
  [
    'bands-not-joined',
    [
      { min: 1, max: 29_999, fee: 1 },
      { min: 30_001, max: null, fee: 2 },
    ],
  ],
  [
    'bands-not-joined',
    [
      { min: 1, max: 30_000, fee: 1 },
      { min: 30_000, max: null, fee: 2 },
    ],
  ],
  [
    'bands-not-joined',
    [
      { min: 1, max: null, fee: 1 },
      { min: 30_000, max: null, fee: 2 },
    ],
  ],
  [
    'last-band-not-open',
    [
      { min: 1, max: 29_999, fee: 2 },
      { min: 30_000, max: 99_999, fee: 1 },
    ],
  ],
  [
    'fee-falls',
    [
      { min: 1, max: 29_999, fee: 2 },
      { min: 30_000, max: null, fee: 1 },
    ],
  ],
] as const)('%s: %o', (reason, bands) => {
  expect(read(bands)).toEqual({ granted: false, reason })
})

test('a class is missing', () => {
  expect(readFeeTable({ 'same-branch': whole })).toEqual({ granted: false, reason: 'form-wrong' })
})

test('bands of any number are read, equal fees too', () => {
  const bands = [
    { min: 1, max: 9_999, fee: 110 },
    { min: 10_000, max: 49_999, fee: 110 },
    { min: 50_000, max: null, fee: 220 },
  ]
  expect(read(bands)).toMatchObject({
    value: {
      'same-branch': [{ from: 1n, fee: 0n }],
      'other-bank': [
        { from: 1n, fee: 110n },
        { from: 10_000n, fee: 110n },
        { from: 50_000n, fee: 220n },
      ],
    },
  })
})
