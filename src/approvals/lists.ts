/** 承認 取引一覧 — what waits for a user, what is under way, and what may be withdrawn. */
import type { CompanyAccount, User } from '#administration/index.ts'
import { depositKinds } from '#kit/account-number.ts'
import type { UserId } from '#kit/ids.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { approvalsIn, type StoredApproval } from './approvals-store.ts'
import type { ApprovalLine } from './contract.ts'
import { namesOf } from './explaining.ts'
import { shownState, waitsFor } from './explanation.ts'
import type { Found } from './locking.ts'
import { approvableFor, type ApprovalsDesk } from './needs.ts'
import { mayApprove } from './people.ts'
import { candidatesOf } from './route.ts'

/** The company as the lines want it, read once for a list. */
export interface Register {
  readonly users: readonly User[]
  readonly accounts: readonly CompanyAccount[]
}

export async function registerOf(
  needs: ApprovalsDesk,
  tx: Tx,
  { companyId, userId }: Pick<Visitor, 'companyId' | 'userId'>,
): Promise<Register> {
  const users = await needs.administration.usersOf(tx, companyId)
  // All accounts of the contract: a line names the account of an order that one may see.
  const accounts = await needs.administration.accountsFor(tx, { companyId, userId, role: 'master' })
  return { users, accounts }
}

/** One's own, those one is asked to approve, and everybody's with 全取引照会 (§12 (j)). */
export function maySee({ approval, kind }: Found, { userId, rights }: Visitor): boolean {
  const { route } = approval.standing
  return (
    approval.requester === userId ||
    rights.has(kind.rights.seeAll) ||
    (rights.has(kind.rights.approve) &&
      route.steps.some((step) => candidatesOf(route, step).includes(userId)))
  )
}

export async function awaitingYou(
  needs: ApprovalsDesk,
  tx: Tx,
  visitor: Visitor,
): Promise<readonly Found[]> {
  const { companyId, userId } = visitor
  const waiting: Found[] = []
  for (const approval of await approvalsIn(tx, { companyId, state: 'awaiting' })) {
    const seen = { approval, kind: approvableFor(needs, approval.business) }
    const { route } = approval.standing
    // Most are others': told apart without a question to the database.
    if (!route.steps.some((step) => candidatesOf(route, step).includes(userId))) continue
    if ((await mayApprove(needs, tx, userId, seen)) === null) waiting.push(seen)
  }
  return waiting
}

export async function listsFor(
  needs: ApprovalsDesk,
  tx: Tx,
  { visitor, now }: { readonly visitor: Visitor; readonly now: Temporal.Instant },
) {
  const { companyId, userId } = visitor
  const register = await registerOf(needs, tx, visitor)
  const line = (seen: Found) => lineOf(needs, seen, { register, reader: userId, now })
  const founds = (approvals: readonly StoredApproval[]) =>
    approvals.map((approval) => ({ approval, kind: approvableFor(needs, approval.business) }))

  const underWay = founds(await approvalsIn(tx, { companyId, state: 'awaiting' })).filter(
    ({ approval, kind }) => approval.requester === userId || visitor.rights.has(kind.rights.seeAll),
  )
  const withdrawable: Found[] = []
  for (const seen of founds(await approvalsIn(tx, { companyId, state: 'approved' }))) {
    const gave = seen.approval.standing.marks.some((mark) => mark.userId === userId)
    if (!gave || !visitor.rights.has(seen.kind.rights.approve)) continue
    if (await seen.kind.mayWithdraw(tx, seen.approval, now)) withdrawable.push(seen)
  }
  return {
    awaitingYou: (await awaitingYou(needs, tx, visitor)).map(line),
    underWay: underWay.map(line),
    withdrawable: withdrawable.map(line),
  }
}

export function isPast(deadline: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, deadline) >= 0
}

export function lineOf(
  { parameters }: ApprovalsDesk,
  { approval, kind }: Found,
  about: { readonly register: Register; readonly reader: UserId; readonly now: Temporal.Instant },
): ApprovalLine {
  const { register, reader, now } = about
  const { id, orderId, business, summary, standing, deadline, requester } = approval
  const names = namesOf(register.users)
  const person = (userId: UserId) => ({ userId, name: names.nameOf(userId) })
  const { route } = standing
  const approvers = new Set(route.steps.flatMap((step) => candidatesOf(route, step)))
  const waits = standing.state === 'awaiting'
  const passed = waits && isPast(deadline, now)
  const from = deadline.subtract({ hours: parameters.remindHours })
  return {
    ...{ id, orderId, business, state: shownState(standing) },
    ...{ kind: summary.kind, name: summary.name, paymentDay: summary.paymentDay.toString() },
    accountKey: summary.accountKey,
    accountName: accountName(register.accounts, summary.accountKey),
    ...{ count: summary.count, amount: String(summary.amount), newPayees: summary.newPayees },
    requester: person(requester),
    approvers: [...approvers].map(person),
    submittedAt: approval.submittedAt.toString(),
    deadline: deadline.toString(),
    deadlineNear: waits && !passed && isPast(from, now),
    deadlinePassed: passed,
    waitsFor: waitsFor(standing, names, reader),
    path: kind.pathOf(orderId),
  }
}

function accountName(accounts: readonly CompanyAccount[], key: string): string {
  const found = accounts.find((one) => one.key === key)
  if (found === undefined) return key
  const { kind, number } = found.account
  return `${found.branchName} ${depositKinds[kind].japanese} ${number}`
}
