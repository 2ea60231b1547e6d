/** 先方負担: the worked examples of the banks, the order of refusals, and what always holds. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { yen } from '#kit/yen.ts'
import { deductedBy, deductionMethods, feeFor, quoteOf, type DeductionMethod } from './deduction.ts'
import type { FeeBearer } from './fees.ts'
import type { FeeBands, FeeTable } from './table.ts'

const bands = (...pairs: readonly (readonly [bigint, bigint])[]) =>
  pairs.map(([from, fee]) => ({ from: yen(from), fee: yen(fee) })) as unknown as FeeBands
const split = (lo: bigint, hi: bigint) => bands([1n, lo], [30_000n, hi])
const table = (all: FeeBands): FeeTable => ({
  'same-branch': all,
  'same-bank': all,
  'other-bank': all,
})
const byTable: FeeBearer = { by: 'payee', fee: 'table' }

interface Case {
  readonly bank?: FeeBands
  readonly deduction?: FeeBands
  readonly method?: DeductionMethod
  readonly payableMin?: bigint
  readonly bearer?: FeeBearer
}

function quote(payable: bigint, more: Case = {}) {
  const { bank = split(110n, 330n), method = 'keep', payableMin = 0n, bearer = byTable } = more
  return quoteOf(
    { payable: yen(payable), class: 'other-bank', bearer },
    {
      bank: table(bank),
      deduction: table(more.deduction ?? bank),
      settings: { method, payableMin: yen(payableMin) },
    },
  )
}
function figures(payable: bigint, more: Case = {}) {
  const outcome = quote(payable, more)
  if (!outcome.granted) throw new Error(outcome.reason)
  const { amount, bankFee, debit } = outcome.value
  return [amount, bankFee, debit]
}

describe('支払金額 → 振込金額, 振込手数料, 引落金額 (110 and 330 yen, formats.md §10)', () => {
  test.each([
    ['keep', 29_999n, [29_889n, 110n, 29_999n]],
    ['add-low', 29_999n, [29_889n, 110n, 29_999n]],
    ['add-high', 29_999n, [29_889n, 110n, 29_999n]],
    ['keep', 30_000n, [29_670n, 110n, 29_780n]],
    ['add-low', 30_000n, [29_890n, 110n, 30_000n]],
    ['add-high', 30_000n, [29_890n, 110n, 30_000n]],
    ['add-low', 30_109n, [29_999n, 110n, 30_109n]],
    ['keep', 30_110n, [29_780n, 110n, 29_890n]],
    ['add-low', 30_110n, [29_780n, 110n, 29_890n]],
    ['add-high', 30_110n, [30_000n, 330n, 30_330n]],
    ['keep', 30_329n, [29_999n, 110n, 30_109n]],
    ['add-low', 30_329n, [29_999n, 110n, 30_109n]],
    ['add-high', 30_329n, [30_219n, 330n, 30_549n]],
    ['keep', 30_330n, [30_000n, 330n, 30_330n]],
    ['add-low', 30_330n, [30_000n, 330n, 30_330n]],
    ['add-high', 30_330n, [30_000n, 330n, 30_330n]],
    ['iterative', 29_999n, [29_889n, 110n, 29_999n]],
    ['iterative', 30_000n, [29_890n, 110n, 30_000n]],
    ['iterative', 30_109n, [29_999n, 110n, 30_109n]],
    ['iterative', 30_110n, [29_780n, 110n, 29_890n]],
    ['iterative', 30_330n, [30_000n, 330n, 30_330n]],
  ] as const)('%s: %d', (method, payable, wanted) => {
    expect(figures(payable, { method })).toEqual(wanted)
  })

  test('JA バンク, 110 and 220 yen: 30,110 is 29,890 and 110', () => {
    const ja = { method: 'iterative', bank: split(110n, 220n) } as const
    expect(figures(30_110n, ja)).toEqual([29_890n, 110n, 30_000n])
  })

  test('滋賀銀行, 330 and 550 yen: the company gains 220', () => {
    const outcome = quote(30_000n, { bank: split(330n, 550n) })
    expect(outcome).toEqual({
      granted: true,
      value: {
        ...{ deducted: 550n, amount: 29_450n, bankFee: 330n, debit: 29_780n, difference: 220n },
      },
    })
  })

  test('more bands than two: each boundary moves by its own fees', () => {
    const three = bands([1n, 100n], [10_000n, 200n], [50_000n, 500n])
    const f = (method: DeductionMethod, payable: bigint) =>
      deductedBy(method, { bands: three, payable: yen(payable) })
    expect([9_999n, 10_000n, 49_999n, 50_000n].map((one) => f('keep', one))).toEqual([
      ...[100n, 200n, 200n, 500n],
    ])
    expect([10_099n, 10_100n, 50_199n, 50_200n].map((one) => f('add-low', one))).toEqual([
      ...[100n, 200n, 200n, 500n],
    ])
    expect([10_199n, 10_200n, 50_499n, 50_500n].map((one) => f('add-high', one))).toEqual([
      ...[100n, 200n, 200n, 500n],
    ])
  })
})

describe('who bears it', () => {
  test('当方: the fee comes on top, and there is no difference', () => {
    expect(quote(30_000n, { bearer: { by: 'payer' } })).toMatchObject({
      value: { deducted: 0n, amount: 30_000n, bankFee: 330n, debit: 30_330n, difference: 0n },
    })
  })

  test('先方, 指定金額: as stated, whatever the tables say', () => {
    expect(
      quote(30_000n, { bearer: { by: 'payee', fee: yen(1) }, payableMin: 99_999n }),
    ).toMatchObject({
      value: { deducted: 1n, amount: 29_999n, bankFee: 110n, debit: 30_109n, difference: -109n },
    })
  })

  test.each([
    [9_999n, 0n, -110n],
    [10_000n, 110n, 0n],
  ])('適用最低支払金額 10,000: of %d there is %d deducted', (payable, deducted, difference) => {
    expect(quote(payable, { payableMin: 10_000n })).toMatchObject({
      value: { deducted, difference },
    })
  })
})

describe('refusals, in their order', () => {
  test.each([
    [0n, {}, 'amount-not-positive'],
    [0n, { bearer: { by: 'payee', fee: yen(0) } }, 'amount-not-positive'],
    [500n, { bearer: { by: 'payee', fee: yen(500) } }, 'stated-fee-too-large'],
    [110n, {}, 'nothing-left-to-transfer'],
    [1n, { method: 'iterative' }, 'nothing-left-to-transfer'],
  ] as const)('%d, %o: %s', (payable, more, reason) => {
    expect(quote(payable, more)).toEqual({ granted: false, reason })
  })

  test('one yen more is enough', () => {
    expect(figures(111n)).toEqual([1n, 110n, 111n])
    expect(figures(501n, { bearer: { by: 'payee', fee: yen(500) } })[0]).toBe(1n)
    expect(figures(1n, { bearer: { by: 'payer' } })).toEqual([1n, 110n, 111n])
  })
})

describe('always, with bands of any number', () => {
  const anyBands = fc
    .array(fc.tuple(fc.bigInt(1n, 50_000n), fc.bigInt(0n, 900n)), { minLength: 1, maxLength: 5 })
    .map((steps) => {
      let [from, fee] = [1n, steps[0]![1]]
      const pairs: [bigint, bigint][] = [[from, fee]]
      for (const [width, more] of steps.slice(1)) pairs.push([(from += width), (fee += more)])
      return bands(...pairs)
    })
  const method = fc.constantFrom(...deductionMethods)
  const payable = fc.bigInt(1n, 300_000n)

  test('nothing is lost: deducted and amount are 支払金額, and one yen at least is left', () => {
    fc.assert(
      fc.property(anyBands, anyBands, method, payable, (bank, deduction, how, asked) => {
        const outcome = quote(asked, { bank, deduction, method: how })
        if (!outcome.granted) {
          expect(outcome.reason).toBe('nothing-left-to-transfer')
          return
        }
        const { deducted, amount, bankFee, debit, difference } = outcome.value
        expect(amount).toBeGreaterThan(0n)
        expect(deducted + amount).toBe(asked)
        expect(bankFee).toBe(feeFor(bank, amount))
        expect(debit).toBe(amount + bankFee)
        expect(difference).toBe(asked - debit)
      }),
    )
  })

  test('反復型 never takes more than 支払金額 in all', () => {
    fc.assert(
      fc.property(anyBands, payable, (bank, asked) => {
        const outcome = quote(asked, { bank, method: 'iterative' })
        if (outcome.granted) expect(outcome.value.debit).toBeLessThanOrEqual(asked)
      }),
    )
  })

  test('据置型 and 加算型 deduct no less from more, and 加算型 no more than 据置型', () => {
    fc.assert(
      fc.property(anyBands, payable, payable, (all, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one]
        const f = (how: DeductionMethod, asked: bigint) =>
          deductedBy(how, { bands: all, payable: yen(asked) })
        for (const how of ['keep', 'add-low', 'add-high'] as const) {
          expect(f(how, less)).toBeLessThanOrEqual(f(how, more))
        }
        expect(f('add-high', one)).toBeLessThanOrEqual(f('add-low', one))
        expect(f('add-low', one)).toBeLessThanOrEqual(f('keep', one))
      }),
    )
  })
})
