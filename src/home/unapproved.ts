/** 未承認の取引 — how every kind of order tells the top page what waits for this user. */
import type { Visitor } from '#kit/visitor.ts'
import type { UnapprovedOrder } from './contract.ts'

/** Implemented by each kind of order; it alone knows what this user may approve or edit. */
export interface UnapprovedOrders {
  /** The orders with the nearest deadline, `count` at most, and how many there are, by state. */
  unapproved(
    visitor: Visitor,
    now: Temporal.Instant,
    count: number,
  ): Promise<{
    readonly orders: readonly UnapprovedOrder[]
    readonly total: number
    readonly counts: UnapprovedCounts
  }>
}

export interface UnapprovedCounts {
  readonly awaitingApproval: number // 承認待ち
  readonly drafts: number // 作成中
}

/** Nearest deadline first; those without one, such as drafts, last. */
export function inOrderOfDeadline(orders: readonly UnapprovedOrder[]): UnapprovedOrder[] {
  return orders.toSorted((one, other) => {
    if (one.approvableUntil === other.approvableUntil) return one.id < other.id ? -1 : 1
    if (one.approvableUntil === null) return 1
    if (other.approvableUntil === null) return -1
    const [a, b] = [one.approvableUntil, other.approvableUntil].map((at) =>
      Temporal.Instant.from(at),
    )
    return Temporal.Instant.compare(a!, b!)
  })
}
