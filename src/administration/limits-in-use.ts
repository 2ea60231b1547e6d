/** 限度額の使用 — the rules of limit-use.ts over what is stored. */
import type { Tx } from '#platform/database/database.ts'
import {
  judgeLimits,
  limitLines,
  type LimitAsked,
  type LimitState,
  type LimitUse,
} from './limit-use.ts'
import * as use from './limit-use-store.ts'
import * as people from './people-store.ts'

export const limitUse: LimitUse = {
  async reserve(tx, asked) {
    if (await use.hasReserved(tx, asked)) return { granted: true }
    const locked = await use.lockCounters(tx, asked)
    const outcome = judgeLimits(await stateOf(tx, asked, locked), asked.amounts)
    if (outcome.granted) await use.take(tx, asked)
    return outcome
  },
  async stillFits(tx, asked) {
    return judgeLimits(await stateOf(tx, asked, await withoutItself(tx, asked)), asked.amounts)
  },
  release: use.giveBack,
  async lines(tx, asked) {
    return limitLines(await stateOf(tx, asked, await withoutItself(tx, asked)), asked.amounts)
  },
}

/** What is used by others: an order that holds a reservation is not counted twice. */
async function withoutItself(tx: Tx, asked: LimitAsked): Promise<readonly use.Used[]> {
  const used = await use.usedOf(tx, asked)
  if (!(await use.hasReserved(tx, asked))) return used
  return used.map((one) => ({ ...one, used: one.used - (asked.amounts.get(one.limited) ?? 0n) }))
}

async function stateOf(tx: Tx, asked: LimitAsked, used: readonly use.Used[]): Promise<LimitState> {
  return {
    userLimits: await people.userLimits(tx, asked),
    accountLimits: await people.accountLimits(tx, asked),
    companyLimits: await people.companyLimits(tx, asked.companyId),
    used: (level, limited) =>
      used.find((one) => one.level === level && one.limited === limited)?.used ?? 0n,
  }
}
