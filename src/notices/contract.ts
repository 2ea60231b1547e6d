/** お知らせ — what the browser may ask: the list, one notice (which is then read), the count. */
import * as z from 'zod/mini'
import { endpoint } from '#kit/endpoint.ts'

export const noticeKinds = ['login-time', 'notice', 'caution'] as const // ログイン時お知らせ・お知らせ・注意喚起
export type NoticeKind = (typeof noticeKinds)[number]

/** A text of the bank. English is there when the bank wrote it; else the Japanese is shown. */
const NoticeText = z.object({
  title: z.string(), // 件名
  paragraphs: z.array(z.string()), // 本文: plain text, one entry per paragraph
})
export type NoticeText = z.infer<typeof NoticeText>

export const NoticeHead = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  important: z.boolean(), // 重要
  title: z.string(),
  englishTitle: z.nullable(z.string()),
  publishedAt: z.iso.datetime(), // 掲載日時
  read: z.boolean(), // 既読
})
export type NoticeHead = z.infer<typeof NoticeHead>

export const Notice = z.object({
  ...NoticeHead.shape,
  japanese: NoticeText,
  english: z.nullable(NoticeText),
})
export type Notice = z.infer<typeof Notice>

/** Where the page before ended: u(nread) or r(ead), microseconds since 1970, id. */
const position = /^[ur]\.\d{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const contract = {
  /** 未読 first, and the newest first within each; twenty to a page. */
  listNotices: endpoint({
    method: 'GET',
    path: '/api/notices',
    summary: 'Notices for this user, unread first (お知らせ一覧)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    query: z.object({ after: z.optional(z.string().check(z.regex(position))) }),
    out: z.object({
      notices: z.array(NoticeHead),
      unread: z.int(), // 未読件数, over all pages
      next: z.nullable(z.string()), // `after` of the next page
    }),
    refusals: {},
  }),
  countUnreadNotices: endpoint({
    method: 'GET',
    path: '/api/notices/unread',
    summary: 'Number of unread notices (未読件数)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({ unread: z.int() }),
    refusals: {},
  }),
  /** Opening a notice is one call, so that none is shown without being marked as read. */
  readNotice: endpoint({
    method: 'PUT',
    path: '/api/notices/:id/reading',
    summary: 'Opens one notice and marks it as read (お知らせ詳細、既読)',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'read',
    params: z.object({ id: z.uuid() }),
    out: Notice,
    refusals: { 'no-such-notice': 404 },
  }),
} as const
