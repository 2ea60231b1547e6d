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
  refusals: {
    'no-such-notice': 'This notice was not found. It may no longer be published.',
  },
}
