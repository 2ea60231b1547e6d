/**
 * トップ — what the top page asks. Every block has a transaction of its own, so that one that
 * fails takes no other with it. The page is not recorded: it shows what was done, it does nothing.
 */
import type { Visitor } from '#kit/visitor.ts'
import { operationSentence } from '#operation-history/index.ts'
import { routes, type Routes } from '#platform/http/routes.ts'
import { told, within } from './blocks.ts'
import { contract, type AccountBalance } from './contract.ts'
import type { HomeNeeds, OwnCertificate } from './needs.ts'
import { inOrderOfDeadline } from './unapproved.ts'

const loginsShown = 3 // 最近３回のログイン日時
const operationsShown = 5 // 最近の操作５件
const ordersShown = 10
const noticesShown = 5
const patience = 5_000 // milliseconds

export function homeRoutes(needs: HomeNeeds): Routes {
  const { database, reportFault } = needs
  return routes(contract, {
    showHome: async ({ visitor, now }) => {
      const { companyId } = visitor
      const [logins, operations, unapproved, notices, certificate] = await Promise.all([
        told('logins', reportFault, async () => {
          const at = await database.asCompany(companyId, (tx) =>
            needs.logins.lastLogins(tx, visitor, loginsShown),
          )
          return { at: at.map(String) }
        }),
        told('operations', reportFault, async () => {
          const latest = await database.asCompany(companyId, (tx) =>
            needs.operationHistory.latest(tx, visitor, operationsShown),
          )
          return { list: latest.map(operationOut) }
        }),
        told('unapproved', reportFault, () => unapprovedFor(needs, { visitor, now })),
        told('notices', reportFault, () =>
          database.asCompany(companyId, async (tx) => {
            const { list, unread } = await needs.notices.unreadFor(tx, visitor, now, noticesShown)
            return { list: list.map(({ read: _unread, ...notice }) => notice), unread }
          }),
        ),
        told('certificate', reportFault, async () =>
          certificateOut(
            await database.asCompany(companyId, async (tx) =>
              needs.certificates?.ownCertificate(tx, visitor, now),
            ),
          ),
        ),
      ])
      return { logins, operations, unapproved, notices, certificate }
    },

    showHomeBalances: ({ visitor }) =>
      told('balances', reportFault, async () => {
        const limit = needs.balancesWithinMilliseconds ?? patience
        const found = await within(limit, needs.balances.balancesFor(visitor))
        return { accounts: found.map(balanceOut) }
      }),
  })
}

/** A kind of order that cannot answer fails the block: a list with a silent gap would mislead. */
async function unapprovedFor(
  { unapprovedOrders }: HomeNeeds,
  { visitor, now }: { visitor: Visitor; now: Temporal.Instant },
) {
  const kinds = await Promise.all(
    unapprovedOrders.map((kind) => kind.unapproved(visitor, now, ordersShown)),
  )
  return {
    orders: inOrderOfDeadline(kinds.flatMap(({ orders }) => orders)).slice(0, ordersShown),
    total: sumOf(kinds.map(({ total }) => total)),
    counts: {
      awaitingApproval: sumOf(kinds.map(({ counts }) => counts.awaitingApproval)),
      drafts: sumOf(kinds.map(({ counts }) => counts.drafts)),
    },
  }
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

function certificateOut(own: OwnCertificate | null | undefined) {
  if (!own) return { validUntil: null, renewable: false, daysLeft: 0 }
  return { ...own, validUntil: own.validUntil.toString() }
}

type Latest = Awaited<ReturnType<HomeNeeds['operationHistory']['latest']>>[number]

function operationOut({ at, operation, result, facts }: Latest) {
  return { at: at.toString(), result, says: operationSentence({ operation, result, facts }) }
}

type Found = Awaited<ReturnType<HomeNeeds['balances']['balancesFor']>>[number]

function balanceOut({ account: of, balances }: Found): AccountBalance {
  const { key: accountKey, account, branchName, memo, representative } = of
  return {
    accountKey,
    ...account,
    branchName,
    memo,
    representative,
    balance: balances && {
      current: String(balances.current),
      available: String(balances.available),
      asOf: balances.asOf.toString(),
    },
  }
}
