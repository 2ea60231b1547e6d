/**
 * 先方負担 — the arithmetic (formats.md §10). P 支払金額, f(P) the deducted fee by the 先方負担 table,
 * T = P - f(P) 振込金額, g(T) the bank's fee; T + g(T) leaves the account.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { yen, type Yen } from '#kit/yen.ts'
import type { FeeAsked, FeeQuote, FeeRefusal } from './fees.ts'
import type { FeeBands, FeeTable } from './table.ts'

/** 手数料計算方法: at which 支払金額 the next band begins, where its fees are lo below and hi above. */
export const deductionMethods = [
  'keep', // 据置型: at the boundary B itself
  'add-low', // 未満手数料加算型: at B + lo
  'add-high', // 以上手数料加算型: at B + hi
  'iterative', // 反復型 (JA バンク): by the amount that is left, never more than P in all
] as const
export type DeductionMethod = (typeof deductionMethods)[number]

/** 先方負担手数料の設定, per company and service. */
export interface DeductionSettings {
  readonly method: DeductionMethod // 手数料計算方法
  readonly payableMin: Yen // 適用最低支払金額: nothing is deducted from less
  /** null: 基準手数料を使用する (always the newest); else 個別に登録した手数料, by 支払金額. */
  readonly own: FeeTable | null
}

export const defaultDeduction: DeductionSettings = { method: 'keep', payableMin: yen(0), own: null }

/** What a quote is made by: the tables of one company, one service and one day. */
export interface FeesOfDay {
  readonly bank: FeeTable // g: the 特約 of the company, else 基準手数料
  readonly deduction: FeeTable // f
  readonly settings: Pick<DeductionSettings, 'method' | 'payableMin'>
}

export function quoteOf(asked: FeeAsked, fees: FeesOfDay): Outcome<FeeQuote, FeeRefusal> {
  const { payable, bearer } = asked
  if (payable <= 0n) return refused('amount-not-positive')
  if (bearer.by === 'payee' && bearer.fee !== 'table' && bearer.fee >= payable) {
    return refused('stated-fee-too-large')
  }
  const deducted = deductedOf(asked, fees)
  if (deducted >= payable) return refused('nothing-left-to-transfer')
  const amount = yen(payable - deducted)
  const bankFee = feeFor(fees.bank[asked.class], amount)
  return granted({
    deducted,
    amount,
    bankFee,
    debit: yen(amount + bankFee),
    difference: bearer.by === 'payee' ? deducted - bankFee : 0n,
  })
}

function deductedOf({ payable, class: kind, bearer }: FeeAsked, fees: FeesOfDay): Yen {
  if (bearer.by === 'payer') return yen(0)
  if (bearer.fee !== 'table') return bearer.fee
  const { method, payableMin } = fees.settings
  if (payable < payableMin) return yen(0)
  return deductedBy(method, { bands: fees.deduction[kind], payable })
}

/** f(P). May be as much as P or more: then nothing is left to transfer. */
export function deductedBy(
  method: DeductionMethod,
  { bands, payable }: { readonly bands: FeeBands; readonly payable: Yen },
): Yen {
  if (method === 'iterative') return deductedByTrial(bands, payable)
  const begins = (at: number) => {
    const { from, fee } = bands[at]!
    if (at === 0 || method === 'keep') return from
    return from + (method === 'add-low' ? bands[at - 1]!.fee : fee)
  }
  return (bands.findLast((_, at) => payable >= begins(at)) ?? bands[0]).fee
}

/**
 * JA バンク: C = P - f(P), E = P - f(C). Where E falls into another band than C the smaller amount is
 * transferred, so that T + f(T) never exceeds P.
 */
function deductedByTrial(bands: FeeBands, payable: Yen): Yen {
  const first = feeFor(bands, payable)
  const left = payable - first
  if (left <= 0n) return first
  const second = feeFor(bands, left)
  const settles = feeFor(bands, payable - second) === second
  return settles || second > first ? second : first
}

/** g(T): the fee of the band that an amount lies in. */
export function feeFor(bands: FeeBands, amount: bigint): Yen {
  return (bands.findLast(({ from }) => amount >= from) ?? bands[0]).fee
}
