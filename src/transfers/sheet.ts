/** 依頼内容 — an order on one sheet: of a plan before 確定, of what is stored after it. */
import { parseAccountKey } from '#kit/account-number.ts'
import type { CompanyAccount } from '#administration/index.ts'
import type { OrderSheet, SheetFact, SheetItem } from '#kit/order-sheet.ts'
import type { Plan } from './plan.ts'
import type { Item, Transfer } from './transfer.ts'
import { inBoth, reasonSays } from './words.ts'

export interface SheetFacts {
  readonly account: Pick<CompanyAccount, 'branchName' | 'key'> | null
  readonly requesterName: string
}

interface Figures {
  readonly isNew: boolean
  readonly deducted: bigint
  readonly amount: bigint
  readonly bankFee: bigint
}

export function sheetOfPlan(plan: Plan, facts: SheetFacts): OrderSheet {
  const { transfer, items, totals, handling, remitterPrinted } = plan
  const figures = items.map(({ isNew, quote }) => ({ isNew, ...quote }))
  return {
    ...commonOf(transfer, facts, { handling, remitterPrinted }),
    items: items.map(({ item }, at) => itemOf(item, figures[at]!)),
    totals: totalsOf(transfer, totals),
    warnings: warningsOf(items.map(({ item, isNew }) => ({ item, isNew }))),
  }
}

/** @throws for an order that was never submitted */
export function sheetOfOrdered(transfer: Transfer, facts: SheetFacts): OrderSheet {
  const { ordered, items } = transfer
  if (ordered === null) throw new Error(`${transfer.id} has not been submitted`)
  return {
    ...commonOf(transfer, facts, ordered),
    items: items.map((item) => itemOf(item, item.ordered!)),
    totals: totalsOf(transfer, ordered),
    warnings: warningsOf(items.map((item) => ({ item, isNew: item.ordered!.isNew }))),
  }
}

/** A draft is shown as far as it is known: without fees. */
export function sheetOfDraft(transfer: Transfer, facts: SheetFacts): OrderSheet {
  const none = { isNew: false, deducted: 0n, bankFee: 0n }
  const { payable } = transfer
  return {
    ...commonOf(transfer, facts, { handling: null, remitterPrinted: transfer.remitterName }),
    items: transfer.items.map((item) => itemOf(item, { ...none, amount: item.payable })),
    totals: totalsOf(transfer, { ...none, amount: payable, debit: payable }),
    warnings: warningsOf(transfer.items.map((item) => ({ item, isNew: false }))),
  }
}

function commonOf(
  { kind, name, accountKey, paymentDay, memo, ordered }: Transfer,
  { account, requesterName }: SheetFacts,
  printed: {
    readonly handling: 'same-day' | 'booked' | null
    readonly remitterPrinted: string
  },
): Pick<OrderSheet, 'kind' | 'name' | 'facts'> {
  const number = parseAccountKey(accountKey)!
  const facts: SheetFact[] = []
  const add = (
    label: Parameters<typeof inBoth>[0],
    value: string | ReturnType<typeof inBoth>,
    as: SheetFact['as'] = 'text',
  ) => {
    if (value === '') return
    const both = typeof value === 'string' ? { ja: value, en: value } : value
    facts.push({ label: inBoth(label), as, value: both })
  }
  if (ordered !== null) add(({ sheet }) => sheet.receiptNumber, ordered.receiptNumber)
  add(
    ({ sheet }) => sheet.account,
    inBoth(({ sheet }) =>
      sheet.accountText({
        branchName: account?.branchName ?? '',
        branchCode: number.branchCode,
        kind: sheet.depositKinds[number.kind],
        number: number.number,
      }),
    ),
  )
  add(({ sheet }) => sheet.paymentDay, paymentDay.toString(), 'day')
  const { handling } = printed
  if (handling !== null) {
    add(
      ({ sheet }) => sheet.handling,
      inBoth(({ sheet }) => sheet.handlings[handling]),
    )
  }
  if (kind === 'transfer') add(({ sheet }) => sheet.remitter, printed.remitterPrinted)
  add(({ sheet }) => sheet.requester, requesterName)
  if (ordered !== null) {
    add(({ sheet }) => sheet.submittedAt, ordered.submittedAt.toString(), 'moment')
  }
  add(({ sheet }) => sheet.memo, memo)
  return { kind: inBoth(({ kinds }) => kinds[kind]), name, facts }
}

function itemOf(item: Item, { isNew, deducted, amount, bankFee }: Figures): SheetItem {
  const { account, ordered } = item
  return {
    ...{ payeeName: item.payeeName, label: item.label, nameCheck: item.nameCheck, isNew },
    bank: `${item.bankName} (${account.bankCode})`,
    branch: `${item.branchName} (${account.branchCode})`,
    ...{ accountKind: account.kind, accountNumber: account.number },
    ...{ payable: String(item.payable), deductedFee: String(deducted) },
    ...{ amount: String(amount), bankFee: String(bankFee) },
    ediInformation: item.edi === '' ? null : item.edi,
    nameAtBank: item.nameAtBank,
    outcome: outcomeOf(ordered),
  }
}

function outcomeOf(ordered: Item['ordered']): SheetItem['outcome'] {
  const outcome = ordered?.outcome ?? null
  if (outcome === null) return null
  if (outcome !== 'returned') return inBoth(({ outcomes }) => outcomes[outcome])
  const says = reasonSays(ordered!.returnReason!)
  return {
    ja: inBoth(({ outcomes }) => outcomes.returned({ says: says.ja })).ja,
    en: inBoth(({ outcomes }) => outcomes.returned({ says: says.en })).en,
  }
}

function totalsOf(
  { items, payable }: Transfer,
  totals: {
    readonly deducted: bigint
    readonly amount: bigint
    readonly bankFee: bigint
    readonly debit: bigint
  },
): OrderSheet['totals'] {
  const { deducted, amount, bankFee, debit } = totals
  return {
    count: items.length,
    ...{ payable: String(payable), deductedFee: String(deducted), amount: String(amount) },
    ...{ bankFee: String(bankFee), debit: String(debit) },
  }
}

function warningsOf(
  items: readonly { readonly item: Item; readonly isNew: boolean }[],
): OrderSheet['warnings'] {
  return items.flatMap(({ item: { payeeName: payee, nameCheck, nameAtBank }, isNew }) => {
    const facts = { payee, bank: nameAtBank ?? '' }
    return [
      ...(nameCheck === 'differs' ? [inBoth(({ warnings }) => warnings.differs(facts))] : []),
      ...(nameCheck === 'no-answer'
        ? [inBoth(({ warnings }) => warnings['no-answer'](facts))]
        : []),
      ...(isNew ? [inBoth(({ warnings }) => warnings.isNew(facts))] : []),
    ]
  })
}
