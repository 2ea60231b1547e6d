/** 承認の対象 — orders of 振込振替, as `approvals` knows them. */
import {
  signingPurpose,
  type Approvable,
  type OrderOf,
  type Refused,
  type ReturnedAs,
} from '#approvals/index.ts'
import { bankAccountKey } from '#kit/bank-account.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Tx } from '#platform/database/database.ts'
import { limitAsked } from './confirming.ts'
import { contentOf } from './device-content.ts'
import { mayOrder } from './drafting.ts'
import type { TransfersNeeds } from './needs.ts'
import { canonicalOfOrdered, digestOf, draftOf } from './plan.ts'
import { sheetFactsFor } from './sheet-facts.ts'
import { sheetOfOrdered } from './sheet.ts'
import { tellAccepted } from './telling.ts'
import * as store from './transfers-store.ts'
import type { Transfer } from './transfer.ts'
import { dueOf } from './windows.ts'

export function createApprovable(
  needs: TransfersNeeds,
  kick: (order: OrderOf) => void,
): Approvable {
  return {
    business: 'transfers',
    rights: { approve: 'transfers-approve', seeAll: 'transfers-see-all' },
    pathOf: (orderId) => `/transfers/${orderId}`,
    lock: async (tx, order) =>
      (await store.transferById(tx, idOf(order), { lock: true })) === null ? null : true,
    sheet: async (tx, order) => {
      const transfer = await present(tx, order)
      return sheetOfOrdered(transfer, await sheetFactsFor(needs, tx, transfer))
    },
    canonical: async (tx, order) => canonicalOfOrdered(await present(tx, order)),
    content: async (tx, order) => {
      const transfer = await present(tx, order)
      const newPayees = transfer.items.filter((item) => item.ordered?.isNew).length
      const shown = {
        transfer,
        newPayees,
        fee: transfer.ordered!.bankFee,
        digest: transfer.ordered!.digest,
      }
      return contentOf(needs.directory, tx, shown, 'approval')
    },
    recheck: async (tx, order) => stillOrderable(needs, tx, await present(tx, order)),
    approved: (tx, order, how) => accept(needs, tx, { order, how }),
    returned: (tx, order, how) => giveBack(needs, tx, { order, how }),
    mayWithdraw: async (tx, order, now) => {
      const { state, accepted } = await present(tx, order)
      if (state !== 'accepted' || accepted === null) return false
      return Temporal.Instant.compare(now, accepted.dueAt) < 0
    },
    kick,
  }
}

function idOf({ companyId, orderId: id }: OrderOf) {
  return { companyId, id }
}

async function present(tx: Tx, order: OrderOf): Promise<Transfer> {
  const transfer = await store.transferById(tx, idOf(order))
  if (transfer === null) throw new Error(`the order ${order.orderId} is not there`)
  return transfer
}

/**
 * What may have changed since 確定: the requester, the account, the payees, the limits. The cut-off
 * is the deadline, which `approvals` holds.
 */
export async function stillOrderable(
  needs: Pick<TransfersNeeds, 'administration' | 'payees' | 'limits'>,
  tx: Tx,
  transfer: Transfer,
): Promise<Outcome<void, string> | Refused> {
  const { administration, payees, limits } = needs
  const { companyId, requester: userId, accountKey } = transfer
  const company = await administration.companyById(tx, companyId)
  if (company?.state !== 'active') return refused('company-stopped')
  const user = await administration.userById(tx, userId)
  if (user === null || user.state !== 'active') return refused('requester-stopped')
  if (!mayOrder(user, draftOf(transfer))) return refused('request-right-missing')
  const accounts = await administration.accountsFor(tx, { companyId, userId, role: user.role })
  const keys = new Set<string>(accounts.map(({ key }) => key))
  if (!keys.has(accountKey)) return refused('account-not-allowed')

  const ids = transfer.items.flatMap(({ payeeId }) => (payeeId === null ? [] : [payeeId]))
  const known = ids.length === 0 ? [] : await payees.byIds(tx, { companyId, ids: ids as never })
  for (const { payeeId, account } of transfer.items) {
    if (payeeId === null) continue
    const payee = known.find(({ id }) => id === payeeId)
    if (payee === undefined) return refused('payee-unknown')
    if (bankAccountKey(payee.account) !== bankAccountKey(account)) return refused('payee-changed')
  }
  const fits = await limits.stillFits(tx, limitAsked(transfer))
  return fits.granted ? granted(undefined) : fits
}

async function accept(
  needs: TransfersNeeds,
  tx: Tx,
  { order, how }: { order: OrderOf; how: Parameters<Approvable['approved']>[2] },
): Promise<void> {
  const transfer = await present(tx, order)
  const { ordered } = transfer
  if (ordered === null) throw new Error(`${order.orderId} was approved without being submitted`)
  const dueAt = dueOf({
    ...{ day: transfer.paymentDay, handling: ordered.handling, at: how.at },
    window: needs.parameters.window,
  })
  const signatures = how.signed.map(({ challengeId }) => ({
    ...{ purpose: signingPurpose, subjectId: ordered.approvalId ?? '', challengeId },
  }))
  if (!(await store.accept(tx, idOf(order), { at: how.at, dueAt, signatures }))) {
    throw new Error(`${order.orderId} was approved in the state ${transfer.state}`)
  }
  await store.addStep(tx, idOf(order), { step: 'approved', by: null }, how.at)
  await tellAccepted(needs, tx, transfer, how.at)
}

const statesOfReturn: Readonly<Record<ReturnedAs, Transfer['state']>> = {
  recalled: 'recalled',
  'sent-back': 'sent-back',
  withdrawn: 'withdrawn',
  failed: 'failed',
  deleted: 'deleted',
  expired: 'expired',
}

/** Whatever way an order comes back, what it had reserved is free again. */
async function giveBack(
  needs: TransfersNeeds,
  tx: Tx,
  { order, how }: { order: OrderOf; how: Parameters<Approvable['returned']>[2] },
): Promise<void> {
  const { companyId, orderId } = order
  const { as, by, at } = how
  const { state: from, ordered } = await present(tx, order)
  const to = statesOfReturn[as]
  const of = { companyId, id: orderId, from, to }
  const isOver = as === 'deleted' || as === 'expired'
  const reason = how.reason ?? ''
  const moved = isOver
    ? await store.end(tx, of, { at })
    : await store.giveBack(
        tx,
        of,
        { reason: as === 'failed' ? reason : as, comment: as === 'failed' ? '' : reason },
        at,
      )
  if (!moved) throw new Error(`${orderId} came back in the state ${from}`)
  await needs.limits.release(tx, { companyId, orderId })
  const receiptNumber = ordered?.receiptNumber ?? ''
  const facts = { receiptNumber, ...(as === 'failed' && { reason }) }
  const comment = as === 'failed' ? '' : reason
  await store.addStep(tx, { companyId, id: orderId }, { step: as, by, facts, comment }, at)
}

/** At execution: that what is stored is what was ordered. */
export function isUnchanged(transfer: Transfer): boolean {
  return digestOf(canonicalOfOrdered(transfer)) === transfer.ordered?.digest
}
