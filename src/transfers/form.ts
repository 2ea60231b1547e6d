/** 振込データの新規作成 — what a new transfer may be, for this user and at this moment. */
import type { Out } from '#kit/endpoint.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Visitor } from '#kit/visitor.ts'
import { airFor } from './air.ts'
import type { contract, destinationSources } from './contract.ts'
import type { TransfersNeeds } from './needs.ts'
import { needsApproval } from './confirming.ts'
import { daysFor, sameDayClosedBy } from './windows.ts'

type Form = Out<(typeof contract)['showTransferForm']>

export async function formFor(
  needs: TransfersNeeds,
  visitor: Visitor,
  now: Temporal.Instant,
): Promise<Form> {
  const { database, administration, parameters } = needs
  const { companyId, rights } = visitor
  const air = await airFor(needs, [], now)
  const window = parameters.window
  const closed = sameDayClosedBy({ air, window })
  const mayToday = rights.has('transfers-same-day') || !rights.has('transfers-request-any')
  return database.asCompany(companyId, async (tx) => {
    const accounts = await administration.accountsFor(tx, visitor)
    const explanation = await needs.approvals.explain(
      tx,
      {
        ...{ companyId, business: 'transfers', requester: visitor.userId, reader: visitor.userId },
        summary: {
          ...{ amount: 1n as never, newPayees: 0, paymentDay: dayInJapan(now) },
          accountKey: accounts[0]?.key ?? ('000-ordinary-0000000' as never),
        },
      },
      now,
    )
    return {
      accounts: accounts.map(({ key, account, branchName, holderKana, memo }) => ({
        ...{ accountKey: key, ...account, branchName, holderKana, memo },
      })),
      today: dayInJapan(now).toString(),
      days: daysFor({ air, window }).map(({ day, handling, until }) => ({
        ...{ day: day.toString(), handling, until: until.toString() },
      })),
      sameDayClosed: mayToday ? closed : 'right-missing',
      ...{ moreTime: window.moreTime.used, coreTime: { ...window.coreTime } },
      ...{ itemsMax: parameters.itemsMax, bankCode: parameters.bankCode },
      ...{ sources: [...sourcesFor(visitor)], nameCheckUsed: parameters.nameCheckUsed },
      approval: { needed: needsApproval(explanation), method: explanation.method },
    }
  })
}

function sourcesFor({
  rights,
}: Pick<Visitor, 'rights'>): readonly (typeof destinationSources)[number][] {
  return rights.has('transfers-request-any')
    ? ['typed', 'payee', 'recent', 'filed', 'own']
    : ['filed', 'own']
}
