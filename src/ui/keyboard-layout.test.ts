import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shuffledLayout, step, usualLayout } from './keyboard-layout.ts'

const keysOf = (layout: typeof usualLayout) => [...layout.digits, ...layout.letters.flat()]

describe('a shuffled keyboard', () => {
  it('has every key once, digits among digits, rows as long as before', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (draws) => {
        const layout = shuffledLayout((limit) => draws.next().value! % limit)
        expect(keysOf(layout).toSorted()).toEqual(keysOf(usualLayout).toSorted())
        expect(layout.digits.toSorted()).toEqual(usualLayout.digits.toSorted())
        expect(layout.letters.map((row) => row.length)).toEqual([10, 9, 7])
      }),
    )
  })

  it('puts each digit everywhere about equally often', () => {
    const counts = new Map<string, number>()
    for (let round = 0; round < 5000; round += 1) {
      const first = shuffledLayout().digits[0]!
      counts.set(first, (counts.get(first) ?? 0) + 1)
    }
    expect(counts.size).toBe(10)
    for (const count of counts.values()) expect(count).toBeGreaterThan(350)
  })

  it('leaves the usual one alone', () => {
    shuffledLayout()
    expect(usualLayout.digits.join('')).toBe('1234567890')
  })
})

describe('arrows', () => {
  const rows = [10, 10, 9, 7, 3]

  it.each([
    ['ArrowRight', { row: 0, column: 0 }, { row: 0, column: 1 }],
    ['ArrowRight', { row: 0, column: 9 }, { row: 0, column: 9 }],
    ['ArrowLeft', { row: 0, column: 0 }, { row: 0, column: 0 }],
    ['ArrowDown', { row: 1, column: 9 }, { row: 2, column: 8 }],
    ['ArrowDown', { row: 4, column: 2 }, { row: 4, column: 2 }],
    ['ArrowUp', { row: 0, column: 3 }, { row: 0, column: 3 }],
    ['End', { row: 3, column: 0 }, { row: 3, column: 6 }],
    ['Home', { row: 3, column: 6 }, { row: 3, column: 0 }],
  ] as const)('%s from %o leads to %o', (arrow, from, to) => {
    expect(step(rows, from, arrow)).toEqual(to)
  })
})
