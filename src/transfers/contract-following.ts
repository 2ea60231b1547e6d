/** 振込振替: 取引状況照会, 引戻し, 予約取消, and the order on paper. */
import * as z from 'zod/mini'
import { endpoint } from '#kit/endpoint.ts'
import { InBothLanguages, OrderSheet } from '#kit/order-sheet.ts'
import {
  concerned,
  Id,
  passwordRefusals,
  Person,
  requesters,
  TransferLine,
  TransferState,
} from './contract-shapes.ts'

export const following = {
  listTransfers: endpoint({
    method: 'GET',
    path: '/api/transfers',
    summary: 'Orders and where they stand (取引状況照会・取消, 作成中振込データ)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    query: z.object({
      /** `editable`: 作成中 of one's own; `all`: 取引状況照会. */
      show: z.enum(['editable', 'recallable', 'all']),
      states: z.optional(z.array(TransferState)),
      from: z.optional(z.iso.date()), // 指定日
      to: z.optional(z.iso.date()),
      accountKey: z.optional(z.string().check(z.maxLength(40))),
      text: z.optional(z.string().check(z.maxLength(60))), // 受付番号, 取引名, 受取人名
      after: z.optional(z.string().check(z.maxLength(200))),
    }),
    out: z.object({
      transfers: z.array(TransferLine),
      next: z.nullable(z.string()),
      daysShown: z.int(), // 照会期間
    }),
    refusals: {},
  }),
  showTransfer: endpoint({
    method: 'GET',
    path: '/api/transfers/:id',
    summary: 'One order: its content, and every step with who and when (取引状況詳細)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    params: Id,
    out: z.object({
      line: TransferLine,
      sheet: OrderSheet,
      /** Oldest first. */
      steps: z.array(
        z.object({
          at: z.iso.datetime(),
          by: z.nullable(Person), // null: the bank
          says: InBothLanguages,
          comment: z.string(),
        }),
      ),
      approvalId: z.nullable(z.string()), // the screen of 承認 that shows it
    }),
    refusals: { 'transfer-unknown': 404 },
  }),
  recallTransfer: endpoint({
    method: 'POST',
    path: '/api/transfers/:id/recall',
    summary: 'Takes an order back before it is approved (引戻し)',
    who: requesters,
    repeat: 'idempotency-key',
    pace: 'write',
    params: Id,
    body: z.object({}),
    out: z.object({ state: TransferState }),
    refusals: { 'transfer-unknown': 404, 'not-your-order': 403, 'state-changed': 409 },
  }),
  cancelTransfer: endpoint({
    method: 'POST',
    path: '/api/transfers/:id/cancellation',
    summary: 'Cancels a booked transfer before its day (予約取消)',
    who: requesters,
    repeat: 'idempotency-key',
    pace: 'secret',
    params: Id,
    body: z.object({ confirmationPassword: z.string().check(z.maxLength(64)) }),
    out: z.object({ state: TransferState }),
    refusals: {
      'transfer-unknown': 404,
      'not-your-order': 403,
      'state-changed': 409,
      'day-has-begun': 409,
      ...passwordRefusals,
    },
  }),
  printTransfer: endpoint({
    method: 'GET',
    path: '/api/transfers/:id/print',
    summary: 'The order on paper (依頼の写し, PDF)',
    who: concerned,
    repeat: 'safe',
    pace: 'download',
    params: Id,
    out: 'download',
    refusals: { 'transfer-unknown': 404 },
  }),
} as const
