/**
 * 振込振替 — an order, its states, and which may follow which (internet-banking.md §6.3, §6.4).
 *
 *   draft ──確定──▶ awaiting-approval ──最終承認──▶ accepted ──▶ executing ──▶ sent ──▶ completed
 *     ▲                │ 引戻し 差戻し エラー           │ 予約取消      │ 残高不足    ├─▶ partly-returned
 *     └── recalled, sent-back, withdrawn, failed ◀┘ 承認取消          ▼            └─▶ returned
 *                                                  cancelled   not-executed
 *
 * A row is moved by compare-and-set from a state that this table allows; the loser of a race reads
 * 「取引状態が変更されています」.
 */
import type { AccountKey } from '#kit/account-number.ts'
import type { BankAccount } from '#kit/bank-account.ts'
import type { CompanyId, Id, UserId } from '#kit/ids.ts'
import type { NameCheck } from '#kit/order-sheet.ts'
import type { HoldId, PostingId } from '#outside/core-banking/port.ts'
import type { Yen } from '#kit/yen.ts'
import type { OrderId } from '#approvals/index.ts'
import type { bearers, destinationSources, TransferState } from './contract.ts'

export type TransferId = OrderId
export type ItemId = Id<'transfer-item'>
export type Source = (typeof destinationSources)[number]
export type Bearer = (typeof bearers)[number]

export const editableStates = [
  'draft', // 保存中
  'recalled', // 引戻済み
  'sent-back', // 差戻済み
  'withdrawn', // 承認取消済み
  'failed', // エラー
] as const satisfies readonly TransferState[]

/** Money may still move, or has moved and is not yet accounted for. */
export const movingStates = [
  'accepted',
  'executing',
  'sent',
] as const satisfies readonly TransferState[]

const submitted = ['awaiting-approval', 'accepted'] as const

/** Every state and those that may follow it. */
export const following: Readonly<Record<TransferState, readonly TransferState[]>> = {
  draft: [...submitted, 'deleted', 'expired'],
  recalled: [...submitted, 'deleted', 'expired'],
  'sent-back': [...submitted, 'deleted', 'expired'],
  withdrawn: [...submitted, 'deleted', 'expired'],
  failed: [...submitted, 'deleted', 'expired'],
  'awaiting-approval': ['accepted', 'recalled', 'sent-back', 'failed', 'deleted', 'expired'],
  accepted: ['executing', 'cancelled', 'withdrawn', 'not-executed'],
  executing: ['sent', 'completed', 'not-executed'],
  sent: ['completed', 'partly-returned', 'returned'],
  completed: [],
  'partly-returned': [],
  returned: [],
  'not-executed': [],
  cancelled: [],
  deleted: [],
  expired: [],
}

export function mayFollow(from: TransferState, to: TransferState): boolean {
  return following[from].includes(to)
}

export function isEditable(state: TransferState): boolean {
  return (editableStates as readonly TransferState[]).includes(state)
}

export interface Item {
  readonly id: ItemId
  readonly source: Source
  readonly payeeId: string | null
  readonly account: BankAccount
  readonly bankName: string
  readonly branchName: string
  readonly payeeName: string // 受取人名, half-width
  readonly label: string // 登録名
  readonly nameCheck: NameCheck
  readonly nameAtBank: string | null
  readonly payable: Yen // 支払金額
  readonly bearer: Bearer
  readonly statedFee: Yen | null
  readonly edi: string // EDI情報; empty: none
  /** Null until 確定. */
  readonly ordered: OrderedItem | null
}

/** What 確定 fixes. */
export interface OrderedItem {
  readonly isNew: boolean // 新規の受取人
  readonly deducted: Yen // 先方負担手数料
  readonly amount: Yen // 振込金額
  readonly bankFee: Yen // 振込手数料
  readonly postingId: PostingId
  readonly feePostingId: PostingId
  readonly deliveryId: string
  readonly refundId: PostingId
  readonly outcome: 'waiting' | 'credited' | 'returned' | null
  readonly returnReason: string | null
}

export interface Transfer {
  readonly id: TransferId
  readonly companyId: CompanyId
  readonly kind: 'transfer' | 'own-transfer'
  readonly state: TransferState
  readonly requester: UserId
  readonly accountKey: AccountKey
  readonly paymentDay: Temporal.PlainDate
  readonly name: string
  readonly remitterName: string // as entered; empty: the account's
  readonly memo: string
  readonly payable: Yen
  readonly createdAt: Temporal.Instant
  readonly changedAt: Temporal.Instant
  readonly items: readonly Item[]
  readonly returned: { readonly reason: string; readonly comment: string } | null
  readonly ordered: Ordered | null
  readonly accepted: Accepted | null
  readonly failure: {
    readonly reason: string
    readonly facts: Readonly<Record<string, string>>
  } | null
  readonly endedAt: Temporal.Instant | null
}

/** What 確定 fixes. */
export interface Ordered {
  readonly receiptNumber: string // 受付番号
  readonly submittedAt: Temporal.Instant
  readonly handling: 'same-day' | 'booked'
  readonly deadline: Temporal.Instant
  readonly digest: string // 64 hexadecimal digits
  readonly approvalId: string | null
  readonly remitterPrinted: string
  readonly amount: Yen
  readonly deducted: Yen
  readonly bankFee: Yen
  readonly debit: Yen
  readonly holdId: HoldId
}

export interface Accepted {
  readonly at: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly signatures: readonly Signature[]
}

/** A code that was used for this order; compared again at execution. */
export interface Signature {
  readonly purpose: string
  readonly subjectId: string
  readonly challengeId: string
}

/** What an order counts against: 事前登録 and 都度指定 each have a limit of their own. */
export function limitedAmounts(
  transfer: Pick<Transfer, 'kind' | 'items' | 'payable'>,
): ReadonlyMap<'transfers' | 'transfers-registered' | 'transfers-any', Yen> {
  const sum = (filed: boolean) =>
    transfer.items
      .filter(({ source }) => (source === 'filed') === filed)
      .reduce((all, { payable }) => all + payable, 0n) as Yen
  const amounts = new Map([['transfers' as const, transfer.payable]] as [
    'transfers' | 'transfers-registered' | 'transfers-any',
    Yen,
  ][])
  if (transfer.kind === 'own-transfer') return amounts // 振替 stays in the house
  if (sum(true) > 0n) amounts.set('transfers-registered', sum(true))
  if (sum(false) > 0n) amounts.set('transfers-any', sum(false))
  return amounts
}
