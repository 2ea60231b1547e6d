import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberIn, onward, readWalk, walkActs, walkMax, writeWalk, type Walk } from './walk.ts'

const walk: Walk = { act: 'approve', ids: ['a', 'b'], done: [] }

describe('the address of a walk', () => {
  it.each([
    ['no act', { ids: 'a,b' }],
    ['an act that is none of many', { act: 'recall', ids: 'a,b' }],
    ['no orders', { act: 'approve', ids: '' }],
    ['an order twice', { act: 'approve', ids: 'a,a' }],
    ['what is no id', { act: 'approve', ids: 'a,../b' }],
    ['more results than orders', { act: 'approve', ids: 'a', done: 'approved,approved' }],
    ['a result that is none', { act: 'approve', ids: 'a', done: 'paid' }],
    ['too many', { act: 'approve', ids: ids(walkMax + 1).join(',') }],
    ['numbers for text', { act: 'approve', ids: 12 }],
  ])('%s is no walk', (_, search) => {
    expect(readWalk(search)).toBeNull()
  })

  it('holds as many as it may', () => {
    expect(readWalk({ act: 'delete', ids: ids(walkMax).join(',') })?.ids).toHaveLength(walkMax)
  })

  it('is read as it was written', () => {
    const walks = fc
      .tuple(
        fc.constantFrom(...walkActs),
        fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 9 }),
      )
      .chain(([act, ids]) =>
        fc
          .array(fc.constantFrom('approved', 'skipped', 'failed', 'sent-back'), {
            maxLength: ids.length,
          })
          .map((done) => ({ act, ids, done }) as Walk),
      )
    fc.assert(
      fc.property(walks, (one) => {
        expect(readWalk(writeWalk(one))).toEqual(one)
      }),
    )
  })
})

describe('walking', () => {
  it('goes from order to order and ends at the results', () => {
    expect(numberIn(walk, 'a')).toBe(1)
    const second = onward(walk, 'skipped')
    expect(second.to).toBe('/approvals/b')
    expect(numberIn(second.walk, 'b')).toBe(2)
    const end = onward(second.walk, 'approved')
    expect(end).toEqual({
      to: '/approvals/results',
      walk: { ...walk, done: ['skipped', 'approved'] },
    })
  })

  it('does not count an order that is not its next', () => {
    expect(numberIn(walk, 'b')).toBeNull()
    expect(numberIn({ ...walk, done: ['approved'] }, 'a')).toBeNull()
    expect(numberIn({ ...walk, done: ['approved', 'approved'] }, 'a')).toBeNull()
  })
})

function ids(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `id-${at}`)
}
