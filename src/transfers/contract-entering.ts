/** 振込振替: what a transfer may be, and drafts until they are ordered. */
import * as z from 'zod/mini'
import { endpoint } from '#kit/endpoint.ts'
import { InBothLanguages } from '#kit/order-sheet.ts'
import {
  Account,
  BankAccount,
  bearers,
  destinationSources,
  Draft,
  Id,
  requesters,
  TransferState,
} from './contract-shapes.ts'

/** At which fields a draft is refused; `path` is e.g. `items.0.account.number`. */
const draftRefusals = {
  'transfer-unknown': 404,
  'state-changed': 409,
  'not-your-order': 403,
  'request-right-missing': 403, // 依頼(都度指定) or 依頼(事前登録), 当日扱い
  'draft-refused': 422, // errors: what is wrong at which field
} as const

export const entering = {
  showTransferForm: endpoint({
    method: 'GET',
    path: '/api/transfers/form',
    summary: 'What a new transfer may be: accounts, days, fees (振込データの新規作成)',
    who: requesters,
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      accounts: z.array(Account), // 支払口座, the main one first
      today: z.iso.date(),
      /** 指定日: the days that can be chosen, today included where 当日扱い is still open. */
      days: z.array(
        z.object({
          day: z.iso.date(),
          handling: z.enum(['same-day', 'booked']), // 当日扱い・予約扱い
          until: z.iso.datetime(), // the cut-off for submission and approval
        }),
      ),
      /** Why today cannot be chosen; null: it can. */
      sameDayClosed: z.nullable(z.enum(['right-missing', 'closed-day', 'cut-off-passed'])),
      moreTime: z.boolean(), // モアタイム: today after the core time, for banks that take part
      coreTime: z.object({ from: z.string(), to: z.string() }),
      itemsMax: z.int(),
      sources: z.array(z.enum(destinationSources)), // which of them this user may use
      bankCode: z.string(), // our own
      nameCheckUsed: z.boolean(), // 口座確認機能 利用する
      approval: z.object({ needed: z.boolean(), method: InBothLanguages }),
    }),
    refusals: {},
  }),
  listDestinations: endpoint({
    method: 'GET',
    path: '/api/transfers/destinations',
    summary: 'Payees to choose from: registered, by group, filed, recent (振込先口座指定方法選択)',
    who: requesters,
    repeat: 'safe',
    pace: 'read',
    query: z.object({
      source: z.enum(['payee', 'filed', 'recent', 'other-business']),
      text: z.optional(z.string().check(z.maxLength(60))),
      group: z.optional(z.string().check(z.maxLength(40))),
      after: z.optional(z.string().check(z.maxLength(200))),
    }),
    out: z.object({
      destinations: z.array(
        z.object({
          payeeId: z.nullable(z.string()),
          source: z.enum(destinationSources),
          account: BankAccount,
          bankName: z.string(),
          branchName: z.string(),
          payeeName: z.string(), // half-width
          label: z.string(),
          number: z.nullable(z.string()), // 受取人番号
          groups: z.array(z.string()),
          bearer: z.enum(bearers),
          statedFee: z.nullable(z.string()),
          amount: z.nullable(z.string()), // 登録支払金額, or what was paid last
          ediInformation: z.string(),
          lastPaid: z.nullable(z.object({ day: z.iso.date(), amount: z.string() })),
        }),
      ),
      groups: z.array(z.object({ name: z.string(), count: z.int() })),
      next: z.nullable(z.string()),
    }),
    refusals: {},
  }),
  checkPayeeName: endpoint({
    method: 'POST',
    path: '/api/transfers/name-check',
    summary: 'Whose account it is, as its bank says (口座確認)',
    who: requesters,
    repeat: 'harmless',
    pace: 'write',
    body: z.object({ account: BankAccount }),
    out: z.object({
      bankName: z.string(),
      branchName: z.string(),
      answer: z.enum(['holder', 'no-such-account', 'no-answer', 'stopped', 'not-used']),
      holderKana: z.nullable(z.string()),
    }),
    refusals: { 'bank-unknown': 404, 'branch-unknown': 404 },
  }),
  saveTransfer: endpoint({
    method: 'POST',
    path: '/api/transfers',
    summary: 'Stores a new draft (一時保存, and the step before 内容確認)',
    who: requesters,
    repeat: 'idempotency-key',
    pace: 'write',
    body: Draft,
    out: z.object({ id: z.string() }),
    refusals: draftRefusals,
  }),
  changeTransfer: endpoint({
    method: 'PUT',
    path: '/api/transfers/:id',
    summary: 'Changes a draft (作成中振込データの修正)',
    who: requesters,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: Draft,
    out: z.object({ id: z.string() }),
    refusals: draftRefusals,
  }),
  deleteTransfer: endpoint({
    method: 'DELETE',
    path: '/api/transfers/:id',
    summary: 'Deletes a draft (作成中振込データの削除)',
    who: requesters,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    out: 'nothing',
    refusals: { 'transfer-unknown': 404, 'not-your-order': 403, 'state-changed': 409 },
  }),
  showDraft: endpoint({
    method: 'GET',
    path: '/api/transfers/:id/draft',
    summary: 'A draft as it was entered, to go on with it (修正)',
    who: requesters,
    repeat: 'safe',
    pace: 'read',
    params: Id,
    out: z.object({
      id: z.string(),
      state: TransferState,
      draft: Draft,
      returned: z.nullable(z.object({ says: InBothLanguages, comment: z.string() })),
    }),
    refusals: { 'transfer-unknown': 404, 'not-your-order': 403, 'state-changed': 409 },
  }),
  copyTransfer: endpoint({
    method: 'POST',
    path: '/api/transfers/:id/copy',
    summary: 'A new draft from an earlier order (過去の振込データからの作成)',
    who: requesters,
    repeat: 'idempotency-key',
    pace: 'write',
    params: Id,
    body: z.object({}),
    out: z.object({ id: z.string(), leftOut: z.int() }), // items whose payee is no longer there
    refusals: { 'transfer-unknown': 404, 'request-right-missing': 403, 'nothing-to-copy': 409 },
  }),
} as const
