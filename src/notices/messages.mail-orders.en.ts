/** Notices: the mails on orders, transfers and payees, in English. */
import { momentInJapan } from '#kit/japan-time.ts'
import type {
  OrderByFacts,
  OrderFacts,
  orderMails as ja,
  OrderUntilFacts,
  PayeeFacts,
  PersonFacts,
  ReceivedFacts,
} from './messages.mail-orders.ja.ts'

const inJapan = (at: Temporal.Instant) => `${momentInJapan(at)} (Japan time)`
const day = (isoDay: string) => isoDay.replaceAll('-', '/')
const order = ({ kindEnglish, name, paymentDay, requesterName, at }: OrderFacts) =>
  [
    ['When', inJapan(at)],
    ['Kind', kindEnglish],
    ['Name', name],
    ['Payment day', day(paymentDay)],
    ['Requested by', requesterName],
  ] as const
const by = (facts: OrderByFacts) => [...order(facts), ['Done by', facts.by ?? 'the bank']] as const
const until = (facts: OrderUntilFacts) =>
  [...order(facts), ['Approve by', inJapan(facts.deadline)]] as const
const received = (facts: ReceivedFacts) =>
  [...order(facts), ['Receipt number', facts.receiptNumber]] as const
const person = ({ userName, at }: PersonFacts) =>
  [
    ['When', inJapan(at)],
    ['User', userName],
  ] as const
const payee = (facts: PayeeFacts) => [...person(facts), ['Payee', facts.payeeName]] as const

export const orderMails: typeof ja = {
  'order-submitted': (facts) => ({
    title: 'Your order was received for approval',
    happened: 'An order was submitted, and its approvers were asked.',
    rows: until(facts),
  }),
  'approval-asked': (facts) => ({
    title: 'Your approval is asked',
    happened: 'An order waits for approval. Please look at it under "Approvals" after login.',
    rows: until(facts),
  }),
  'final-approval-asked': (facts) => ({
    title: 'Your final approval is asked',
    happened:
      'The first approval of an order was given, and the final one is asked.\n' +
      'Please look at it under "Approvals" after login.',
    rows: [...until(facts), ['First approval by', facts.by]],
  }),
  'order-approved': (facts) => ({
    title: 'An order was approved',
    happened: 'An order was approved and accepted.',
    rows: by(facts),
  }),
  'order-sent-back': (facts) => ({
    title: 'An order was sent back',
    happened: 'An order was sent back. The reason is shown after login.',
    rows: by(facts),
  }),
  'order-recalled': (facts) => ({
    title: 'An order was recalled',
    happened: 'An order was recalled by its requester. It needs no approval any more.',
    rows: by(facts),
  }),
  'order-deleted': (facts) => ({
    title: 'An order was deleted',
    happened: 'An order that was awaiting approval was deleted. It will not be carried out.',
    rows: by(facts),
  }),
  'approval-withdrawn': (facts) => ({
    title: 'An approval was withdrawn',
    happened: 'The approval of an order was withdrawn. As it is, it will not be carried out.',
    rows: by(facts),
  }),
  'order-failed': (facts) => ({
    title: 'An order failed at its approval',
    happened:
      'A check failed when the order was approved, and it was not accepted.\n' +
      'The reason is shown after login.',
    rows: by(facts),
  }),
  'approval-deadline-near': (facts) => ({
    title: 'The deadline of an approval is near',
    happened: 'An order still waits for approval. After its deadline it will not be carried out.',
    rows: until(facts),
  }),
  'order-expired': (facts) => ({
    title: 'An order has expired',
    happened: 'An order was not approved before its deadline. It will not be carried out.',
    rows: until(facts),
  }),
  'transfer-accepted': (facts) => ({
    title: 'Your transfer was accepted',
    happened: 'A transfer was accepted.',
    rows: received(facts),
  }),
  'transfer-carried-out': (facts) => ({
    title: 'A booked transfer was carried out',
    happened: 'A booked transfer was carried out.',
    rows: received(facts),
  }),
  'transfer-not-carried-out': (facts) => ({
    title: 'A transfer was not carried out',
    happened:
      facts.reason === 'insufficient-funds'
        ? 'A transfer failed, because the balance was too low. It is not tried again.'
        : 'A transfer failed and is not tried again. Please log in to see the reason.',
    rows: received(facts),
  }),
  'transfer-returned': (facts) => ({
    title: 'The money of a transfer was returned',
    happened: 'The payee could not be credited. The money was returned to the paying account.',
    rows: received(facts),
  }),
  'booking-cancelled': (facts) => ({
    title: 'A booked transfer was cancelled',
    happened: 'A booked transfer was cancelled. It will not be carried out.',
    rows: [...received(facts), by(facts).at(-1)!],
  }),
  'payee-registered': (facts) => ({
    title: 'A payee was registered',
    happened: 'A payee was registered.',
    rows: payee(facts),
  }),
  'payee-changed': (facts) => ({
    title: 'A payee was changed',
    happened: 'A registered payee was changed.',
    rows: payee(facts),
  }),
  'payee-deleted': (facts) => ({
    title: 'A payee was deleted',
    happened: 'A registered payee was deleted.',
    rows: payee(facts),
  }),
  'payees-by-file': (facts) => ({
    title: 'Payees were registered by file',
    happened: 'Payees were registered, changed or deleted by a file.',
    rows: [
      ...person(facts),
      ['Registered', String(facts.registered)],
      ['Changed', String(facts.changed)],
      ['Deleted', String(facts.deleted)],
    ],
  }),
  'payee-check-suspended': (facts) => ({
    title: 'The check of payee accounts was suspended',
    happened: 'Too many payee accounts were checked, so the check was suspended for this user.',
    rows: person(facts),
  }),
}
