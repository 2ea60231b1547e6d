/** The top page: its sentences in English. */
import type { ja } from './messages.ja.ts'

export const en: typeof ja = {
  title: 'Top page',
  logins: {
    heading: 'Your last three logins',
    advice: 'If you do not recognise one of these logins, please contact your branch.',
    present: 'this one',
    none: 'No login has been recorded yet.',
  },
  operations: {
    heading: 'Recent operations',
    count: ({ count }) => `Last ${count} operations`,
    columns: { at: 'Time', says: 'Operation', result: 'Result' },
    results: { done: 'Done', refused: 'Refused' },
    none: 'No operation has been recorded yet.',
    all: 'To the operation history',
  },
  unapproved: {
    heading: 'Unapproved orders',
    states: { 'awaiting-approval': 'Awaiting approval', draft: 'Draft' },
    columns: {
      state: 'State',
      kind: 'Kind',
      name: 'Name',
      paymentDay: 'Payment day',
      count: 'Items',
      amount: 'Total',
      approvableUntil: 'Approve by',
    },
    stateCount: ({ state, count }) => `${state}: ${count}`,
    none: 'There are no unapproved orders.',
    more: ({ count }) => `${count} more`,
  },
  notices: {
    heading: 'Notices',
    unread: ({ count }) => `${count} unread`,
    unreadBadge: 'Unread',
    importantBadge: 'Important',
    none: 'There are no unread notices.',
    all: 'To all notices',
  },
  certificate: {
    heading: 'Validity of your certificate',
    until: ({ at }) => `Valid until ${at}.`,
    daysLeft: ({ days }) =>
      days <= 0 ? 'Today is its last day.' : `${days} ${days === 1 ? 'day' : 'days'} left.`,
    advice: 'After that you cannot log in with it. Please renew it soon.',
    renew: 'Renew',
  },
  balances: {
    heading: 'Balances',
    current: 'Balance',
    available: 'Available',
    asOf: ({ at }) => `as of ${at}`,
    representative: 'Main account',
    unknownAccount: 'The balance of this account cannot be shown. Please contact your branch.',
    none: 'There is no account that you may see.',
    toInquiry: 'To the balance inquiry',
    toStatement: 'To the statement',
  },
  untold: 'This cannot be shown at the moment. Please reload the page in a little while.',
}
