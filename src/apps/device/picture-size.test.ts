/** The sizes in which a picture is looked at. */
import { expect, test } from 'vitest'
import { fitted, sizesToTry } from './picture-size.ts'

test.for([
  [{ width: 640, height: 480 }, 1920, { width: 640, height: 480 }],
  [{ width: 4000, height: 3000 }, 1600, { width: 1600, height: 1200 }],
  [{ width: 3000, height: 4000 }, 1600, { width: 1200, height: 1600 }],
  [{ width: 10_000, height: 1 }, 1600, { width: 1600, height: 1 }],
] as const)('%o fits into %i', ([size, longest, small]) => {
  expect(fitted(size, longest)).toEqual(small)
})

test('a screenshot is looked at once, a photograph small and large', () => {
  expect(sizesToTry({ width: 1280, height: 900 })).toEqual([{ width: 1280, height: 900 }])
  expect(sizesToTry({ width: 8000, height: 6000 })).toEqual([
    { width: 1600, height: 1200 },
    { width: 4096, height: 3072 },
  ])
})
