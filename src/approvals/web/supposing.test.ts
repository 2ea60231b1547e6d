import { describe, expect, it } from 'vitest'
import { supposition, type SupposedTyped } from './supposing.ts'

const typed: SupposedTyped = {
  business: 'transfers',
  amount: '１，０００，０００円',
  newPayee: 'yes',
  accountKey: '101-current-0001234',
  paymentDay: '2026年11月30日',
  requester: '',
}

describe('a supposed order', () => {
  it('is read kindly', () => {
    expect(supposition(typed)).toEqual({
      right: true,
      supposed: {
        business: 'transfers',
        amount: '1000000',
        newPayee: 'yes',
        accountKey: '101-current-0001234',
        paymentDay: '2026-11-30',
      },
    })
  })

  it('names its requester when it is somebody else', () => {
    expect(supposition({ ...typed, requester: 'u-1' })).toMatchObject({
      supposed: { requester: 'u-1' },
    })
  })

  it.each<[string, Partial<SupposedTyped>, string[]]>([
    ['no amount', { amount: '' }, ['amount']],
    ['nothing to pay', { amount: '0' }, ['amount']],
    ['15 digits', { amount: '123456789012345' }, ['amount']],
    ['a day that is none', { paymentDay: '2026/02/30' }, ['paymentDay']],
    ['all at once', { amount: 'x', paymentDay: '' }, ['amount', 'paymentDay']],
  ])('is not asked about with %s', (_, change, wrong) => {
    expect(supposition({ ...typed, ...change })).toEqual({ right: false, wrong })
  })

  it('may be of one yen and of fourteen digits', () => {
    expect(supposition({ ...typed, amount: '1' }).right).toBe(true)
    expect(supposition({ ...typed, amount: '12345678901234' }).right).toBe(true)
  })
})
