/**
 * 内容確認 — an order as it would be carried out: fees, totals, who is new, and its 照合値. Made for
 * the confirmation and again, under the row's lock, for 確定: what was shown and what is ordered
 * are compared by their digest (design §5.5).
 */
import { createHash } from 'node:crypto'
import { parseAccountKey } from '#kit/account-number.ts'
import { bankAccountKey } from '#kit/bank-account.ts'
import { canonicalJson } from '#kit/canonical-json.ts'
import type { FeeAsked, FeeQuote, FeeRefusal } from '#fees/index.ts'
import { granted, type Outcome } from '#kit/outcome.ts'
import { yen, type Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Air } from './air.ts'
import type { Draft } from './contract.ts'
import { readDraft, type Fault, type ReadDraft } from './draft.ts'
import { draftFacts, type Requester } from './draft-facts.ts'
import { paidBefore } from './names-store.ts'
import type { TransfersNeeds } from './needs.ts'
import type { Item, Transfer } from './transfer.ts'
import { deadlineOf, dueAt, handlingOf } from './windows.ts'

export interface PlannedItem {
  readonly item: Item
  readonly isNew: boolean
  readonly quote: FeeQuote
}

export interface Plan {
  readonly transfer: Transfer
  readonly items: readonly PlannedItem[]
  readonly handling: 'same-day' | 'booked'
  readonly deadline: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly remitterPrinted: string
  readonly totals: {
    readonly deducted: Yen
    readonly amount: Yen
    readonly bankFee: Yen
    readonly debit: Yen
  }
  readonly canonical: string
  readonly digest: string
}

export type PlanOutcome =
  | { readonly granted: true; readonly value: Plan }
  | { readonly granted: false; readonly faults: readonly Fault[] }

type Needs = Pick<TransfersNeeds, 'administration' | 'directory' | 'payees' | 'parameters' | 'fees'>

export async function planOf(
  needs: Needs,
  tx: Tx,
  { transfer, requester, air }: { transfer: Transfer; requester: Requester; air: Air },
): Promise<PlanOutcome> {
  const draft = draftOf(transfer)
  const facts = await draftFacts(needs, tx, { draft, requester, air })
  const read = readDraft(draft, facts)
  if (!read.granted) return read

  const { companyId, paymentDay: day } = transfer
  const quotes = await quotesFor(needs, tx, transfer)
  const faults = [
    ...renamedOf(transfer, read.value),
    ...quotes.flatMap((quote, at) => (quote.granted ? [] : [{ ...feeFault[quote.reason], at }])),
  ].map(({ at, field, code }) => ({ path: `items.${at}${field}`, code }))
  if (faults.length > 0) return { granted: false, faults }

  const accounts = transfer.items.map(({ account }) => bankAccountKey(account))
  const paid = await paidBefore(tx, { companyId, accounts })
  const items = transfer.items.map((item, at) => {
    const quote = quotes[at]! as { readonly value: FeeQuote }
    // What the other bank said since the draft was stored is shown, never hidden.
    const { nameCheck, nameAtBank } = read.value.items[at]!
    const isNew = transfer.kind === 'transfer' && !paid.has(accounts[at]!)
    return { item: { ...item, nameCheck, nameAtBank }, isNew, quote: quote.value }
  })
  const holder = facts.accounts.get(transfer.accountKey)!.holderKana
  const remitterPrinted = read.value.remitterName === '' ? holder : read.value.remitterName
  const window = { air, day, window: needs.parameters.window, bankCodes: banksOf(transfer) }
  const content = { transfer, items, remitterPrinted }
  const canonical = canonicalOf(content)
  return {
    granted: true,
    value: {
      ...content,
      handling: handlingOf(window),
      deadline: deadlineOf(window),
      dueAt: dueAt(window),
      totals: totalsOf(items),
      canonical,
      digest: digestOf(canonical),
    },
  }
}

/** A payee whose registered name is another one by now is entered again, under that name. */
function renamedOf({ items }: Transfer, read: ReadDraft) {
  return items.flatMap(({ payeeId, payeeName }, at) =>
    payeeId === null || read.items[at]!.payeeName === payeeName
      ? []
      : [{ at, field: '', code: 'payee-changed' as const }],
  )
}

/** The draft as it would be entered again. */
export function draftOf(transfer: Transfer): Draft {
  const { kind, accountKey, paymentDay, name, remitterName, memo, items } = transfer
  return {
    ...{ kind, accountKey, name, remitterName, memo, paymentDay: paymentDay.toString() },
    items: items.map((one) => ({
      ...{ source: one.source, payeeId: one.payeeId, account: one.account, bearer: one.bearer },
      ...{ payeeName: one.payeeName, nameCheck: one.nameCheck, ediInformation: one.edi },
      payable: String(one.payable),
      statedFee: one.statedFee === null ? null : String(one.statedFee),
    })),
  }
}

export function banksOf({ items }: Pick<Transfer, 'items'>): readonly string[] {
  return [...new Set(items.map(({ account }) => account.bankCode))]
}

/** 振替 is free of charge (internet-banking.md §4.3). */
async function quotesFor(
  { fees, parameters }: Pick<Needs, 'fees' | 'parameters'>,
  tx: Tx,
  transfer: Transfer,
): Promise<readonly Outcome<FeeQuote, FeeRefusal>[]> {
  const { kind, companyId, paymentDay: day, items } = transfer
  if (kind === 'own-transfer') {
    const none = { deducted: yen(0), bankFee: yen(0), difference: 0n }
    return items.map(({ payable }) => granted({ ...none, amount: payable, debit: payable }))
  }
  const asked = items.map((item) => feeAsked(item, transfer, parameters.bankCode))
  return fees.quote(tx, { companyId, service: 'transfers', day, items: asked })
}

/** 同一店・本支店・他行 */
function feeAsked(
  { account, payable, bearer, statedFee }: Item,
  { accountKey }: Transfer,
  bankCode: string,
): FeeAsked {
  const branch = parseAccountKey(accountKey)?.branchCode
  const own = account.bankCode === bankCode
  const cls = !own ? 'other-bank' : account.branchCode === branch ? 'same-branch' : 'same-bank'
  if (bearer === 'payer') return { payable, class: cls, bearer: { by: 'payer' } }
  const fee = bearer === 'payee-table' ? ('table' as const) : statedFee!
  return { payable, class: cls, bearer: { by: 'payee', fee } }
}

const feeFault = {
  'amount-not-positive': { field: '.payable', code: 'amount-not-positive' },
  'stated-fee-too-large': { field: '.statedFee', code: 'stated-fee-too-large' },
  'nothing-left-to-transfer': { field: '.payable', code: 'nothing-left-to-transfer' },
} as const satisfies Record<FeeRefusal, object>

function totalsOf(items: readonly PlannedItem[]): Plan['totals'] {
  const sum = (of: (quote: FeeQuote) => bigint) =>
    yen(items.reduce((all, { quote }) => all + of(quote), 0n))
  return {
    deducted: sum(({ deducted }) => deducted),
    amount: sum(({ amount }) => amount),
    bankFee: sum(({ bankFee }) => bankFee),
    debit: sum(({ debit }) => debit),
  }
}

/** Everything that is approved and signed: who pays whom, what, when, and what it costs. */
function canonicalOf({
  transfer,
  items,
  remitterPrinted,
}: Pick<Plan, 'transfer' | 'items' | 'remitterPrinted'>): string {
  return canonicalJson({
    ...heading(transfer),
    remitterPrinted,
    items: items.map(({ item, quote }) => itemText(item, quote)),
  })
}

function heading({ id, companyId, kind, requester, accountKey, paymentDay, name, memo }: Transfer) {
  const day = paymentDay.toString()
  return { id, companyId, kind, requester, accountKey, paymentDay: day, name, memo }
}

function itemText(item: Item, fees: Pick<FeeQuote, 'deducted' | 'amount' | 'bankFee'>) {
  return {
    account: bankAccountKey(item.account),
    payeeName: item.payeeName,
    edi: item.edi,
    payable: String(item.payable),
    deducted: String(fees.deducted),
    amount: String(fees.amount),
    bankFee: String(fees.bankFee),
  }
}

/** The same text from what 確定 has stored, for approval and execution. @throws for a draft */
export function canonicalOfOrdered(transfer: Transfer): string {
  const { ordered } = transfer
  if (ordered === null) throw new Error(`${transfer.id} has not been submitted`)
  return canonicalJson({
    ...heading(transfer),
    remitterPrinted: ordered.remitterPrinted,
    items: transfer.items.map((item) => itemText(item, item.ordered!)),
  })
}

export function digestOf(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex')
}
