/** 振込振替: 内容確認, its signature, and 実行・確定. */
import * as z from 'zod/mini'
import { Challenge, challengeRefusals, codeRefusals, TransactionCode } from '#kit/challenge.ts'
import { endpoint } from '#kit/endpoint.ts'
import { InBothLanguages, OrderSheet } from '#kit/order-sheet.ts'
import { Id, passwordRefusals, Person, requesters, TransferState } from './contract-shapes.ts'

/** What is asked at 実行・確定 (internet-banking.md §6.5, a bank parameter). */
const Asked = z.object({ password: z.boolean(), token: z.boolean() })

const submitRefusals = {
  'transfer-unknown': 404,
  'not-your-order': 403,
  'state-changed': 409,
  'request-right-missing': 403,
  'draft-refused': 422,
  'digest-differs': 409, // 内容が変更されています: look again
  'duplicate-not-confirmed': 409, // the same order exists: the box must be ticked
  'over-limit': 409, // facts: level, limited, limit, used, amount
  'funds-short': 409, // 当日扱い only: facts available, debit
  'approvers-missing': 422,
  'approvers-too-many': 422,
  'approver-named-twice': 422,
  'approver-not-eligible': 422, // facts: approver, why
  'no-approver-available': 409,
} as const
export const ordering = {
  confirmTransfer: endpoint({
    method: 'GET',
    path: '/api/transfers/:id/confirmation',
    summary: 'What is about to be ordered, and what it needs (内容確認)',
    who: requesters,
    repeat: 'safe',
    pace: 'read',
    params: Id,
    out: z.object({
      sheet: OrderSheet,
      digest: z.string(), // 照合値 of what is shown; sent back with the submission
      handling: z.enum(['same-day', 'booked']),
      deadline: z.iso.datetime(), // 承認期限, or until when it can be ordered
      asks: Asked,
      /** An order like this one exists (同一取引の警告): a box must be ticked. */
      duplicates: z.array(
        z.object({ id: z.string(), receiptNumber: z.nullable(z.string()), name: z.string() }),
      ),
      /** 1日限度額 and 当日累計, this order included. */
      limits: z.array(
        z.object({
          level: z.enum(['user', 'account', 'company', 'contract']),
          limited: z.string(),
          limit: z.string(),
          used: z.string(),
          over: z.boolean(),
        }),
      ),
      balance: z.nullable(z.object({ available: z.string(), asOf: z.iso.datetime() })),
      approval: z.object({
        needed: z.boolean(),
        method: InBothLanguages,
        says: InBothLanguages, // who will have to approve
        /** One select per approver whom the requester names, with who may be chosen. */
        choose: z.array(z.object({ candidates: z.array(Person) })),
        mayNot: z.array(z.object({ ...Person.shape, says: InBothLanguages })),
      }),
    }),
    refusals: {
      'transfer-unknown': 404,
      'not-your-order': 403,
      'state-changed': 409,
      'request-right-missing': 403,
      'draft-refused': 422,
    },
  }),
  beginSubmission: endpoint({
    method: 'POST',
    path: '/api/transfers/:id/signature',
    summary: 'The 2D code for an order without approval (トランザクション認証)',
    who: requesters,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({ digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
    out: Challenge,
    refusals: {
      'transfer-unknown': 404,
      'not-your-order': 403,
      'state-changed': 409,
      'digest-differs': 409,
      ...challengeRefusals,
    },
  }),
  submitTransfer: endpoint({
    method: 'POST',
    path: '/api/transfers/:id/submission',
    summary: 'Orders it, or asks the approvers (実行・確定)',
    who: requesters,
    repeat: 'idempotency-key',
    pace: 'secret',
    params: Id,
    body: z.object({
      digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      duplicateConfirmed: z.boolean(),
      approvers: z.array(z.string().check(z.maxLength(36))).check(z.maxLength(2)),
      comment: z.string().check(z.maxLength(120)),
      confirmationPassword: z.nullable(z.string().check(z.maxLength(64))),
      challengeId: z.nullable(z.string().check(z.maxLength(36))),
      transactionCode: z.nullable(TransactionCode),
    }),
    out: z.object({
      id: z.string(),
      state: TransferState,
      stateSays: InBothLanguages,
      receiptNumber: z.string(), // 受付番号
      at: z.iso.datetime(), // 受付日時
      sheet: OrderSheet,
      waitsFor: z.nullable(InBothLanguages),
    }),
    refusals: { ...submitRefusals, ...passwordRefusals, ...codeRefusals },
  }),
} as const
