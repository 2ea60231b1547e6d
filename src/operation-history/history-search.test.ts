/** Which records a visitor may ask for: the edges of the period, and whose. */
import { expect, test } from 'vitest'
import type { UserId } from '#kit/ids.ts'
import type { Right, Role } from '#kit/rights.ts'
import { inquirableDays, searchFor } from './history-search.ts'

const now = Temporal.Instant.from('2026-11-22T23:59:59+09:00')
const me = '01a200d2-93cb-708c-936d-c0770cb9ccb4' as UserId
const other = '01a200d2-93cb-7f16-9908-0338bdab17a3'
const visitor = (role: Role, ...rights: Right[]) => ({ userId: me, role, rights: new Set(rights) })
const clerk = visitor('general')

const search = (filters: Parameters<typeof searchFor>[1], who = clerk) =>
  searchFor(who, filters, { now, daysBack: 100 })

test('today and the past hundred days can be inquired', () => {
  const { firstDay, lastDay } = inquirableDays(now, 100)
  expect([firstDay, lastDay].map(String)).toEqual(['2026-08-14', '2026-11-22'])
  expect(search({})).toMatchObject({ granted: true, value: { userId: me } })
  expect(search({ from: '2026-08-14', to: '2026-11-22' })).toMatchObject({ granted: true })
})

test('a day is a day in Japan, and the last one is included', () => {
  const outcome = search({ from: '2026-11-21', to: '2026-11-21' })
  if (!outcome.granted) throw new Error(outcome.reason)
  expect(String(outcome.value.since)).toBe('2026-11-20T15:00:00Z')
  expect(String(outcome.value.before)).toBe('2026-11-21T15:00:00Z')
})

/** Each breaks the later rules as well, so the order of the checks is fixed too. */
test.for([
  ['period-reversed', { from: '2026-08-13', to: '2026-08-12', userId: other }],
  ['period-outside-history', { from: '2026-08-13', userId: other }],
  ['period-outside-history', { to: '2026-11-23', userId: other }],
  ['own-history-only', { userId: other }],
] as const)('%s: %j', ([reason, filters]) => {
  expect(search(filters)).toEqual({ granted: false, reason })
})

test.for([
  ['master', visitor('master')],
  ['a user with 全履歴照会', visitor('general', 'operation-history-all')],
] as const)('%s sees everybody, or whom he names', ([, who]) => {
  expect(search({}, who)).toMatchObject({ value: { userId: null } })
  expect(search({ userId: other }, who)).toMatchObject({ value: { userId: other } })
})

test('an administrator without the right sees his own', () => {
  expect(search({}, visitor('administrator'))).toMatchObject({ value: { userId: me } })
})
