/** 振込振替 — rows of the tables and what they are in the program. A row that cannot be is a fault. */
import type { AccountKey } from '#kit/account-number.ts'
import { parseBankAccountKey } from '#kit/bank-account.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { NameCheck } from '#kit/order-sheet.ts'
import { yen } from '#kit/yen.ts'
import type { HoldId, PostingId } from '#outside/core-banking/port.ts'
import { instant, plainDate } from '#platform/database/values.ts'
import type { TransferState } from './contract.ts'
import type {
  Accepted,
  Bearer,
  Item,
  ItemId,
  Ordered,
  OrderedItem,
  Signature,
  Source,
  Transfer,
  TransferId,
} from './transfer.ts'

export interface TransferRow {
  id: TransferId
  company_id: CompanyId
  kind: Transfer['kind']
  state: TransferState
  requester: UserId
  account_key: AccountKey
  payment_day: string
  name: string
  remitter_name: string
  memo: string
  payable: bigint
  created_at: string
  changed_at: string
  returned_reason: string | null
  returned_comment: string | null
  receipt_number: string | null
  submitted_at: string | null
  handling: Ordered['handling'] | null
  deadline: string | null
  digest: Buffer | null
  approval_id: string | null
  remitter_printed: string | null
  amount: bigint | null
  deducted: bigint | null
  bank_fee: bigint | null
  debit: bigint | null
  hold_id: string | null
  accepted_at: string | null
  due_at: string | null
  signatures: readonly Signature[] | null
  failure: string | null
  failure_facts: Readonly<Record<string, string>> | null
  ended_at: string | null
}

export interface ItemRow {
  id: ItemId
  transfer_id: TransferId
  source: Source
  payee_id: string | null
  account: string
  bank_name: string
  branch_name: string
  payee_name: string
  label: string
  name_check: NameCheck
  name_at_bank: string | null
  payable: bigint
  bearer: Bearer
  stated_fee: bigint | null
  edi: string
  is_new: boolean | null
  deducted: bigint | null
  amount: bigint | null
  bank_fee: bigint | null
  posting_id: string | null
  fee_posting_id: string | null
  delivery_id: string | null
  refund_id: string | null
  outcome: OrderedItem['outcome']
  return_reason: string | null
}

export function transferOf(row: TransferRow, items: readonly ItemRow[]): Transfer {
  return {
    ...{ id: row.id, companyId: row.company_id, kind: row.kind, state: row.state },
    ...{ requester: row.requester, accountKey: row.account_key, name: row.name, memo: row.memo },
    remitterName: row.remitter_name,
    paymentDay: plainDate(row.payment_day),
    payable: yen(row.payable),
    createdAt: instant(row.created_at),
    changedAt: instant(row.changed_at),
    items: items.map(itemOf),
    returned:
      row.returned_reason === null
        ? null
        : { reason: row.returned_reason, comment: row.returned_comment ?? '' },
    ordered: orderedOf(row),
    accepted: acceptedOf(row),
    failure: row.failure === null ? null : { reason: row.failure, facts: row.failure_facts ?? {} },
    endedAt: row.ended_at === null ? null : instant(row.ended_at),
  }
}

function orderedOf(row: TransferRow): Ordered | null {
  if (row.receipt_number === null) return null
  return {
    receiptNumber: row.receipt_number,
    submittedAt: instant(row.submitted_at!),
    handling: row.handling!,
    deadline: instant(row.deadline!),
    digest: row.digest!.toString('hex'),
    approvalId: row.approval_id,
    remitterPrinted: row.remitter_printed!,
    amount: yen(row.amount!),
    deducted: yen(row.deducted!),
    bankFee: yen(row.bank_fee!),
    debit: yen(row.debit!),
    holdId: row.hold_id as HoldId,
  }
}

function acceptedOf({ accepted_at, due_at, signatures }: TransferRow): Accepted | null {
  if (accepted_at === null) return null
  return { at: instant(accepted_at), dueAt: instant(due_at!), signatures: signatures! }
}

function itemOf(row: ItemRow): Item {
  const account = parseBankAccountKey(row.account)
  if (account === null) throw new Error(`item ${row.id} names no account: ${row.account}`)
  return {
    ...{ id: row.id, source: row.source, payeeId: row.payee_id, account, label: row.label },
    ...{ bankName: row.bank_name, branchName: row.branch_name, payeeName: row.payee_name },
    ...{ nameCheck: row.name_check, nameAtBank: row.name_at_bank, bearer: row.bearer },
    ...{ payable: yen(row.payable), edi: row.edi },
    statedFee: row.stated_fee === null ? null : yen(row.stated_fee),
    ordered:
      row.amount === null
        ? null
        : {
            ...{ isNew: row.is_new!, deducted: yen(row.deducted!), amount: yen(row.amount) },
            bankFee: yen(row.bank_fee!),
            postingId: row.posting_id as PostingId,
            feePostingId: row.fee_posting_id as PostingId,
            deliveryId: row.delivery_id!,
            refundId: row.refund_id as PostingId,
            ...{ outcome: row.outcome, returnReason: row.return_reason },
          },
  }
}
