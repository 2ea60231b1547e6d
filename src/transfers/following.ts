/** 取引状況照会 — where an order stands, every step with who and when, and what is still missing. */
import type { CompanyAccount, User } from '#administration/index.ts'
import type { UserId } from '#kit/ids.ts'
import type { InBothLanguages, OrderSheet } from '#kit/order-sheet.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Out } from '#kit/endpoint.ts'
import type { contract } from './contract.ts'
import { stepsOf } from './lists-store.ts'
import { isUuid } from './ids.ts'
import type { TransfersNeeds } from './needs.ts'
import { sheetOfDraft, sheetOfOrdered } from './sheet.ts'
import { isEditable, type Transfer } from './transfer.ts'
import * as store from './transfers-store.ts'
import { inBoth, stateSays, stepSays } from './words.ts'

export type TransferLine = Out<(typeof contract)['listTransfers']>['transfers'][number]
type Detail = Out<(typeof contract)['showTransfer']>

/** Who and what is named in lists: read once for a page of them. */
export interface Names {
  readonly users: ReadonlyMap<UserId, User>
  readonly accounts: ReadonlyMap<string, CompanyAccount>
}

export async function namesFor(
  { administration }: Pick<TransfersNeeds, 'administration'>,
  tx: Tx,
  { companyId, userId }: Pick<Visitor, 'companyId' | 'userId'>,
): Promise<Names> {
  const users = await administration.usersOf(tx, companyId)
  // Names of all accounts: an order may be of one that the reader cannot use himself.
  const accounts = await administration.accountsFor(tx, { companyId, userId, role: 'master' })
  return {
    users: new Map(users.map((user) => [user.id, user])),
    accounts: new Map(accounts.map((account) => [account.key, account])),
  }
}

/** Without 全取引照会, one sees what one made or may approve (internet-banking.md §8.2). */
export function maySee(
  { userId, rights }: Pick<Visitor, 'userId' | 'rights'>,
  { requester, state }: Pick<Transfer, 'requester' | 'state'>,
): boolean {
  if (requester === userId || rights.has('transfers-see-all')) return true
  return rights.has('transfers-approve') && !isEditable(state)
}

interface Seen {
  readonly transfer: Transfer
  readonly visitor: Visitor
  readonly names: Names
  readonly now: Temporal.Instant
}

export async function lineOf(
  needs: Pick<TransfersNeeds, 'approvals'>,
  tx: Tx,
  { transfer, visitor, names, now }: Seen,
): Promise<TransferLine> {
  const { id, state, kind, name, paymentDay, items, payable, requester, ordered } = transfer
  const [first] = items
  const count = items.length
  const missing = await missingOf(needs, tx, transfer)
  const waitsFor = missing === null ? null : waitsForSays(missing, names)
  const person = { userId: requester, name: names.users.get(requester)?.name ?? '' }
  return {
    ...{ id, state, kind, name, count, requester: person, waitsFor },
    stateSays: stateSays(transfer),
    receiptNumber: ordered?.receiptNumber ?? null,
    paymentDay: paymentDay.toString(),
    account: accountOut(transfer, names),
    payable: String(payable),
    debit: ordered === null ? null : String(ordered.debit),
    payees: payeesText(first?.label || first?.payeeName || '', count),
    changedAt: transfer.changedAt.toString(),
    deadline: state === 'awaiting-approval' ? ordered!.deadline.toString() : null,
    may: mayDo(transfer, visitor, now),
  }
}

function payeesText(name: string, count: number): string {
  return count > 1 ? inBoth(({ more }) => more({ name, count: String(count - 1) })).ja : name
}

export function accountOut(
  { accountKey }: Pick<Transfer, 'accountKey'>,
  { accounts }: Pick<Names, 'accounts'>,
): TransferLine['account'] {
  const found = accounts.get(accountKey)
  if (found === undefined) throw new Error(`no account of the contract: ${accountKey}`)
  const { account, branchName, holderKana, memo } = found
  return { accountKey, ...account, branchName, holderKana, memo }
}

/** 予約取消: until the day itself begins, and not once the bank is at it. */
export function mayCancel(
  { state, ordered, paymentDay }: Pick<Transfer, 'state' | 'ordered' | 'paymentDay'>,
  now: Temporal.Instant,
): boolean {
  if (state !== 'accepted' || ordered?.handling !== 'booked') return false
  const dayBegins = paymentDay.toZonedDateTime('Asia/Tokyo').toInstant()
  return Temporal.Instant.compare(now, dayBegins) < 0
}

function mayDo(transfer: Transfer, visitor: Visitor, now: Temporal.Instant): TransferLine['may'] {
  const own = transfer.requester === visitor.userId
  const { rights } = visitor
  const requests = rights.has('transfers-request-any') || rights.has('transfers-request-registered')
  const editable = own && requests && isEditable(transfer.state)
  return {
    edit: editable,
    delete: editable,
    recall: own && requests && transfer.state === 'awaiting-approval',
    cancel: own && requests && mayCancel(transfer, now),
    copy: requests,
  }
}

type Missing = readonly { readonly need: number; readonly from: readonly UserId[] }[]

async function missingOf(
  { approvals }: Pick<TransfersNeeds, 'approvals'>,
  tx: Tx,
  { state, companyId, id: orderId }: Transfer,
): Promise<Missing | null> {
  if (state !== 'awaiting-approval') return null
  const rounds = await approvals.stepsOf(tx, { companyId, orderId })
  return rounds.at(-1)?.missing ?? null
}

function waitsForSays(missing: Missing, { users }: Names): InBothLanguages {
  const name = (id: UserId) => users.get(id)?.name ?? ''
  const said = (between: string, some: (need: number) => string) =>
    missing
      .map(({ need, from }) =>
        need === from.length
          ? from.map(name).join(between)
          : `${from.map(name).join(between)}${some(need)}`,
      )
      .join(' → ')
  return {
    ja: inBoth(({ waitsFor }) => waitsFor({ names: said('・', (need) => `のうち${need}名`) })).ja,
    en: inBoth(({ waitsFor }) => waitsFor({ names: said(', ', (need) => ` (${need} of them)`) }))
      .en,
  }
}

export async function sheetFor(
  transfer: Transfer,
  { users, accounts }: Names,
): Promise<OrderSheet> {
  const facts = {
    account: accounts.get(transfer.accountKey) ?? null,
    requesterName: users.get(transfer.requester)?.name ?? '',
  }
  return transfer.ordered === null ? sheetOfDraft(transfer, facts) : sheetOfOrdered(transfer, facts)
}

export async function detailOf(
  needs: Pick<TransfersNeeds, 'approvals'>,
  tx: Tx,
  seen: Seen,
): Promise<Detail> {
  const { transfer, names } = seen
  const { companyId, id } = transfer
  const own = await stepsOf(tx, { companyId, id })
  const rounds = await needs.approvals.stepsOf(tx, { companyId, orderId: id })
  const person = (userId: UserId | null) =>
    userId === null ? null : { userId, name: names.users.get(userId)?.name ?? '' }
  const approvals = rounds.flatMap(({ moves }) =>
    moves
      .filter(({ move }) => move === 'approve')
      .map(({ by, at, comment }) => ({
        ...{ at, by: person(by), comment },
        says: inBoth(({ steps }) => steps.approvedBy),
      })),
  )
  const steps = own.map(({ at, by, step, facts, comment }) => ({
    ...{ at, by: person(by), comment, says: stepSays(step, facts) },
  }))
  const all = [...steps, ...approvals].toSorted((one, other) =>
    Temporal.Instant.compare(one.at, other.at),
  )
  return {
    line: await lineOf(needs, tx, seen),
    sheet: await sheetFor(transfer, names),
    steps: all.map((step) => ({ ...step, at: step.at.toString() })),
    approvalId: rounds.at(-1)?.approvalId ?? null,
  }
}

/** The order, if this visitor may see it. */
export async function visible(tx: Tx, visitor: Visitor, id: string): Promise<Transfer | null> {
  if (!isUuid(id)) return null
  const of = { companyId: visitor.companyId, id: id as Transfer['id'] }
  const transfer = await store.transferById(tx, of)
  return transfer !== null && maySee(visitor, transfer) ? transfer : null
}
