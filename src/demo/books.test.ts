/**
 * The demo's books, against a core system that only remembers: how many lines there are, when
 * they end, what no account may do, and that a killed start is completed without doubling.
 */
import { describe, expect, test } from 'vitest'
import { accountKey } from '#kit/account-number.ts'
import { isId } from '#kit/ids.ts'
import type { CoreBanking, Posting } from '#outside/core-banking/port.ts'
import { mihonAccounts, sampleAccounts } from './accounts.ts'
import { makeBooks } from './books.ts'

const today = Temporal.PlainDate.from('2026-11-22')

/** Keeps postings by id, as the real one does; dies after so many groups. */
function memory(made = new Map<string, Posting>(), groups = Infinity) {
  let left = groups
  const core: Pick<CoreBanking, 'openAccount' | 'statement' | 'post'> = {
    openAccount: async () => {},
    statement: async ({ account, order }) => {
      const key = accountKey(account)
      const mine = [...made.values()].filter(({ debit, credit }) =>
        [debit, credit].some((one) => accountKey(one) === key),
      )
      const lines = mine.map((posting) => ({ ...posting, account })) as never[]
      return { lines: lines.slice(...(order === 'oldest-first' ? [0, 1] : [-1])), more: false }
    },
    post: async (group) => {
      if (left-- <= 0) throw new Error('killed')
      for (const posting of group) made.set(posting.id, posting)
      return { granted: true, value: { repeated: false } }
    },
  }
  return { core, made }
}

const complete = memory()
const count = await makeBooks(complete.core, today, () => {})
const postings = [...complete.made.values()]

function linesOf(of: { account: Posting['debit'] }): readonly bigint[] {
  const key = accountKey(of.account)
  return postings.flatMap(({ debit, credit, amount }) => [
    ...(accountKey(debit) === key ? [-amount] : []),
    ...(accountKey(credit) === key ? [amount] : []),
  ])
}

test('the company has at least 3,000 lines, and they end today', () => {
  const lines = Object.values(sampleAccounts).map((one) => linesOf(one).length)
  expect(lines.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(3_000)
  expect(count).toBe(postings.length)
  expect(postings[0]!.bookedOn).toEqual(Temporal.PlainDate.from('2025-10-22'))
  expect(postings.at(-1)!.bookedOn).toEqual(today)
})

test('every posting has an id of its own, and days never go back', () => {
  expect(postings.every(({ id }) => isId(id))).toBe(true)
  const days = postings.map(({ bookedOn }) => bookedOn.toString())
  expect(days).toEqual(days.toSorted())
})

describe('no account goes below its floor', () => {
  const own = [...Object.values(sampleAccounts), ...Object.values(mihonAccounts)]
  test.for(own.map((one) => [accountKey(one.account), one] as const))('%s', ([, one]) => {
    let balance = 0n
    let lowest = 0n
    for (const amount of linesOf(one)) {
      balance += amount
      if (balance < lowest) lowest = balance
    }
    expect(lowest).toBeGreaterThanOrEqual(-one.overdraftLimit)
    expect(balance).toBeGreaterThan(0n)
  })
})

test('the current account has been overdrawn, as current accounts are', () => {
  let balance = 0n
  const balances = linesOf(sampleAccounts.current).map((amount) => (balance += amount))
  expect(balances.some((one) => one < 0n)).toBe(true)
})

const killedAfter = [0, 1, 2, 200, 395]
test.for(killedAfter)('a start killed after %i days is completed later', async (groups) => {
  const killed = memory(new Map(), groups)
  const threeDaysAgo = today.subtract({ days: 3 })
  await makeBooks(killed.core, threeDaysAgo, () => {}).catch(() => {})
  await makeBooks(memory(killed.made).core, today, () => {})

  // What had begun three days earlier has its first day there; else it begins today.
  const whole = memory()
  if (groups > 0) await makeBooks(whole.core, threeDaysAgo, () => {})
  await makeBooks(whole.core, today, () => {})
  expect([...killed.made.keys()].toSorted()).toEqual([...whole.made.keys()].toSorted())
})
