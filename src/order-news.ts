/**
 * Who is told of an order, by mail and at the bell: what `approvals`, `transfers` and `payees` have
 * to say, put into the words of `notices`. A part of the composition root: it joins doors and decides
 * nothing else.
 */
import type { Administration } from '#administration/index.ts'
import type { Teller, Told } from '#approvals/index.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { MailFacts, Mails, MessageKind, Messages } from '#notices/index.ts'
import type { PayeeTeller } from '#payees/index.ts'
import type { Tx } from '#platform/database/database.ts'
import type { TransferNews, TransferTeller } from '#transfers/index.ts'

export interface OrderNewsNeeds {
  readonly mails: Pick<Mails, 'queueTo' | 'queueToUserAndMasters'>
  readonly messages: Pick<Messages, 'tell'>
  readonly administration: Pick<Administration, 'userById'>
}

export interface OrderNews {
  readonly approvals: Teller
  readonly transfers: TransferTeller
  readonly payees: PayeeTeller
}

const kinds: Readonly<Record<Told['business'], readonly [ja: string, en: string]>> = {
  transfers: ['振込振替', 'Transfer'],
  'supplier-payments': ['総合振込', 'Supplier payments'],
  payroll: ['給与・賞与振込', 'Payroll'],
  'direct-debits': ['口座振替', 'Direct debits'],
  'local-tax': ['地方税納入', 'Local tax'],
}

export function createOrderNews(needs: OrderNewsNeeds): OrderNews {
  return {
    approvals: approvalNews(needs),
    transfers: transferNews(needs),
    payees: payeeNews(needs),
  }
}

async function nameOf({ administration }: OrderNewsNeeds, tx: Tx, id: UserId): Promise<string> {
  return (await administration.userById(tx, id))?.name ?? ''
}

interface News<Kind extends MessageKind> {
  readonly kind: Kind
  readonly companyId: CompanyId
  readonly to: readonly UserId[]
  readonly facts: MailFacts[Kind]
  readonly path: string
}

/** By mail and at the bell, each user once. */
async function send<Kind extends MessageKind>(
  { mails, messages }: OrderNewsNeeds,
  tx: Tx,
  { kind, companyId, to, facts, path }: News<Kind>,
  at: Temporal.Instant,
): Promise<void> {
  const userIds = [...new Set(to)]
  await mails.queueTo(tx, { companyId, template: kind, facts, userIds }, at)
  await messages.tell(tx, { companyId, userIds, kind, facts, path }, at)
}

async function orderFacts(needs: OrderNewsNeeds, tx: Tx, told: Told) {
  const [kind, kindEnglish] = kinds[told.business]
  const { name, at, deadline } = told
  const by = told.by === null ? null : await nameOf(needs, tx, told.by)
  const requesterName = await nameOf(needs, tx, told.requester)
  const paymentDay = told.paymentDay.toString()
  return { kind, kindEnglish, name, paymentDay, requesterName, at, by, deadline }
}

type ToRequester = 'order-approved' | 'order-sent-back' | 'order-deleted' | 'order-failed'
type ToAll = 'order-recalled' | 'approval-withdrawn' | 'order-expired' | 'approval-deadline-near'

function approvalNews(needs: OrderNewsNeeds): Teller {
  const toRequester = (kind: ToRequester) => async (tx: Tx, told: Told) => {
    const { companyId, requester, orderId, at } = told
    const facts = await orderFacts(needs, tx, told)
    const news = { kind, companyId, to: [requester], facts, path: `/transfers/${orderId}` }
    await send(needs, tx, news, at)
  }
  const toAll = (kind: ToAll) => async (tx: Tx, told: Told) => {
    const { companyId, requester, approvers, approvalId, at } = told
    const facts = await orderFacts(needs, tx, told)
    const to = kind === 'order-recalled' ? approvers : [requester, ...approvers]
    await send(needs, tx, { kind, companyId, to, facts, path: `/approvals/${approvalId}` }, at)
  }
  const toApprovers =
    (kind: 'approval-asked' | 'final-approval-asked') => async (tx: Tx, told: Told) => {
      const { companyId, approvers: to, approvalId, at } = told
      const { by, ...facts } = await orderFacts(needs, tx, told)
      const named = { ...facts, by: by ?? '' }
      const path = `/approvals/${approvalId}`
      await send(needs, tx, { kind, companyId, to, facts: named, path }, at)
    }
  const asked = toApprovers('approval-asked')
  return {
    async submitted(tx, told) {
      const { companyId, requester, orderId, at } = told
      const facts = await orderFacts(needs, tx, told)
      const own = { kind: 'order-submitted', companyId, to: [requester] } as const
      await send(needs, tx, { ...own, facts, path: `/transfers/${orderId}` }, at)
      await asked(tx, told)
    },
    firstApproved: toApprovers('final-approval-asked'),
    approved: toRequester('order-approved'),
    sentBack: toRequester('order-sent-back'),
    deleted: toRequester('order-deleted'),
    failed: toRequester('order-failed'),
    recalled: toAll('order-recalled'),
    withdrawn: toAll('approval-withdrawn'),
    expired: toAll('order-expired'),
    reminder: toAll('approval-deadline-near'),
  }
}

function transferNews(needs: OrderNewsNeeds): TransferTeller {
  return {
    async tell(tx, news, told) {
      const { companyId, requester, approvers, transferId, name, receiptNumber, at } = told
      const [kind, kindEnglish] = kinds.transfers
      const requesterName = await nameOf(needs, tx, requester)
      const paymentDay = told.paymentDay.toString()
      const named = { kind, kindEnglish, name, paymentDay, requesterName, at, receiptNumber }
      const facts = { ...named, by: requesterName, reason: told.why ?? '' }
      const to = [requester, ...approvers]
      const path = `/transfers/${transferId}`
      await send(needs, tx, { kind: transferKinds[news], companyId, to, facts, path }, at)
    },
  }
}

function payeeNews(needs: OrderNewsNeeds): PayeeTeller {
  return {
    async changed(tx, { companyId, userId, userName, payeeEnd, at }) {
      const facts = { userName, at, payeeName: payeeEnd }
      const mail = { companyId, userId, template: 'payee-changed', facts } as const
      await needs.mails.queueToUserAndMasters(tx, mail, at)
    },
    async nameCheckStopped(tx, { companyId, userId, at }) {
      const facts = { userName: await nameOf(needs, tx, userId), at }
      const kind = 'payee-check-suspended'
      await send(needs, tx, { kind, companyId, to: [userId], facts, path: '/transfers/new' }, at)
    },
  }
}

const transferKinds = {
  accepted: 'transfer-accepted',
  'carried-out': 'transfer-carried-out',
  'not-executed': 'transfer-not-carried-out',
  returned: 'transfer-returned',
  cancelled: 'booking-cancelled',
} as const satisfies Record<TransferNews, MessageKind>
