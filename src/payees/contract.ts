/**
 * 振込先 — what the screens may ask: enter (a proposal is stored), confirm with the 2D code, done;
 * lists, groups, files. Which business is meant is told; the right of that business is asked.
 */
import * as z from 'zod/mini'
import { Challenge, challengeRefusals, codeRefusals, TransactionCode } from '#kit/challenge.ts'
import { endpoint } from '#kit/endpoint.ts'
import { NameCheck } from '#kit/order-sheet.ts'
import {
  who,
  Business,
  Id,
  short,
  Typed,
  Content,
  Shown,
  Group,
  Digest,
  RowFault,
  rightFirst,
  one,
  proposalFirst,
  changed,
  payeeFormats,
  encodings,
} from './contract-shapes.ts'

export { encodings, payeeFormats } from './contract-shapes.ts'
export type { Business, Typed, Content, Shown, Group, RowFault } from './contract-shapes.ts'

export const contract = {
  listPayees: endpoint({
    method: 'GET',
    path: '/api/payees',
    summary: 'Registered or filed payees, by 登録名 (振込先一覧)',
    who,
    repeat: 'safe',
    pace: 'read',
    query: z.object({
      business: Business,
      filed: z.optional(z.enum(['true'])),
      deleted: z.optional(z.enum(['true'])), // what can still be brought back
      text: z.optional(z.string().check(z.maxLength(60))),
      group: z.optional(z.string().check(z.maxLength(30))),
      after: z.optional(z.string().check(z.maxLength(400))),
    }),
    out: z.object({
      payees: z.array(Shown),
      next: z.nullable(z.string()),
      count: z.int(), // of all, whatever was searched
      countMax: z.int(),
      undoHours: z.int(),
    }),
    refusals: rightFirst,
  }),
  showPayee: endpoint({
    method: 'GET',
    path: '/api/payees/:id',
    summary: 'One payee (振込先照会)',
    who,
    repeat: 'safe',
    pace: 'read',
    params: Id,
    out: z.object({ business: Business, payee: Shown }),
    refusals: { 'payee-unknown': 404, ...rightFirst },
  }),
  proposePayee: endpoint({
    method: 'POST',
    path: '/api/payees/proposals',
    summary: 'Enters or changes a payee; the other bank is asked for the name (口座確認)',
    who,
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({
      business: Business,
      payeeId: z.nullable(z.string().check(z.maxLength(36))), // null: a new one
      typed: Typed,
    }),
    out: z.object({
      id: z.string(),
      payee: Content,
      before: z.nullable(Content),
      nameCheck: NameCheck,
      nameAtBank: z.nullable(z.string()),
      stopped: z.boolean(), // 入金先口座確認停止
      /** The same account is registered already: a warning. */
      duplicates: z.array(z.object({ id: z.string(), label: z.string(), nameKana: z.string() })),
    }),
    refusals: {
      ...rightFirst,
      'payee-unknown': 404,
      'filed-by-bank': 403,
      'fields-refused': 422, // errors: field and code
      'no-such-account': 422, // 該当口座なし
      'name-needed': 422, // the other bank did not answer: typed by hand
      'too-many-payees': 409, // facts: max
      'too-many-groups': 409,
    },
  }),
  beginPayeeSignature: endpoint({
    method: 'POST',
    path: '/api/payees/proposals/:id/signature',
    summary: 'The 2D code for what was entered (トランザクション認証)',
    who,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({}),
    out: Challenge,
    refusals: { ...proposalFirst, 'payee-changed': 409, ...challengeRefusals },
  }),
  completePayees: endpoint({
    method: 'POST',
    path: '/api/payees/proposals/:id/completion',
    summary: 'Registers what was signed (登録)',
    who,
    repeat: 'harmless',
    pace: 'secret',
    params: Id,
    body: z.object({
      challengeId: z.string().check(z.maxLength(36)),
      transactionCode: TransactionCode,
    }),
    out: z.object({
      kind: z.enum(['registration', 'change', 'import']),
      count: z.int(),
      payeeId: z.nullable(z.string()),
      at: z.iso.datetime(),
    }),
    refusals: { ...proposalFirst, ...codeRefusals, ...changed },
  }),
  deletePayee: endpoint({
    method: 'POST',
    path: '/api/payees/:id/deletion',
    summary: 'Deletes a payee; it can be brought back for a while (削除)',
    who,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({}),
    out: 'nothing',
    refusals: one,
  }),
  restorePayee: endpoint({
    method: 'POST',
    path: '/api/payees/:id/restoration',
    summary: 'Brings a deleted payee back (元に戻す)',
    who,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({}),
    out: 'nothing',
    refusals: { ...one, 'too-many-payees': 409 },
  }),
  listPayeeGroups: endpoint({
    method: 'GET',
    path: '/api/payees/groups',
    summary: 'Groups with the number of their payees (グループ一覧)',
    who,
    repeat: 'safe',
    pace: 'read',
    query: z.object({ business: Business }),
    out: z.object({ groups: z.array(Group) }),
    refusals: rightFirst,
  }),
  makePayeeGroup: endpoint({
    method: 'POST',
    path: '/api/payees/groups',
    summary: 'Makes a group (グループ登録)',
    who,
    repeat: 'idempotency-key',
    pace: 'write',
    body: z.object({ business: Business, name: short() }),
    out: Group,
    refusals: {
      ...rightFirst,
      'group-malformed': 422,
      'group-exists': 409,
      'too-many-groups': 409,
    },
  }),
  renamePayeeGroup: endpoint({
    method: 'POST',
    path: '/api/payees/groups/:id/name',
    summary: 'Renames a group (グループ名変更)',
    who,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({ name: short() }),
    out: 'nothing',
    refusals: {
      'group-unknown': 404,
      ...rightFirst,
      'group-malformed': 422,
      'group-exists': 409,
    },
  }),
  deletePayeeGroup: endpoint({
    method: 'POST',
    path: '/api/payees/groups/:id/deletion',
    summary: 'Deletes a group; its payees stay (グループ削除)',
    who,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({}),
    out: 'nothing',
    refusals: { 'group-unknown': 404, ...rightFirst },
  }),
  changePayeeGroupMembers: endpoint({
    method: 'POST',
    path: '/api/payees/groups/:id/members',
    summary: 'Puts payees into a group and takes others out (所属の変更)',
    who,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({
      add: z.array(z.string().check(z.maxLength(36))).check(z.maxLength(500)),
      remove: z.array(z.string().check(z.maxLength(36))).check(z.maxLength(500)),
    }),
    out: 'nothing',
    refusals: { 'group-unknown': 404, ...rightFirst, 'payee-unknown': 404 },
  }),
  putPayeeFilePiece: endpoint({
    method: 'POST',
    path: '/api/payees/uploads/:id/pieces',
    summary: 'One piece of a file on its way (ファイル登録)',
    who,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({
      place: z.int().check(z.minimum(0), z.maximum(199)),
      bytes: z.string().check(z.maxLength(200_000), z.regex(/^[A-Za-z0-9+/]+={0,2}$/)), // base64
    }),
    out: 'nothing',
    refusals: { 'upload-malformed': 422 },
  }),
  proposePayeeFile: endpoint({
    method: 'POST',
    path: '/api/payees/imports',
    summary: 'Reads the uploaded file and shows what it would do (ファイル登録の確認)',
    who,
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({
      business: Business,
      uploadId: z.string().check(z.maxLength(36)),
      pieces: z.int().check(z.minimum(1), z.maximum(200)),
      format: z.enum(payeeFormats),
      mode: z.enum(['add', 'replace']), // 追加登録, 一括登録
      fileName: z.string().check(z.maxLength(200)),
    }),
    out: z.object({
      id: z.nullable(z.string()), // null: with faults nothing can be registered
      count: z.int(),
      faults: z.array(RowFault), // the first 200
      faultCount: z.int(),
      first: z.array(Content), // 先頭20件
      digest: Digest,
      groupsNew: z.array(z.string()),
      duplicates: z.int(), // accounts that are registered already
      replaced: z.int(), // 一括登録: how many are deleted
    }),
    refusals: {
      ...rightFirst,
      'upload-incomplete': 409,
      'file-empty': 422,
      'file-unreadable': 422, // neither UTF-8 nor Shift_JIS, or not 120 bytes a record
      'heading-wrong': 422,
      'too-many-payees': 409, // facts: max, count
      'too-many-groups': 409,
    },
  }),
  downloadPayees: endpoint({
    method: 'GET',
    path: '/api/payees/file',
    summary: 'All payees as a file (振込先ファイル取得)',
    who,
    repeat: 'safe',
    pace: 'download',
    query: z.object({
      business: Business,
      format: z.enum(payeeFormats),
      encoding: z.enum(encodings),
    }),
    out: 'download',
    refusals: rightFirst,
  }),
} as const

export type PayeeRefusal = {
  [Name in keyof typeof contract]: keyof (typeof contract)[Name]['refusals']
}[keyof typeof contract]
