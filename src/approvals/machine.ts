/**
 * 取引状態 — every move of one 確定 as a pure function (internet-banking.md §6.3).
 *
 *   awaiting ──approve, the last──▶ approved ──withdraw──▶ withdrawn
 *      ├── approve, not the last ──▶ awaiting      ├── recall ──▶ recalled
 *      ├── fail ──▶ failed   ├── send-back ──▶ sent-back   ├── delete ──▶ deleted
 *      └── expire ──▶ expired
 */
import type { UserId } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { isDone, type Route } from './route.ts'

export interface Mark {
  readonly userId: UserId
  readonly at: Temporal.Instant
  readonly challengeId: string
  readonly tokenSerial: string
}

interface Common {
  readonly route: Route
  readonly marks: readonly Mark[]
}
export interface Awaiting extends Common {
  readonly state: 'awaiting'
}
export interface Approved extends Common {
  readonly state: 'approved'
  readonly approvedAt: Temporal.Instant
}
export interface Ended extends Common {
  readonly state: 'recalled' | 'sent-back' | 'deleted' | 'failed' | 'withdrawn' | 'expired'
  readonly approvedAt: Temporal.Instant | null
  readonly by: UserId | null // null: the clock
  readonly at: Temporal.Instant
  readonly reason: string | null
  readonly facts: Readonly<Record<string, string>> | null // of a check that failed
}
export type Standing = Awaiting | Approved | Ended

export type Move =
  | { readonly move: 'approve'; readonly mark: Mark }
  | {
      readonly move: 'fail'
      readonly by: UserId
      readonly at: Temporal.Instant
      readonly reason: string
      readonly facts: Readonly<Record<string, string>>
    }
  | {
      readonly move: 'recall' | 'send-back' | 'delete' | 'withdraw'
      readonly by: UserId
      readonly at: Temporal.Instant
      readonly comment: string
    }
  | { readonly move: 'expire'; readonly at: Temporal.Instant }

const endsAs = {
  recall: 'recalled',
  'send-back': 'sent-back',
  delete: 'deleted',
  withdraw: 'withdrawn',
} as const

export function move(standing: Standing, made: Move): Outcome<Standing, 'state-changed'> {
  const { route, marks } = standing
  const from = made.move === 'withdraw' ? 'approved' : 'awaiting'
  if (standing.state !== from) return refused('state-changed')
  const common = { route, marks, approvedAt: null, facts: null }
  switch (made.move) {
    case 'approve': {
      if (marks.some(({ userId }) => userId === made.mark.userId)) return refused('state-changed')
      const all = [...marks, made.mark]
      const approved = all.map(({ userId }) => userId)
      return granted(
        isDone(route, approved)
          ? { state: 'approved', route, marks: all, approvedAt: made.mark.at }
          : { state: 'awaiting', route, marks: all },
      )
    }
    case 'fail': {
      const { by, at, reason, facts } = made
      return granted({ ...common, state: 'failed', by, at, reason, facts })
    }
    case 'expire':
      return granted({ ...common, state: 'expired', by: null, at: made.at, reason: null })
    case 'recall':
    case 'send-back':
    case 'delete':
    case 'withdraw': {
      const { by, at, comment } = made
      const approvedAt = standing.state === 'approved' ? standing.approvedAt : null
      const state = endsAs[made.move]
      return granted({ ...common, approvedAt, state, by, at, reason: comment || null })
    }
  }
}
