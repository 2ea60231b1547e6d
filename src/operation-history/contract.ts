/** 操作履歴照会 — what the browser may ask: the choices of the form, a page of records, two files. */
import * as z from 'zod/mini'
import { endpoint } from '#kit/endpoint.ts'
import { operations, type Business, type Operation } from '#kit/operations.ts'

export const businesses = Object.keys(operations) as [Business, ...Business[]]
export const allOperations = Object.values(operations).flat() as [Operation, ...Operation[]]
export const results = ['done', 'refused'] as const
export const terminals = ['pc', 'smartphone'] as const

/** Microseconds since 1970 and sequence of the last line of the page before. */
const position = /^\d{1,17}\.\d{1,18}$/

const filters = {
  from: z.optional(z.iso.date()), // 操作日付
  to: z.optional(z.iso.date()),
  userId: z.optional(z.uuid()), // 利用者
  terminal: z.optional(z.enum(terminals)), // 操作端末
  business: z.optional(z.enum(businesses)), // 業務種別
  operation: z.optional(z.enum(allOperations)), // 操作内容
  result: z.optional(z.enum(results)), // 結果
}
const Filters = z.object(filters)
export type HistoryFilters = z.infer<typeof Filters>

export const HistoryLine = z.object({
  at: z.iso.datetime(), // 操作日時
  sequence: z.string(), // 通番, gapless within the company
  userName: z.nullable(z.string()), // 利用者名; null: no longer a user, or nobody known
  loginId: z.nullable(z.string()),
  terminal: z.enum(terminals),
  address: z.string(), // IPアドレス
  business: z.enum(businesses),
  operation: z.enum(allOperations),
  result: z.enum(results),
  reason: z.nullable(z.string()), // the refusal's name
  facts: z.record(z.string(), z.string()),
  inquiryNumber: z.string(), // お問い合わせ番号
})
export type HistoryLine = z.infer<typeof HistoryLine>

/** In the order in which they are checked. */
const refusals = {
  'period-reversed': 422,
  'period-outside-history': 422,
  'own-history-only': 403,
} as const

export const contract = {
  operationHistoryChoices: endpoint({
    method: 'GET',
    path: '/api/operation-history/choices',
    summary: 'Users and days that the history may be searched by (操作履歴照会 検索条件)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      firstDay: z.iso.date(),
      lastDay: z.iso.date(),
      /** One's own name only, without the right 全履歴照会. */
      users: z.array(z.object({ id: z.string(), name: z.string(), loginId: z.string() })),
      everybody: z.boolean(), // 全履歴照会
    }),
    refusals: {},
  }),
  searchOperationHistory: endpoint({
    method: 'GET',
    path: '/api/operation-history',
    summary: 'Records of the operation history, newest first (操作履歴照会)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    query: z.object({
      ...filters,
      limit: z.optional(z.enum(['10', '50', '100'])),
      after: z.optional(z.string().check(z.regex(position))),
    }),
    out: z.object({
      lines: z.array(HistoryLine),
      next: z.nullable(z.string()), // `after` of the next page
      inquiredAt: z.iso.datetime(), // 照会日時
    }),
    refusals,
  }),
  operationHistoryCsv: endpoint({
    method: 'GET',
    path: '/api/operation-history/csv',
    summary: 'The same records as CSV (ファイル取得)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'download',
    query: Filters,
    out: 'download',
    refusals,
  }),
  operationHistoryPdf: endpoint({
    method: 'GET',
    path: '/api/operation-history/pdf',
    summary: 'The same records as PDF (印刷)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'download',
    query: Filters,
    out: 'download',
    refusals: { ...refusals, 'too-many-lines-for-pdf': 422 },
  }),
} as const
