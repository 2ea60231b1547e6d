/** 限度額の使用: which limit is passed first, on both sides of each edge. */
import { expect, test } from 'vitest'
import { yen } from '#kit/yen.ts'
import { judgeLimits, limitLines, type LimitState } from './limit-use.ts'

const amounts = (transfers: number) =>
  new Map([
    ['transfers', yen(transfers)],
    ['transfers-any', yen(transfers)],
  ] as const)

function state(set: {
  user?: readonly [perOrder: number, perDay: number]
  account?: number
  company?: readonly [perDay: number, ceiling: number]
  used?: number
}): LimitState {
  const limited = 'transfers' as const
  return {
    userLimits: set.user ? [{ limited, perOrder: yen(set.user[0]), perDay: yen(set.user[1]) }] : [],
    accountLimits:
      set.account === undefined ? [] : [{ limited, perDay: yen(set.account), ceiling: yen(999) }],
    companyLimits: set.company
      ? [{ limited, perDay: yen(set.company[0]), ceiling: yen(set.company[1]) }]
      : [],
    used: (_level, of) => (of === limited ? BigInt(set.used ?? 0) : 0n),
  }
}

test.each([
  ['nothing was set', state({}), 900, null],
  ['一回当たり, just within', state({ user: [100, 900] }), 100, null],
  ['一回当たり, one yen over', state({ user: [100, 900] }), 101, 'user yes 100 101'],
  ['一日当たり, just within', state({ user: [100, 300], used: 200 }), 100, null],
  ['一日当たり, one yen over', state({ user: [200, 300], used: 200 }), 101, 'user no 300 301'],
  ['口座', state({ account: 300, used: 200 }), 101, 'account no 300 301'],
  ['企業', state({ company: [300, 400], used: 200 }), 101, 'company no 300 301'],
  [
    '契約 below 企業, when the bank has lowered it',
    state({ company: [300, 250] }),
    251,
    'contract no 250 251',
  ],
  [
    'user before account',
    state({ user: [900, 300], account: 300, used: 200 }),
    101,
    'user no 300 301',
  ],
  [
    'account before company',
    state({ account: 300, company: [300, 300], used: 200 }),
    101,
    'account no 300 301',
  ],
])('%s', (_name, given, amount, wanted) => {
  const outcome = judgeLimits(given, amounts(amount))
  const said = outcome.granted
    ? null
    : [outcome.facts.level, outcome.facts.perOrder, outcome.facts.limit, outcome.facts.used].join(
        ' ',
      )
  expect(said).toBe(wanted)
})

test('the lines name each limit with what is used of it, this order included', () => {
  const lines = limitLines(state({ user: [9, 100], company: [200, 300], used: 5 }), amounts(7))
  expect(lines).toEqual([
    { level: 'user', limited: 'transfers', limit: 100n, used: 12n },
    { level: 'company', limited: 'transfers', limit: 200n, used: 12n },
    { level: 'contract', limited: 'transfers', limit: 300n, used: 12n },
  ])
})
