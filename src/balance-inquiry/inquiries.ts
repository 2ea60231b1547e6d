/** The inquiries that are answered on the screen: balances, statement pages, the balance line. */
import { dayInJapan } from '#kit/japan-time.ts'
import type { DayBalance, StatementFilter } from '#outside/core-banking/port.ts'
import { refuse, type Handlers } from '#platform/http/routes.ts'
import { conditionFacts, readConditions, refuseAtField } from './conditions.ts'
import type { contract, StatementPage } from './contract.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Asked, Desk, Needs } from './desk.ts'
import { earliestDay, type PeriodAsked, resolvePeriod } from './period.ts'
import type { SearchAsked } from './search.ts'
import { accountOut, balancesOut, lineOut, periodOut, totalsOut } from './wire.ts'

type Inquiries = Pick<
  Handlers<typeof contract>,
  'listAccounts' | 'showBalances' | 'showStatement' | 'showIncomingTransfers' | 'showBalanceLine'
>

export function inquiries(needs: Needs, desk: Desk): Inquiries {
  const { coreBanking, parameters } = needs
  return {
    async listAccounts({ visitor, now }) {
      const today = dayInJapan(now)
      return {
        accounts: (await desk.accountsOf(visitor)).map(accountOut),
        today: today.toString(),
        earliest: earliestDay(today, parameters.statementMonthsShown).toString(),
        pdfLinesMax: parameters.statementPdfLinesMax,
      }
    },

    async showBalances({ input, visitor, origin, now }) {
      const { account } = input.query
      const asked = { visitor, origin, now }
      const accounts = await desk.chosen(visitor, account)
      if (accounts === null) {
        await desk.recordRefusal(asked, 'balance-inquiry', 'no-such-account', { account })
        return refuseAtField('no-such-account')
      }

      const balances = await coreBanking.balances(accounts.map((one) => one.account))
      await desk.record(asked, 'balance-inquiry', { account })
      const known = balances.filter((one) => one !== null)
      return {
        askedAt: now.toString(),
        accounts: accounts.map((one, at) => ({
          account: accountOut(one),
          balances: balances[at] ? balancesOut(balances[at]) : null,
        })),
        total: {
          current: String(known.reduce((sum, { current }) => sum + current, 0n)),
          available: String(known.reduce((sum, { available }) => sum + available, 0n)),
        },
      }
    },

    showStatement: ({ input, ...asked }) =>
      statementPage(needs, desk, asked, { ...input.query, of: 'statement-inquiry' }),

    showIncomingTransfers: ({ input, ...asked }) =>
      statementPage(needs, desk, asked, { ...input.query, of: 'incoming-transfer-inquiry' }),

    showBalanceLine: ({ input, ...asked }) => balanceLine(needs, desk, asked, input.query),
  }
}

/** 振込入金: what a statement is narrowed to when it is asked for incoming transfers. */
export const incomingOnly = {
  direction: 'in',
  kinds: ['transfer'],
} as const satisfies StatementFilter

export type PageOperation = 'statement-inquiry' | 'incoming-transfer-inquiry'

interface PageAsked extends PeriodAsked, SearchAsked {
  readonly of: PageOperation
  readonly account: string
  readonly order: 'newest-first' | 'oldest-first'
  readonly limit: '20' | '50' | '100'
  readonly cursor?: string | undefined
}

async function statementPage(needs: Needs, desk: Desk, caller: Asked, asked: PageAsked) {
  const { coreBanking, keyVault, parameters } = needs
  const { visitor, origin, now } = caller
  const conditions = readConditions(asked, { now, monthsShown: parameters.statementMonthsShown })
  if (!conditions.granted) return refuseAtField(...conditions.reasons)

  const account = await desk.accountOf(visitor, asked.account)
  if (account === null) {
    const facts = { account: asked.account }
    await desk.recordRefusal({ visitor, origin, now }, asked.of, 'no-such-account', facts)
    return refuseAtField('no-such-account')
  }

  const bound = everyCondition(caller, asked)
  const place = asked.cursor ? await readCursor(keyVault, bound, asked.cursor) : undefined
  if (place === null) return refuse('cursor-of-another-inquiry')

  const { period, filter } = { ...conditions.value, ...(place && { period: place }) }
  const narrowed =
    asked.of === 'incoming-transfer-inquiry' ? { ...filter, ...incomingOnly } : filter
  const { from, to } = period
  const query = { account: account.account, from, to, filter: narrowed }
  const totals = place ? null : await coreBanking.statementTotals(query)
  const page = await coreBanking.statement({
    ...query,
    order: asked.order,
    limit: Number(asked.limit),
    ...(place && { after: place.after }),
  })
  // The pages that follow belong to the inquiry that was written down with the first.
  if (!place) {
    const facts = { account: account.key, ...conditionFacts(conditions.value) }
    await desk.record({ visitor, origin, now }, asked.of, facts)
  }

  const last = page.more ? page.lines.at(-1) : undefined
  return {
    account: accountOut(account),
    period: periodOut(period),
    askedAt: now.toString(),
    lines: page.lines.map(lineOut),
    next: last ? await writeCursor(keyVault, bound, { from, to, after: last }) : null,
    totals: totals && totalsOut(totals),
  } satisfies StatementPage
}

function everyCondition({ visitor }: Asked, asked: PageAsked): readonly (string | undefined)[] {
  return [
    visitor.companyId,
    visitor.userId,
    visitor.sessionId,
    asked.of,
    asked.account,
    asked.period,
    asked.from,
    asked.to,
    asked.text,
    asked.direction,
    asked.amountFrom,
    asked.amountTo,
    asked.order,
  ]
}

async function balanceLine(
  { coreBanking, parameters }: Needs,
  desk: Desk,
  asked: Asked,
  query: PeriodAsked & { readonly account: string },
) {
  const { visitor, now } = asked
  const period = resolvePeriod(query, {
    today: dayInJapan(now),
    monthsShown: parameters.statementMonthsShown,
  })
  if (!period.granted) return refuseAtField(period.reason)
  const account = await desk.accountOf(visitor, query.account)
  if (account === null) {
    const facts = { account: query.account }
    await desk.recordRefusal(asked, 'balance-chart', 'no-such-account', facts)
    return refuseAtField('no-such-account')
  }

  const { from, to } = period.value
  const days = await coreBanking.closingBalances(account.account, from, to)
  await desk.record(asked, 'balance-chart', {
    account: account.key,
    ...conditionFacts({ period: period.value, filter: {} }),
  })
  return {
    account: accountOut(account),
    period: periodOut(period.value),
    askedAt: now.toString(),
    days: days.map(dayOut),
    highest: outermost(days, (one, other) => one > other),
    lowest: outermost(days, (one, other) => one < other),
  }
}

function outermost(
  days: readonly DayBalance[],
  beats: (one: bigint, other: bigint) => boolean,
): { day: string; balance: string } | null {
  let found: DayBalance | undefined
  for (const day of days) {
    if (found === undefined || beats(day.balance, found.balance)) found = day
  }
  return found ? dayOut(found) : null
}

function dayOut({ day, balance }: DayBalance): { day: string; balance: string } {
  return { day: day.toString(), balance: String(balance) }
}
