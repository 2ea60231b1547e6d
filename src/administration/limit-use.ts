/**
 * 限度額の使用 — an order counts against the limits of its 指定日 from its 確定 until it has ended
 * without money moving. Limits are cumulative, so splitting an order does not help.
 *
 * Order of the checks: user, account, company, contract (internet-banking.md §4.7). A level on
 * which nothing was set does not limit.
 */
import type { AccountKey } from '#kit/account-number.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import type { DayLimit, LimitedBusiness, UserLimit } from './limits.ts'

export type LimitLevel = 'user' | 'account' | 'company' | 'contract'

/** What an order asks of the limits; `amounts` names every kind of limit that it counts against. */
export interface LimitAsked {
  readonly companyId: CompanyId
  readonly orderId: string
  readonly userId: UserId // 依頼者
  readonly accountKey: AccountKey // 支払口座
  readonly day: Temporal.PlainDate // 指定日
  readonly amounts: ReadonlyMap<LimitedBusiness, Yen>
}

/** One limit and what is used of it, this order included. */
export interface LimitLine {
  readonly level: LimitLevel
  readonly limited: LimitedBusiness
  readonly limit: bigint
  readonly used: bigint
}

export type LimitOutcome =
  | { readonly granted: true }
  | {
      readonly granted: false
      readonly reason: 'over-limit'
      /** The first limit that is passed; `perOrder`: 一回当たり. */
      readonly facts: {
        readonly level: LimitLevel
        readonly limited: LimitedBusiness
        readonly limit: string
        readonly used: string
        readonly perOrder: 'yes' | 'no'
      }
    }

export interface LimitUse {
  /** Takes what the order asks, whole or not at all. An order that holds a reservation keeps it. */
  reserve(tx: Tx, asked: LimitAsked): Promise<LimitOutcome>
  /** Whether what is reserved still fits: a limit may have been lowered since. */
  stillFits(tx: Tx, asked: LimitAsked): Promise<LimitOutcome>
  /** Gives back what the order took. The second time there is nothing left to give back. */
  release(tx: Tx, order: { readonly companyId: CompanyId; readonly orderId: string }): Promise<void>
  /** 1日限度額 and 当日累計, as they would be with this order. */
  lines(tx: Tx, asked: LimitAsked): Promise<readonly LimitLine[]>
}

/** What is set, and what is used without this order. */
export interface LimitState {
  readonly userLimits: readonly UserLimit[]
  readonly accountLimits: readonly DayLimit[]
  readonly companyLimits: readonly DayLimit[]
  readonly used: (level: 'user' | 'account' | 'company', limited: LimitedBusiness) => bigint
}

/** Pure: every limit that this order counts against, in the order of the checks. */
export function limitLines(
  state: LimitState,
  amounts: LimitAsked['amounts'],
): readonly LimitLine[] {
  const { userLimits, accountLimits, companyLimits, used } = state
  const lines: LimitLine[] = []
  const add = (
    level: LimitLevel,
    limits: readonly { readonly limited: LimitedBusiness; readonly limit: bigint }[],
  ) => {
    const counter = level === 'contract' ? 'company' : level
    for (const [limited, amount] of amounts) {
      const set = limits.find((one) => one.limited === limited)
      if (set === undefined) continue
      lines.push({ level, limited, limit: set.limit, used: used(counter, limited) + amount })
    }
  }
  add(
    'user',
    userLimits.map(({ limited, perDay: limit }) => ({ limited, limit })),
  )
  add(
    'account',
    accountLimits.map(({ limited, perDay: limit }) => ({ limited, limit })),
  )
  add(
    'company',
    companyLimits.map(({ limited, perDay: limit }) => ({ limited, limit })),
  )
  add(
    'contract',
    companyLimits.map(({ limited, ceiling: limit }) => ({ limited, limit })),
  )
  return lines
}

/** Pure: 一回当たり first, then the day's limits in their order. */
export function judgeLimits(state: LimitState, amounts: LimitAsked['amounts']): LimitOutcome {
  for (const [limited, amount] of amounts) {
    const set = state.userLimits.find((one) => one.limited === limited)
    if (set !== undefined && amount > set.perOrder) {
      return over({ level: 'user', limited, limit: set.perOrder, used: amount }, 'yes')
    }
  }
  const passed = limitLines(state, amounts).find(({ limit, used }) => used > limit)
  return passed === undefined ? { granted: true } : over(passed, 'no')
}

function over({ level, limited, limit, used }: LimitLine, perOrder: 'yes' | 'no'): LimitOutcome {
  const facts = { level, limited, limit: String(limit), used: String(used), perOrder }
  return { granted: false, reason: 'over-limit', facts }
}
