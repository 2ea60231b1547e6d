/**
 * 手数料テーブル — a fee for each 振込パターン and band of amounts (formats.md §10: bands are not always
 * split at 30,000 yen, and there may be any number of them).
 */
import * as z from 'zod'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { yen, type Yen } from '#kit/yen.ts'
import type { FeeClass } from './fees.ts'

/** From this amount on, up to the next band: no gap can be. */
export interface FeeBand {
  readonly from: Yen
  readonly fee: Yen // incl. 消費税
}
/** Begins at one yen; amounts rise, fees never fall. */
export type FeeBands = readonly [FeeBand, ...FeeBand[]]
export type FeeTable = Readonly<Record<FeeClass, FeeBands>>

export const feeClasses = ['same-branch', 'same-bank', 'other-bank'] as const

/** In the order in which they are checked. */
export type FeeTableRefusal =
  | 'form-wrong' // no bands of whole yen for each of the three 振込パターン
  | 'first-band-not-from-one'
  | 'bands-not-joined' // a gap, an overlap, or the wrong order
  | 'last-band-not-open' // amounts beyond it would have no fee
  | 'fee-falls' // a larger amount would be cheaper: 加算型 would have no boundary

const Bands = z
  .array(
    z.strictObject({
      min: z.number().int().min(1).max(99_999_999_999_999),
      max: z.number().int().min(1).max(99_999_999_999_999).nullable(), // inclusive; null: no end
      fee: z.number().int().min(0).max(9_999_999),
    }),
  )
  .min(1)
  .max(100)
const Table = z.strictObject({ 'same-branch': Bands, 'same-bank': Bands, 'other-bank': Bands })
type GivenBands = z.output<typeof Bands>

/** @param given `{ "same-branch": [{ "min": 1, "max": 29999, "fee": 110 }, …], … }`, whole yen */
export function readFeeTable(given: unknown): Outcome<FeeTable, FeeTableRefusal> {
  const read = Table.safeParse(given)
  if (!read.success) return refused('form-wrong')
  const all = feeClasses.map((name) => read.data[name])
  if (all.some((bands) => bands[0]!.min !== 1)) return refused('first-band-not-from-one')
  if (!all.every(areJoined)) return refused('bands-not-joined')
  if (all.some((bands) => bands.at(-1)!.max !== null)) return refused('last-band-not-open')
  if (!all.every(neverFall)) return refused('fee-falls')
  const [sameBranch, sameBank, otherBank] = all.map(bandsOf)
  return granted({
    'same-branch': sameBranch!,
    'same-bank': sameBank!,
    'other-bank': otherBank!,
  })
}

function areJoined(bands: GivenBands): boolean {
  return bands.every(({ min, max }, at) => {
    const next = bands[at + 1]
    const isRange = max === null || max >= min
    return isRange && (next === undefined || next.min === (max ?? Infinity) + 1)
  })
}

function neverFall(bands: GivenBands): boolean {
  return bands.every(({ fee }, at) => at === 0 || fee >= bands[at - 1]!.fee)
}

function bandsOf(bands: GivenBands): FeeBands {
  const made = bands.map(({ min, fee }) => ({ from: yen(min), fee: yen(fee) }))
  return made as unknown as FeeBands // at least one, by the schema
}
