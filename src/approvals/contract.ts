/** 承認 — what the screens may ask. */
import * as z from 'zod/mini'
import { Challenge, challengeRefusals, codeRefusals, TransactionCode } from '#kit/challenge.ts'
import { endpoint } from '#kit/endpoint.ts'
import { InBothLanguages, OrderSheet } from '#kit/order-sheet.ts'
import { rights } from '#kit/rights.ts'
import { shownStates } from './contract-states.ts'

export { shownStates } from './contract-states.ts'

const approveRights = rights.filter((right) => right.endsWith('-approve'))
const requestRights = rights.filter((right) => right.includes('-request-'))
const concerned = { anyOf: [...approveRights, ...requestRights] } as const
const approvers = { anyOf: approveRights } as const

/** Why a user may not approve, in the order in which it is checked. */
export const eligibilityRefusals = [
  'user-stopped', // 利用停止中
  'right-missing', // 承認権限なし
  'account-not-allowed', // 支払口座が利用可能口座でない
  'requester-himself', // 別ユーザ承認必須
  'token-missing', // トークン未登録
  'token-shared', // 依頼者・ほかの承認者と同じトークン
  'over-approver-limit', // 承認者の一回当たりの限度額を超える
  'already-approved', // 承認済み
  'not-named', // この取引の承認者でない
  'not-your-turn', // 順序あり: an earlier step is missing
] as const
export const EligibilityRefusal = z.enum(eligibilityRefusals)
export type EligibilityRefusal = z.infer<typeof EligibilityRefusal>

const Person = z.object({ userId: z.string(), name: z.string() })

/** It explains itself: who must, in which order, who may not and why. */
export const Explanation = z.object({
  /** 承認なし・シングル・ダブル(順序なし)・ダブル(順序あり)・グループ, in words. */
  method: InBothLanguages,
  turn: z.enum(['in-turn', 'any-order']),
  steps: z.array(
    z.object({
      says: InBothLanguages, // e.g. 「部長」グループ3名のうち2名
      need: z.int(),
      done: z.array(z.object({ ...Person.shape, at: z.iso.datetime() })),
      /** Named, or of the group. For `named: true` before 確定: everybody who may be named. */
      candidates: z.array(Person),
      named: z.boolean(),
      mayActNow: z.boolean(),
    }),
  ),
  mayNot: z.array(z.object({ ...Person.shape, why: EligibilityRefusal, says: InBothLanguages })),
  /** One sentence for the reader: 「鈴木 次郎さんの承認を待っています。」 */
  says: InBothLanguages,
  /** Why the reader may not approve it now; null: may, or the order is not awaiting. */
  you: z.nullable(z.object({ why: EligibilityRefusal, says: InBothLanguages })),
})
export type Explanation = z.infer<typeof Explanation>

export const ApprovalLine = z.object({
  id: z.string(),
  orderId: z.string(),
  state: z.enum(shownStates),
  business: z.string(),
  kind: InBothLanguages, // 取引種別
  name: z.string(), // 取引名
  paymentDay: z.iso.date(), // 指定日
  accountKey: z.string(), // 支払口座
  accountName: z.string(), // 本店営業部 普通 1234567, without the kind's word: see account
  count: z.int(), // 件数
  amount: z.string(), // 合計金額
  newPayees: z.int(),
  requester: Person, // 依頼者
  approvers: z.array(Person), // named, or members of the groups
  submittedAt: z.iso.datetime(),
  deadline: z.iso.datetime(), // 承認期限
  deadlineNear: z.boolean(), // 期限間近
  deadlinePassed: z.boolean(), // 期限切れ
  waitsFor: InBothLanguages, // whose approval is missing
  path: z.string(),
})
export type ApprovalLine = z.infer<typeof ApprovalLine>

const states = z.enum(shownStates)
const Id = z.object({ id: z.string().check(z.maxLength(36)) })
const comment = z.string().check(z.maxLength(120))

const moveRefusals = {
  'approval-unknown': 404,
  'state-changed': 409, // 取引状態が変更されています
  'not-eligible': 403, // facts: why
} as const
const passwordRefusals = {
  busy: 429,
  'confirmation-unregistered': 409,
  'confirmation-paused': 423,
  'confirmation-stopped': 423,
  'confirmation-wrong': 422,
} as const

export const contract = {
  listApprovals: endpoint({
    method: 'GET',
    path: '/api/approvals',
    summary: 'Orders that wait for this user, and this user’s own under way (承認 取引一覧)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      /** 承認待ち取引一覧, the nearest deadline first. */
      awaitingYou: z.array(ApprovalLine),
      /** 依頼中・未承認: one's own, and everybody's for who may see all. */
      underWay: z.array(ApprovalLine),
      /** 承認済み that may still be withdrawn (承認取消). */
      withdrawable: z.array(ApprovalLine),
    }),
    refusals: {},
  }),
  countApprovals: endpoint({
    method: 'GET',
    path: '/api/approvals/count',
    summary: 'How many wait for this user (承認待ち件数)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    out: z.object({ awaitingYou: z.int() }),
    refusals: {},
  }),
  showApproval: endpoint({
    method: 'GET',
    path: '/api/approvals/:id',
    summary: 'One order with its explanation and its moves (承認 内容確認)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    params: Id,
    out: z.object({
      line: ApprovalLine,
      sheet: OrderSheet,
      explanation: Explanation,
      moves: z.array(
        z.object({
          move: z.string(), // approvals.ts, ApprovalMove
          by: z.nullable(Person),
          at: z.iso.datetime(),
          comment: z.string(),
        }),
      ),
      digest: z.string(), // 照合値: SHA-256, 64 hexadecimal digits
      may: z.object({
        approve: z.boolean(),
        sendBack: z.boolean(),
        delete: z.boolean(),
        recall: z.boolean(),
        withdraw: z.boolean(),
      }),
    }),
    refusals: { 'approval-unknown': 404 },
  }),
  showLimits: endpoint({
    method: 'GET',
    path: '/api/approvals/:id/limits',
    summary: 'The limits this order counts against, and what is used of them (限度額表示)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    params: Id,
    out: z.object({
      day: z.iso.date(),
      lines: z.array(
        z.object({
          level: z.enum(['user', 'account', 'company', 'contract']),
          limited: z.string(), // administration: LimitedBusiness
          limit: z.string(),
          used: z.string(), // 当日累計, this order included
        }),
      ),
    }),
    refusals: { 'approval-unknown': 404 },
  }),
  beginApproval: endpoint({
    method: 'POST',
    path: '/api/approvals/:id/signature',
    summary: 'The 2D code for an approval (トランザクション認証)',
    who: approvers,
    repeat: 'harmless',
    pace: 'write',
    params: Id,
    body: z.object({ digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
    out: Challenge,
    refusals: { ...moveRefusals, 'digest-differs': 409, ...challengeRefusals },
  }),
  approve: endpoint({
    method: 'POST',
    path: '/api/approvals/:id/approvals',
    summary: 'Approves an order (承認実行)',
    who: approvers,
    repeat: 'idempotency-key',
    pace: 'secret',
    params: Id,
    body: z.object({
      digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)), // of what was shown
      comment,
      confirmationPassword: z.string().check(z.maxLength(64)), // 確認用パスワード
      challengeId: z.string().check(z.maxLength(36)),
      transactionCode: TransactionCode, // トランザクション認証番号
    }),
    out: z.object({
      /** `failed`: a check failed at the approval, facts in `why`; the order is エラー. */
      state: states,
      says: InBothLanguages, // 承認済み, 最終承認待ち …
      why: z.nullable(z.object({ reason: z.string(), says: InBothLanguages })),
    }),
    refusals: {
      ...moveRefusals,
      'deadline-passed': 409,
      'digest-differs': 409, // 内容が変更されています
      ...passwordRefusals,
      ...codeRefusals,
    },
  }),
  sendBack: endpoint({
    method: 'POST',
    path: '/api/approvals/:id/sending-back',
    summary: 'Sends an order back to its requester (差戻し)',
    who: approvers,
    repeat: 'idempotency-key',
    pace: 'write',
    params: Id,
    body: z.object({ comment }),
    out: z.object({ state: states }),
    refusals: { ...moveRefusals, 'comment-missing': 422 },
  }),
  deleteOrder: endpoint({
    method: 'POST',
    path: '/api/approvals/:id/deletion',
    summary: 'Deletes an order that awaits approval (削除)',
    who: approvers,
    repeat: 'idempotency-key',
    pace: 'write',
    params: Id,
    body: z.object({ comment }),
    out: z.object({ state: states }),
    refusals: moveRefusals,
  }),
  recallOrder: endpoint({
    method: 'POST',
    path: '/api/approvals/:id/recall',
    summary: 'Takes one’s own order back before it is approved (引戻し)',
    who: concerned,
    repeat: 'idempotency-key',
    pace: 'write',
    params: Id,
    body: z.object({ comment }),
    out: z.object({ state: states }),
    refusals: { 'approval-unknown': 404, 'not-your-order': 403, 'state-changed': 409 },
  }),
  withdrawApproval: endpoint({
    method: 'POST',
    path: '/api/approvals/:id/withdrawal',
    summary: 'Takes one’s approval back before the bank begins (承認取消)',
    who: approvers,
    repeat: 'idempotency-key',
    pace: 'secret',
    params: Id,
    body: z.object({ comment, confirmationPassword: z.string().check(z.maxLength(64)) }),
    out: z.object({ state: states }),
    refusals: { ...moveRefusals, 'already-begun': 409, ...passwordRefusals },
  }),
  showRouteForm: endpoint({
    method: 'GET',
    path: '/api/approvals/route-form',
    summary: 'What a hypothetical order may be: accounts and requesters (承認経路の確認)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      accounts: z.array(z.object({ accountKey: z.string(), branchName: z.string() })),
      requesters: z.array(Person), // oneself first
    }),
    refusals: {},
  }),
  explainApproval: endpoint({
    method: 'GET',
    path: '/api/approvals/explanation',
    summary: 'Who would have to approve a hypothetical order (承認経路の確認)',
    who: concerned,
    repeat: 'safe',
    pace: 'read',
    query: z.object({
      business: z.enum(['transfers', 'supplier-payments', 'payroll', 'direct-debits', 'local-tax']),
      amount: z.string().check(z.regex(/^\d{1,14}$/)),
      newPayee: z.enum(['yes', 'no']),
      accountKey: z.string().check(z.maxLength(40)),
      paymentDay: z.iso.date(),
      requester: z.optional(z.string().check(z.maxLength(36))), // oneself when left out
    }),
    out: z.object({ explanation: Explanation }),
    refusals: { 'account-unknown': 404, 'requester-unknown': 404 },
  }),
} as const
