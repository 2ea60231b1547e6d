/**
 * 限度額 — what may be limited, and how the levels stand to each other.
 * internet-banking.md §4.7: user, then account, then company; the bank's ceiling above them.
 */
import type { Yen } from '#kit/yen.ts'

/** 企業一日当たりの限度額 and 利用者の限度額 are set for each of these. */
export const limitedBusinesses = [
  'transfers', // 振込振替(合計)
  'transfers-registered', // 振込振替(事前登録口座宛)
  'transfers-any', // 振込振替(都度指定)
  'supplier-payments', // 総合振込
  'payroll', // 給与・賞与振込
  'direct-debits', // 口座振替
  'local-tax', // 地方税納付
  'tax-payments', // 税金・各種料金
] as const
export type LimitedBusiness = (typeof limitedBusinesses)[number]

/** 口座一日当たりの限度額 exists for single transfers only. */
export const limitedPerAccount = ['transfers', 'transfers-registered', 'transfers-any'] as const
export type LimitedPerAccount = (typeof limitedPerAccount)[number]

/** A day's limit under the most that the bank allows to be set. */
export interface DayLimit<Limited extends LimitedBusiness = LimitedBusiness> {
  readonly limited: Limited
  readonly perDay: Yen
  readonly ceiling: Yen // 設定可能上限金額
}

export interface UserLimit {
  readonly limited: LimitedBusiness
  readonly perOrder: Yen // 一回当たり
  readonly perDay: Yen // 一日当たり
}

/** In the order in which they are checked. */
export type LimitFault = 'limited-twice' | 'over-ceiling' | 'order-over-day'

export function dayLimitFaults(limits: readonly DayLimit[]): readonly LimitFault[] {
  const faults: LimitFault[] = []
  if (hasTwice(limits)) faults.push('limited-twice')
  if (limits.some(({ perDay, ceiling }) => perDay > ceiling)) faults.push('over-ceiling')
  return faults
}

export function userLimitFaults(limits: readonly UserLimit[]): readonly LimitFault[] {
  const faults: LimitFault[] = []
  if (hasTwice(limits)) faults.push('limited-twice')
  if (limits.some(({ perOrder, perDay }) => perOrder > perDay)) faults.push('order-over-day')
  return faults
}

function hasTwice(limits: readonly { limited: string }[]): boolean {
  return new Set(limits.map(({ limited }) => limited)).size < limits.length
}
