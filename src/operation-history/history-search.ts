/**
 * 操作履歴照会の条件 — which records a visitor may ask for.
 *
 * Today and a number of days before it can be inquired (a bank parameter); older records are
 * kept, but only the bank reads them. Without 全履歴照会 one sees one's own records.
 */
import type { UserId } from '#kit/ids.ts'
import { dayInJapan, startOfDayInJapan } from '#kit/japan-time.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { HistoryFilters } from './contract.ts'

/** What the store is asked, company aside. `before` is exclusive. */
export interface HistorySearch extends Omit<HistoryFilters, 'from' | 'to' | 'userId'> {
  readonly since: Temporal.Instant
  readonly before: Temporal.Instant
  readonly userId: UserId | null // null: everybody
}

/** In the order in which they are checked. */
export type SearchRefusal = 'period-reversed' | 'period-outside-history' | 'own-history-only'

export function searchFor(
  visitor: Pick<Visitor, 'userId' | 'role' | 'rights'>,
  filters: HistoryFilters,
  { now, daysBack }: { now: Temporal.Instant; daysBack: number },
): Outcome<HistorySearch, SearchRefusal> {
  const { firstDay, lastDay } = inquirableDays(now, daysBack)
  const { from, to, userId, ...others } = filters
  const first = from === undefined ? firstDay : Temporal.PlainDate.from(from)
  const last = to === undefined ? lastDay : Temporal.PlainDate.from(to)

  if (Temporal.PlainDate.compare(first, last) > 0) return refused('period-reversed')
  if (Temporal.PlainDate.compare(first, firstDay) < 0) return refused('period-outside-history')
  if (Temporal.PlainDate.compare(last, lastDay) > 0) return refused('period-outside-history')
  if (!seesEverybody(visitor) && userId !== undefined && userId !== visitor.userId) {
    return refused('own-history-only')
  }

  const asked = userId === undefined ? null : (userId as UserId)
  return granted({
    ...others,
    since: startOfDayInJapan(first),
    before: startOfDayInJapan(last.add({ days: 1 })),
    userId: seesEverybody(visitor) ? asked : visitor.userId,
  })
}

/** 全履歴照会 */
export function seesEverybody({ role, rights }: Pick<Visitor, 'role' | 'rights'>): boolean {
  return role === 'master' || rights.has('operation-history-all')
}

export function inquirableDays(now: Temporal.Instant, daysBack: number) {
  const lastDay = dayInJapan(now)
  return { firstDay: lastDay.subtract({ days: daysBack }), lastDay }
}
