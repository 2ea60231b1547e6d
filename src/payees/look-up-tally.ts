/**
 * 入金先口座確認停止 — when look-ups stop for a user until the next day: after so many without an
 * order, or after so many 該当口座なし (internet-banking.md §4.4, §12).
 */
import type { PayeeParameters } from './parameters.ts'

export interface Tally {
  readonly withoutTransfer: number
  readonly noSuchAccount: number // 該当口座なし
  readonly stopped: boolean
}

type Limits = Pick<PayeeParameters, 'lookupsWithoutTransferMax' | 'noSuchAccountMax'>

/** Before the other bank is asked: counted, or stopped. */
export function counted(tally: Tally, limits: Limits): Tally {
  if (tally.stopped) return tally
  if (tally.withoutTransfer >= limits.lookupsWithoutTransferMax) return { ...tally, stopped: true }
  return { ...tally, withoutTransfer: tally.withoutTransfer + 1 }
}

/** After 該当口座なし. */
export function countedMiss(tally: Tally, limits: Limits): Tally {
  const noSuchAccount = tally.noSuchAccount + 1
  return {
    ...tally,
    noSuchAccount,
    stopped: tally.stopped || noSuchAccount >= limits.noSuchAccountMax,
  }
}
