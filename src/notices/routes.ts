/** お知らせ — what the browser may ask. Opening a notice marks it as read. */
import type { OperationHistory } from '#operation-history/index.ts'
import type { Database } from '#platform/database/database.ts'
import { refuse, routes, type Routes } from '#platform/http/routes.ts'
import { contract, type NoticeHead } from './contract.ts'
import * as store from './notices-store.ts'
import type { Position, VisibleNotice } from './notices-store.ts'

export interface NoticeNeeds {
  readonly database: Pick<Database, 'asCompany'>
  readonly operationHistory: Pick<OperationHistory, 'record'>
}

const pageSize = 20

export function noticeRoutes({ database, operationHistory }: NoticeNeeds): Routes {
  return routes(contract, {
    listNotices: ({ input, visitor, now }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const { after } = input.query
        const found = await store.listFor(tx, visitor, now, {
          after: after === undefined ? null : readPosition(after),
          limit: pageSize + 1, // one more tells whether there is a next page
        })
        const shown = found.slice(0, pageSize)
        return {
          notices: shown.map(headOf),
          unread: await store.unreadCount(tx, visitor, now),
          next: found.length > shown.length ? positionText(shown.at(-1)!) : null,
        }
      }),

    countUnreadNotices: ({ visitor, now }) =>
      database.asCompany(visitor.companyId, async (tx) => ({
        unread: await store.unreadCount(tx, visitor, now),
      })),

    readNotice: ({ input, visitor, now, origin }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const notice = await store.noticeFor(tx, visitor, input.params.id, now)
        if (notice === null) return refuse('no-such-notice')

        if ((await store.markRead(tx, visitor, [notice.id], now)) > 0) {
          const { companyId, userId } = visitor
          const facts = { title: notice.japanese.title }
          const done = { operation: 'notice-read', result: 'done', facts } as const
          await operationHistory.record(tx, { at: now, companyId, userId, origin, ...done })
        }
        const { japanese, english } = notice
        return { ...headOf(notice), read: true, japanese, english }
      }),
  })
}

export function headOf(notice: VisibleNotice): NoticeHead {
  const { id, kind, important, japanese, english, publishedAt, read } = notice
  return {
    id,
    kind,
    important,
    title: japanese.title,
    englishTitle: english?.title ?? null,
    publishedAt: publishedAt.toString(),
    read,
  }
}

function positionText({ read, publishedAt, id }: VisibleNotice): string {
  return `${read ? 'r' : 'u'}.${publishedAt.epochNanoseconds / 1_000n}.${id}`
}

/** @param text checked by the contract */
function readPosition(text: string): Position {
  const [mark, microseconds, id] = text.split('.') as [string, string, string]
  const publishedAt = new Temporal.Instant(BigInt(microseconds) * 1_000n)
  return { read: mark === 'r', publishedAt, id }
}
