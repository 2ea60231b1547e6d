/**
 * 確定・実行 — from a draft to an order: everything is checked again under the row's lock, limits
 * are reserved, and the order is accepted or asks its approvers. All of it is one transaction, in
 * which a signature is used up as well.
 */
import { newId } from '#kit/ids.ts'
import { granted, refused } from '#kit/outcome.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { PostingId } from '#outside/core-banking/port.ts'
import type { SubmitRefusal as ApproverRefusal } from '#approvals/index.ts'
import type { Air } from './air.ts'
import type { Fault } from './draft.ts'
import type { Came, OwnRefusal } from './drafting.ts'
import {
  airOf,
  asksOf,
  explainedFor,
  limitAsked,
  needsApproval,
  planUnderLock,
  type Explained,
} from './confirming.ts'
import { duplicatesOf } from './lists-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { signingPurpose } from './requester-signature.ts'
import type { Plan } from './plan.ts'
import { record, recordRefusal } from './recording.ts'
import * as store from './transfers-store.ts'
import { Undone, undone } from './undone.ts'
import type { Accepted, Ordered, OrderedItem, Transfer, TransferId } from './transfer.ts'
import { tellAccepted } from './telling.ts'
import { inBoth } from './words.ts'

export interface SubmitForm {
  readonly digest: string
  readonly duplicateConfirmed: boolean
  readonly approvers: readonly string[]
  readonly comment: string
  readonly confirmationPassword: string | null
  readonly challengeId: string | null
  readonly transactionCode: string | null
}

type CodeRefused = Extract<
  Awaited<ReturnType<TransfersNeeds['signing']['redeem']>>,
  { granted: false }
>
type PasswordRefused = Extract<
  Awaited<ReturnType<TransfersNeeds['confirmationPassword']['check']>>,
  { granted: false }
>

/** In the order in which they are checked; see the contract. */
export type SubmitRefused =
  | {
      readonly granted: false
      readonly reason: OwnRefusal | 'request-right-missing' | PlainRefusal
    }
  | { readonly granted: false; readonly reason: 'draft-refused'; readonly faults: readonly Fault[] }
  | {
      readonly granted: false
      readonly reason: 'over-limit' | 'funds-short' | ApproverRefusal
      readonly facts: Readonly<Record<string, string>>
    }
  | CodeRefused
  | PasswordRefused
type PlainRefusal = 'digest-differs' | 'duplicate-not-confirmed' | 'confirmation-missing'

export interface Done {
  readonly transfer: Transfer
}
export type SubmitOutcome = { readonly granted: true; readonly value: Done } | SubmitRefused

interface Asked {
  readonly id: TransferId
  readonly form: SubmitForm
  readonly came: Came
}

/** @param once settles the answer in the transaction that submits the order */
export async function submitTransfer(
  needs: TransfersNeeds,
  visitor: Visitor,
  asked: Asked,
  once: (tx: Tx, transfer: Transfer) => Promise<void>,
): Promise<SubmitOutcome> {
  const outcome = await attempt(needs, visitor, asked, once)
  if (!outcome.granted) {
    const refusal = outcome.reason
    const { came } = asked
    await recordRefusal(needs, { visitor, came, operation: 'transfer-submitted', refusal })
  }
  return outcome
}

async function attempt(
  needs: TransfersNeeds,
  visitor: Visitor,
  asked: Asked,
  once: (tx: Tx, transfer: Transfer) => Promise<void>,
): Promise<SubmitOutcome> {
  const { id, form, came } = asked
  const air = await airOf(needs, visitor, id, came.now)
  if (!air.granted) return air
  const looked = await needs.database.asCompany(visitor.companyId, (tx) =>
    look(needs, tx, { visitor, asked, air: air.value }),
  )
  if (!looked.granted) return looked
  const { plan, explanation } = looked.value
  const short = await fundsShort(needs, plan, explanation)
  if (short !== null) return short

  const asks = asksOf(needs, plan.transfer, explanation)
  if (asks.password) {
    if (form.confirmationPassword === null) return refused('confirmation-missing')
    const checked = await needs.confirmationPassword.check(visitor, form.confirmationPassword, came)
    if (!checked.granted) return checked
  }
  const { companyId, userId } = visitor
  const submit = (tx: Tx, challengeId: string | null) =>
    submitUnderLock(needs, tx, { visitor, asked, air: air.value, challengeId, once })
  if (!asks.token)
    return undone<SubmitOutcome, SubmitRefused>(() =>
      needs.database.asCompany(companyId, (tx) => submit(tx, null)),
    )

  const { challengeId, transactionCode } = form
  const redeemed = await undone(() =>
    needs.signing.redeem(
      {
        ...{ signer: { companyId, userId }, purpose: signingPurpose, subjectId: id },
        ...{ challengeId: challengeId ?? '', code: transactionCode ?? '' },
      },
      came,
      {
        canonical: async (tx) => {
          const planned = await planUnderLock(needs, tx, { visitor, id, air: air.value })
          return planned.granted ? planned.value.canonical : null
        },
        change: (tx, signed) => submit(tx, signed.challengeId),
      },
    ),
  )
  return redeemed.granted && 'granted' in redeemed.value
    ? redeemed.value
    : (redeemed as SubmitRefused)
}

interface Case {
  readonly visitor: Visitor
  readonly asked: Asked
  readonly air: Air
}

async function look(
  needs: TransfersNeeds,
  tx: Tx,
  { visitor, asked: { id, form, came }, air }: Case,
): Promise<
  { readonly granted: true; readonly value: { plan: Plan; explanation: Explained } } | SubmitRefused
> {
  const planned = await planUnderLock(needs, tx, { visitor, id, air })
  if (!planned.granted) return planned
  const plan = planned.value
  if (plan.digest !== form.digest) return refused('digest-differs')
  const twins = await duplicatesOf(tx, plan.transfer)
  if (twins.length > 0 && !form.duplicateConfirmed) return refused('duplicate-not-confirmed')
  // Said before a password or a code is used; counted when all has been checked.
  const fits = await needs.limits.stillFits(tx, limitAsked(plan.transfer))
  if (!fits.granted) return fits
  const explanation = await explainedFor(needs, tx, { visitor, plan, now: came.now })
  return granted({ plan, explanation })
}

/** 当日扱い without an approval leaves at once: say so before a code is typed. The hold decides. */
async function fundsShort(
  { core, database, administration }: TransfersNeeds,
  { transfer, handling, totals }: Plan,
  explanation: Explained,
): Promise<SubmitRefused | null> {
  if (handling !== 'same-day' || needsApproval(explanation)) return null
  const { companyId } = transfer
  const accounts = await database.asCompany(companyId, (tx) =>
    administration.accountsFor(tx, { companyId, userId: transfer.requester, role: 'master' }),
  )
  const account = accounts.find(({ key }) => key === transfer.accountKey)
  const [balance = null] = account === undefined ? [] : await core.balances([account.account])
  if (balance === null || balance.available >= totals.debit) return null
  const facts = { available: String(balance.available), debit: String(totals.debit) }
  return { granted: false, reason: 'funds-short', facts }
}

async function submitUnderLock(
  needs: TransfersNeeds,
  tx: Tx,
  work: Case & {
    readonly challengeId: string | null
    readonly once: (tx: Tx, transfer: Transfer) => Promise<void>
  },
): Promise<SubmitOutcome> {
  const { visitor, asked, challengeId, once } = work
  const { id, came } = asked
  const looked = await look(needs, tx, work)
  if (!looked.granted) throw new Undone(looked)
  const { plan } = looked.value
  const { companyId, userId } = visitor
  const reserved = await needs.limits.reserve(tx, limitAsked(plan.transfer))
  if (!reserved.granted) throw new Undone(reserved)

  const asking = await askApprovers(needs, tx, { plan, asked, visitor })
  if (!asking.granted) throw new Undone({ facts: {}, ...asking })
  const approved = asking.value.state === 'approved'
  const approvalId = asking.value.state === 'approved' ? null : asking.value.approvalId
  const signatures =
    challengeId === null ? [] : [{ purpose: signingPurpose, subjectId: id, challengeId }]
  const accepted: Accepted | null = approved
    ? { at: came.now, dueAt: plan.dueAt, signatures }
    : null
  const ordered = await orderedOf(tx, plan, { approvalId, now: came.now })
  const items = plan.items.map(({ item, isNew, quote }) => ({
    ...{ id: item.id, nameCheck: item.nameCheck, nameAtBank: item.nameAtBank },
    ordered: orderedItemOf({ isNew, quote }, came.now),
  }))
  const from = plan.transfer.state
  const moved = await store.submit(
    tx,
    { companyId, id, from },
    { ordered, items, accepted },
    came.now,
  )
  if (!moved) throw new Undone(refused('state-changed'))

  const { receiptNumber } = ordered
  const step = { step: approved ? 'ordered' : 'submitted', by: userId, facts: { receiptNumber } }
  await store.addStep(tx, { companyId, id }, { ...step, comment: asked.form.comment }, came.now)
  await needs.payees.transferMade(tx, { companyId, userId })
  await record(needs, tx, {
    visitor,
    came,
    operation: 'transfer-submitted',
    facts: { receiptNumber },
  })
  const transfer = await store.transferById(tx, { companyId, id })
  if (transfer === null) throw new Error(`${id} was submitted and cannot be read`)
  if (approved) await tellAccepted(needs, tx, transfer, came.now)
  await once(tx, transfer)
  return granted({ transfer })
}

function askApprovers(
  { approvals }: TransfersNeeds,
  tx: Tx,
  { plan, asked, visitor }: { plan: Plan; asked: Asked; visitor: Visitor },
) {
  const { transfer, items, deadline, canonical } = plan
  const { companyId, userId } = visitor
  return approvals.submit(
    tx,
    {
      ...{ companyId, orderId: transfer.id, business: 'transfers', requester: userId },
      summary: {
        ...{ name: transfer.name, kind: inBoth(({ kinds }) => kinds[transfer.kind]) },
        ...{ accountKey: transfer.accountKey, paymentDay: transfer.paymentDay },
        ...{ count: items.length, amount: transfer.payable },
        newPayees: items.filter(({ isNew }) => isNew).length,
      },
      chosen: asked.form.approvers as readonly Visitor['userId'][],
      ...{ deadline, comment: asked.form.comment, canonical },
    },
    asked.came,
  )
}

async function orderedOf(
  tx: Tx,
  { handling, deadline, digest, remitterPrinted, totals }: Plan,
  { approvalId, now }: { readonly approvalId: string | null; readonly now: Temporal.Instant },
): Promise<Ordered> {
  return {
    ...{ handling, deadline, digest, remitterPrinted, approvalId, ...totals },
    receiptNumber: await store.nextReceiptNumber(tx, dayInJapan(now)),
    submittedAt: now,
    holdId: newId<'hold'>(now.epochMilliseconds),
  }
}

/** The ids under which money will move are made here: every later try finds what was done. */
function orderedItemOf(
  { isNew, quote }: Pick<Plan['items'][number], 'isNew' | 'quote'>,
  now: Temporal.Instant,
): OrderedItem {
  const id = (): PostingId => newId<'posting'>(now.epochMilliseconds)
  const { deducted, amount, bankFee } = quote
  return {
    ...{ isNew, deducted, amount, bankFee, outcome: null, returnReason: null },
    ...{ postingId: id(), feePostingId: id(), deliveryId: id(), refundId: id() },
  }
}
