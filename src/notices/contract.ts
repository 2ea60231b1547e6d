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

/** What a message within the counter (通知) tells; a mail of the same name tells it by mail. */
export const messageKinds = [
  'order-submitted', // 確定依頼受付
  'approval-asked', // 承認依頼
  'final-approval-asked', // 最終承認依頼
  'order-approved', // 承認済み
  'order-sent-back', // 差戻し
  'order-recalled', // 引戻し
  'order-deleted', // 削除
  'approval-withdrawn', // 承認取消
  'order-failed', // エラー
  'approval-deadline-near', // 承認期限間近
  'order-expired', // 承認期限切れ
  'transfer-accepted', // 振込振替受付
  'transfer-carried-out', // 予約の実行
  'transfer-not-carried-out', // 不成立 (残高不足)
  'transfer-returned', // 資金返却
  'booking-cancelled', // 予約取消
  'payee-registered', // 受取人登録
  'payee-changed', // 受取人変更
  'payee-deleted', // 受取人削除
  'payees-by-file', // ファイルによる受取人登録
  'payee-check-suspended', // 入金先口座確認停止
] as const
export type MessageKind = (typeof messageKinds)[number]

export const Message = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  path: z.string(),
  at: z.iso.datetime(),
  read: z.boolean(), // 既読
})
export type Message = z.infer<typeof Message>

export const messageContract = {
  listMessages: endpoint({
    method: 'GET',
    path: '/api/messages',
    summary: 'The latest 30 messages to this user, and how many are unread (通知)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({ messages: z.array(Message), unread: z.int() }),
    refusals: {},
  }),
  readMessages: endpoint({
    method: 'POST',
    path: '/api/messages/read',
    summary: 'Marks messages as read (通知の既読)',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'write',
    body: z.object({ ids: z.array(z.uuid()).check(z.maxLength(50)) }),
    out: z.object({ unread: z.int() }),
    refusals: {},
  }),
  /** Events: `message` with id and kind, and `ended` when the session is over. */
  streamMessages: endpoint({
    method: 'GET',
    path: '/api/messages/stream',
    summary: 'Tells of new messages as they come (通知の配信)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: 'events',
    refusals: {},
  }),
} as const
