import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoOf, particularsOf } from './memo.ts'
import type { Particulars } from './port.ts'

// oxlint-disable-next-line no-control-regex -- they are kept out on purpose
const text = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((some) => !/[\u0000-\u001F]/.test(some))
const particulars = fc.record(
  {
    description: fc.oneof(text, fc.constant('')),
    remitterCode: text,
    remitterName: text,
    bankName: text,
    branchName: text,
    ediInformation: text,
    chequeNumber: text,
  },
  { requiredKeys: ['description'] },
) as fc.Arbitrary<Particulars>

test('what was printed beside a line is read back as it was', () => {
  fc.assert(
    fc.property(particulars, (some) => {
      expect(particularsOf(memoOf(some))).toEqual(some)
    }),
  )
})

test('a plain description costs no separators', () => {
  expect(memoOf({ description: '振込' })).toBe('振込')
})

test.for(['a\u0000', '\u001F', 'line\nbreak', '\uD83D'])('%j cannot be kept', (description) => {
  expect(() => memoOf({ description })).toThrow(RangeError)
})
