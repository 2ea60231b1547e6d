/** 内容確認 — what is about to be ordered, what it costs, who will have to approve it. Changes nothing. */
import type { CompanyAccount, LimitLine } from '#administration/index.ts'
import { granted, refused } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Balances } from '#outside/core-banking/port.ts'
import type { Tx } from '#platform/database/database.ts'
import { airFor, type Air } from './air.ts'
import type { Fault } from './draft.ts'
import { mayOrder, ownEditable, type OwnRefusal } from './drafting.ts'
import { duplicatesOf, type Duplicate } from './lists-store.ts'
import type { TransfersNeeds } from './needs.ts'
import type { Asks } from './parameters.ts'
import { banksOf, draftOf, planOf, type Plan } from './plan.ts'
import { limitedAmounts, type Transfer, type TransferId } from './transfer.ts'

export type Explained = Awaited<ReturnType<TransfersNeeds['approvals']['explain']>>

export interface Confirmation {
  readonly plan: Plan
  readonly account: CompanyAccount | null
  readonly asks: Asks
  readonly duplicates: readonly Duplicate[]
  readonly limits: readonly LimitLine[]
  readonly explanation: Explained
  readonly balance: Balances | null
}

export type ConfirmOutcome =
  | { readonly granted: true; readonly value: Confirmation }
  | { readonly granted: false; readonly reason: OwnRefusal | 'request-right-missing' }
  | { readonly granted: false; readonly reason: 'draft-refused'; readonly faults: readonly Fault[] }

export async function confirmation(
  needs: TransfersNeeds,
  visitor: Visitor,
  { id, now }: { readonly id: TransferId; readonly now: Temporal.Instant },
): Promise<ConfirmOutcome> {
  const { companyId } = visitor
  const air = await airOf(needs, visitor, id, now)
  if (!air.granted) return air
  const looked = await needs.database.asCompany(companyId, async (tx) => {
    const planned = await planUnderLock(needs, tx, { visitor, id, air: air.value })
    if (!planned.granted) return planned
    const plan = planned.value
    const explanation = await explainedFor(needs, tx, { visitor, plan, now })
    const accounts = await needs.administration.accountsFor(tx, visitor)
    return granted({
      ...{ plan, explanation },
      account: accounts.find(({ key }) => key === plan.transfer.accountKey) ?? null,
      asks: asksOf(needs, plan.transfer, explanation),
      duplicates: await duplicatesOf(tx, plan.transfer),
      limits: await needs.limits.lines(tx, limitAsked(plan.transfer)),
    })
  })
  if (!looked.granted) return looked
  // The core system is asked when nothing is locked.
  const { account } = looked.value
  const [balance = null] = account === null ? [] : await needs.core.balances([account.account])
  return granted({ ...looked.value, balance })
}

/** For one's own draft, before a transaction begins. */
export async function airOf(
  needs: TransfersNeeds,
  visitor: Visitor,
  id: TransferId,
  now: Temporal.Instant,
) {
  const own = await needs.database.asCompany(visitor.companyId, (tx) =>
    ownEditable(tx, visitor, id),
  )
  return own.granted ? granted(await airFor(needs, banksOf(own.value), now)) : own
}

export type Planned =
  | { readonly granted: true; readonly value: Plan }
  | { readonly granted: false; readonly reason: OwnRefusal | 'request-right-missing' }
  | { readonly granted: false; readonly reason: 'draft-refused'; readonly faults: readonly Fault[] }

export async function planUnderLock(
  needs: TransfersNeeds,
  tx: Tx,
  { visitor, id, air }: { visitor: Visitor; id: TransferId; air: Air },
): Promise<Planned> {
  const own = await ownEditable(tx, visitor, id)
  if (!own.granted) return own
  const transfer = own.value
  if (!mayOrder(visitor, draftOf(transfer))) return refused('request-right-missing')
  const planned = await planOf(needs, tx, { transfer, requester: visitor, air })
  return planned.granted ? planned : { ...refused('draft-refused'), faults: planned.faults }
}

export function explainedFor(
  { approvals }: Pick<TransfersNeeds, 'approvals'>,
  tx: Tx,
  { visitor, plan, now }: { visitor: Visitor; plan: Plan; now: Temporal.Instant },
): Promise<Explained> {
  const { companyId, userId } = visitor
  const { transfer, items } = plan
  const summary = {
    ...{ amount: transfer.payable, accountKey: transfer.accountKey },
    paymentDay: transfer.paymentDay,
    newPayees: items.filter(({ isNew }) => isNew).length,
  }
  const asked = { companyId, business: 'transfers', requester: userId, reader: userId } as const
  return approvals.explain(tx, { ...asked, summary }, now)
}

/** 承認なし: nobody has to approve it. */
export function needsApproval({ steps }: Explained): boolean {
  return steps.length > 0
}

/** internet-banking.md §6.5. */
export function asksOf(
  { parameters: { asks } }: Pick<TransfersNeeds, 'parameters'>,
  { kind, items }: Transfer,
  explanation: Explained,
): Asks {
  if (needsApproval(explanation)) return asks.withApproval
  const typed = kind === 'transfer' && items.some(({ source }) => source !== 'filed')
  return typed ? asks.typed : asks.filed
}

export function limitAsked(transfer: Transfer) {
  const { companyId, id: orderId, requester: userId, accountKey, paymentDay: day } = transfer
  return { companyId, orderId, userId, accountKey, day, amounts: limitedAmounts(transfer) }
}
