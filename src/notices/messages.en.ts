/** Notices: the sentences of the screens, in English. */
import type { ja } from './messages.ja.ts'

export const en: typeof ja = {
  list: 'Notices',
  detail: 'Notice',
  kinds: { 'login-time': 'Notice at login', notice: 'Notice', caution: 'Caution' },
  important: 'Important',
  unread: 'Unread',
  read: 'Read',
  unreadCount: ({ count }) => `${count} unread`,
  noneUnread: 'There are no unread notices.',
  none: 'There are no notices.',
  columns: { publishedAt: 'Published', kind: 'Kind', title: 'Subject', state: 'State' },
  more: 'Show more',
  backToList: 'Back to the notices',
  onlyInJapanese: 'The bank has published this notice in Japanese only.',
  messages: {
    heading: 'Messages',
    bell: ({ unread }) => (unread === 0 ? 'Messages' : `Messages, ${unread} unread`),
    close: 'Close',
    none: 'There are no messages.',
    readAll: 'Mark all as read',
    arrived: ({ says }) => `New message: ${says}`,
    says: {
      'order-submitted': (facts) => `“${facts['name']}” was submitted for approval.`,
      'approval-asked': (facts) =>
        `${facts['requesterName']} asks you to approve “${facts['name']}”.`,
      'final-approval-asked': (facts) => `“${facts['name']}” waits for its final approval.`,
      'order-approved': (facts) => `“${facts['name']}” was approved.`,
      'order-sent-back': (facts) => `“${facts['name']}” was sent back.`,
      'order-recalled': (facts) => `“${facts['name']}” was recalled.`,
      'order-deleted': (facts) => `“${facts['name']}” was deleted.`,
      'approval-withdrawn': (facts) => `The approval of “${facts['name']}” was withdrawn.`,
      'order-failed': (facts) => `“${facts['name']}” failed a check at its approval.`,
      'approval-deadline-near': (facts) => `The deadline to approve “${facts['name']}” is near.`,
      'order-expired': (facts) => `“${facts['name']}” was not approved in time.`,
      'transfer-accepted': (facts) =>
        `“${facts['name']}” was accepted (receipt number ${facts['receiptNumber']}).`,
      'transfer-carried-out': (facts) => `The booked transfer “${facts['name']}” was carried out.`,
      'transfer-not-carried-out': (facts) =>
        `“${facts['name']}” was not carried out: the balance was too low.`,
      'transfer-returned': (facts) =>
        `The payee of “${facts['name']}” could not be credited; the money was returned.`,
      'booking-cancelled': (facts) => `The booking of “${facts['name']}” was cancelled.`,
      'payee-registered': (facts) => `The payee “${facts['payeeName']}” was registered.`,
      'payee-changed': (facts) => `The payee “${facts['payeeName']}” was changed.`,
      'payee-deleted': (facts) => `The payee “${facts['payeeName']}” was deleted.`,
      'payees-by-file': () => 'Payees were registered, changed or deleted by a file.',
      'payee-check-suspended': (facts) =>
        `The check of payee accounts was suspended for ${facts['userName']}.`,
    },
  },
  refusals: {
    'no-such-notice': 'This notice was not found. It may no longer be published.',
  },
}
