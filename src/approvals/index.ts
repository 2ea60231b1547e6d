/** 承認 — the door of `approvals`: it knows an interface of orders, and no kind of order. */
import type { Visitor } from '#kit/visitor.ts'
import { granted } from '#kit/outcome.ts'
import type { Routes } from '#platform/http/routes.ts'
import type { Approvals } from './approvals.ts'
import { movesOf, roundsOf } from './approvals-store.ts'
import { bankOrigin } from './bank-origin.ts'
import { expireOverdue, remind } from './by-clock.ts'
import { explain } from './explaining.ts'
import { awaitingYou, isPast } from './lists.ts'
import { recallOrder } from './moves.ts'
import { defaultApprovalParameters, type ApprovalsNeeds } from './needs.ts'
import { judgePolicy } from './policy.ts'
import { savePolicy } from './policies-store.ts'
import { approvalRoutes } from './routes.ts'
import { policyOf, submit } from './submit.ts'
import { missingOf, note } from './telling.ts'

export type {
  Approvable,
  ApprovableBusiness,
  ApprovalId,
  OrderId,
  OrderOf,
  OrderSummary,
  Refused,
  ReturnedAs,
  SignedBy,
  Submission,
} from './approvable.ts'
export type {
  ApprovalPolicy,
  ApprovalRound,
  Approvals,
  ApprovalState,
  Band,
  PolicyRefusal,
  RecallRefusal,
  SubmitRefusal,
} from './approvals.ts'
export type { Explanation } from './contract.ts'
export type { ApprovalParameters, ApprovalsNeeds, LimitsOf, Teller, Told } from './needs.ts'
/** The purpose under which `signing.holds` finds the codes of approvers; subject: the approval. */
export { signingPurpose } from './approving.ts'

/** One line of 未承認の取引 on the top page. */
export interface UnapprovedLine {
  readonly id: string
  readonly state: 'awaiting-approval'
  readonly kind: { readonly ja: string; readonly en: string }
  readonly name: string
  readonly paymentDay: string
  readonly count: number
  readonly amount: string // whole yen
  readonly approvableUntil: string
  readonly path: string // the screen of 承認
}

export interface ApprovalsRoom extends Approvals {
  readonly routes: Routes
  /** What waits for this user and can still be approved, the nearest deadline first. */
  unapproved(
    visitor: Visitor,
    now: Temporal.Instant,
    count: number,
  ): Promise<{
    readonly orders: UnapprovedLine[]
    readonly total: number
    readonly counts: { readonly awaitingApproval: number; readonly drafts: number }
  }>
  /** 有効期限切れ, for a daily job. @returns how many ended */
  expireOverdue(now: Temporal.Instant): Promise<number>
  /** Reminders before the deadline, for a job of some minutes. @returns how many were sent */
  remind(now: Temporal.Instant): Promise<number>
}

export function createApprovals(given: ApprovalsNeeds): ApprovalsRoom {
  const needs = { ...given, parameters: { ...defaultApprovalParameters, ...given.parameters } }
  const { database, administration } = needs
  return {
    submit: (tx, submission, came) => submit(needs, tx, submission, came),
    explain: (tx, asked) => explain(needs, tx, asked),
    recall: (visitor, order, came) => recallOrder(needs, visitor, order, came),
    stepsOf: async (tx, order) => {
      const rounds = []
      for (const round of await roundsOf(tx, order)) {
        const { id: approvalId, submittedAt, deadline, standing } = round
        const moves = await movesOf(tx, round)
        const missing = missingOf(round)
        rounds.push({ approvalId, state: standing.state, submittedAt, deadline, moves, missing })
      }
      return rounds
    },
    policyOf: (tx, companyId, business) => policyOf(tx, { companyId, business }),
    setPolicy: async (tx, { companyId, business }, policy, now) => {
      const users = await administration.usersOf(tx, companyId)
      const known = new Set(users.map(({ id }) => id))
      const judged = judgePolicy(policy, { business, known })
      if (!judged.granted) return judged
      await savePolicy(tx, { companyId, business }, policy, now)
      const operation = 'approval-policy-change'
      const came = { now, origin: bankOrigin() }
      await note(needs, tx, came, { companyId, userId: null, operation, facts: { business } })
      return granted(undefined)
    },
    routes: approvalRoutes(needs),
    unapproved: (visitor, now, count) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const waiting = await awaitingYou(needs, tx, visitor)
        const open = waiting.filter(({ approval }) => !isPast(approval.deadline, now))
        const orders = open.slice(0, count).map(({ approval: { id, summary, deadline } }) => ({
          id,
          state: 'awaiting-approval' as const,
          ...{ kind: summary.kind, name: summary.name, count: summary.count },
          paymentDay: summary.paymentDay.toString(),
          amount: String(summary.amount),
          approvableUntil: deadline.toString(),
          path: `/approvals/${id}`,
        }))
        const total = open.length
        return { orders, total, counts: { awaitingApproval: total, drafts: 0 } }
      }),
    expireOverdue: (now) => expireOverdue(needs, now),
    remind: (now) => remind(needs, now),
  }
}
