/** お知らせ — what the bank tells its customers, and who has read it: the door. */
import type { LoginNotices } from '#identity/index.ts'
import { isId, newId } from '#kit/ids.ts'
import { granted, type Outcome } from '#kit/outcome.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Routes } from '#platform/http/routes.ts'
import type { NoticeHead } from './contract.ts'
import { checkedNotice, type NewNotice, type NewNoticeRefusal, type NoticeId } from './notice.ts'
import * as store from './notices-store.ts'
import { headOf, noticeRoutes, type NoticeNeeds } from './routes.ts'

export { createMessages } from './inbox.ts'
export type { MessageNeeds, Messages, NewMessage } from './inbox.ts'
export type { MessageKind } from './contract.ts'
export type { OrderFacts } from './messages.mail-orders.ja.ts'
export { createMails } from './mails.ts'
export type { MailNeeds, Mails, NewMail } from './mails.ts'
export type { MailFacts, MailTemplate } from './mails-text.ts'
export { mailsPage, type MailsPageNeeds } from './mails-page.ts'
export type { NewNotice, NewNoticeRefusal, NoticeId } from './notice.ts'
export type { NoticeNeeds } from './routes.ts'

export interface Notices {
  /** Publishes a notice. Runs as the bank. */
  publish(
    tx: Tx,
    notice: NewNotice,
    now: Temporal.Instant,
  ): Promise<Outcome<NoticeId, NewNoticeRefusal>>
  /** The newest unread ones, and how many there are (トップ: お知らせ). */
  unreadFor(
    tx: Tx,
    reader: store.Reader,
    now: Temporal.Instant,
    count: number,
  ): Promise<{ readonly list: readonly NoticeHead[]; readonly unread: number }>
  /** ログイン時お知らせ, for the chain of checks after login. */
  readonly loginNotices: LoginNotices
  readonly routes: Routes
}

export function createNotices(needs: NoticeNeeds): Notices {
  return {
    publish,
    async unreadFor(tx, reader, now, count) {
      const page = { after: null, limit: count, unreadOnly: true }
      const list = await store.listFor(tx, reader, now, page)
      return { list: list.map(headOf), unread: await store.unreadCount(tx, reader, now) }
    },
    loginNotices: {
      async pending(tx, reader, now) {
        const pending = await store.pendingAtLogin(tx, reader, now)
        return pending.map(({ id, japanese, english, important, publishedAt }) => ({
          id,
          ...japanese,
          english,
          important,
          publishedAt,
        }))
      },
      async acknowledge(tx, reader, noticeIds, now) {
        await store.markRead(tx, reader, noticeIds.filter(isId), now)
      },
    },
    routes: noticeRoutes(needs),
  }
}

const publish: Notices['publish'] = async (tx, notice, now) => {
  const outcome = checkedNotice(notice)
  if (!outcome.granted) return outcome
  const id = newId<'notice'>(now.epochMilliseconds)
  await store.insertNotice(tx, { ...outcome.value, id, createdAt: now })
  return granted(id)
}
