/** 入力内容 — what stands in the form, the draft that it becomes, and the way back. */
import { bankAccountKey, type BankAccount } from '#kit/bank-account.ts'
import type { Out } from '#kit/endpoint.ts'
import { dayText, yenText } from '#ui/format.ts'
import { readDay } from '#ui/reading.ts'
import type { contract, Draft, DraftItem } from '../contract.ts'
import { isReadFault, readPayable } from './amount-typing.ts'

export type Form = Out<(typeof contract)['showTransferForm']>
export type Destination = Out<(typeof contract)['listDestinations']>['destinations'][number]

/** One destination as it stands in the form: texts, as they were typed. */
export interface TypedItem {
  readonly id: string // of its place on the screen
  readonly source: DraftItem['source']
  readonly payeeId: string | null
  readonly account: BankAccount
  readonly bankName: string // empty: not known to the form
  readonly branchName: string
  readonly payeeName: string
  readonly label: string
  readonly nameCheck: DraftItem['nameCheck']
  readonly payable: string
  readonly bearer: DraftItem['bearer']
  readonly statedFee: string
  readonly ediInformation: string
}

export interface Typed {
  readonly kind: Draft['kind']
  readonly accountKey: string
  readonly day: string
  readonly name: string
  readonly remitterName: string
  readonly memo: string
  /** Of both kinds: who changes the kind and back finds what was entered. */
  readonly items: readonly TypedItem[]
}

export function firstTyped(form: Form): Typed {
  return {
    kind: form.sources.some((source) => source !== 'own') ? 'transfer' : 'own-transfer',
    accountKey: form.accounts[0]?.accountKey ?? '',
    day: form.days[0] === undefined ? '' : dayText(form.days[0].day),
    name: '',
    remitterName: '',
    memo: '',
    items: [],
  }
}

export function itemsOf({ kind, items }: Typed): readonly TypedItem[] {
  return items.filter(({ source }) => (source === 'own') === (kind === 'own-transfer'))
}

let made = 0
const newId = () => `destination-${(made += 1)}`

/** A destination of the server's lists, as one item more. */
export function itemFrom(chosen: Destination): TypedItem {
  return {
    id: newId(),
    source: chosen.source,
    payeeId: chosen.payeeId,
    account: chosen.account,
    bankName: chosen.bankName,
    branchName: chosen.branchName,
    payeeName: chosen.payeeName,
    label: chosen.label,
    nameCheck: 'not-asked',
    payable: chosen.amount === null || chosen.amount === '0' ? '' : yenText(chosen.amount),
    bearer: chosen.bearer,
    statedFee: chosen.statedFee === null ? '' : yenText(chosen.statedFee),
    ediInformation: chosen.ediInformation,
  }
}

type Entered = Pick<
  TypedItem,
  'source' | 'account' | 'bankName' | 'branchName' | 'payeeName' | 'nameCheck'
>

/** 新規に入力, or one's own account. */
export function enteredItem(entered: Entered): TypedItem {
  return {
    ...entered,
    ...{ id: newId(), payeeId: null, label: '', payable: '', statedFee: '' },
    ...{ bearer: 'payer', ediInformation: '' },
  }
}

export function typedFrom(draft: Draft): Typed {
  return {
    kind: draft.kind,
    accountKey: draft.accountKey,
    day: dayText(draft.paymentDay),
    name: draft.name,
    remitterName: draft.remitterName,
    memo: draft.memo,
    items: draft.items.map((item) => ({
      ...item,
      ...{ id: newId(), bankName: '', branchName: '', label: '' },
      payable: yenText(item.payable),
      statedFee: item.statedFee === null ? '' : yenText(item.statedFee),
    })),
  }
}

export function holds(typed: Typed, account: BankAccount): boolean {
  const key = bankAccountKey(account)
  return itemsOf(typed).some((item) => bankAccountKey(item.account) === key)
}

/** A fault at a field; codes of the contract's `draftFaults` and those of reading. */
export interface FieldFault {
  readonly path: string
  readonly code: string
}

/** What stops the texts from becoming a draft. Whether it can be ordered is judged by the bank. */
export function unreadableIn(typed: Typed): readonly FieldFault[] {
  const faults: FieldFault[] = []
  if (typed.accountKey === '') faults.push({ path: 'accountKey', code: 'account-missing' })
  if (readDay(typed.day) === null) faults.push({ path: 'paymentDay', code: 'day-unreadable' })
  const items = itemsOf(typed)
  if (items.length === 0) faults.push({ path: 'items', code: 'items-missing' })
  for (const [at, item] of items.entries()) {
    const payable = readPayable(item.payable)
    if (isReadFault(payable)) {
      faults.push({ path: `items.${at}.payable`, code: `amount-${payable}` })
    }
    if (item.bearer !== 'payee-stated') continue
    const fee = readPayable(item.statedFee)
    if (!isReadFault(fee)) continue
    const code = fee === 'too-large' ? 'stated-fee-too-large' : `stated-fee-${fee}`
    faults.push({ path: `items.${at}.statedFee`, code })
  }
  return faults
}

/** @throws where `unreadableIn` finds something */
export function draftFrom(typed: Typed): Draft {
  const paymentDay = readDay(typed.day)
  if (paymentDay === null) throw new Error('the payment day cannot be read')
  const own = typed.kind === 'own-transfer'
  return {
    kind: typed.kind,
    accountKey: typed.accountKey,
    paymentDay,
    name: typed.name.trim(),
    remitterName: typed.remitterName.trim(),
    memo: typed.memo.trim(),
    items: itemsOf(typed).map((item) => ({
      source: item.source,
      payeeId: item.payeeId,
      account: item.account,
      payeeName: item.payeeName.trim(),
      nameCheck: item.nameCheck,
      payable: amountOf(item.payable),
      bearer: own ? 'payer' : item.bearer,
      statedFee: !own && item.bearer === 'payee-stated' ? amountOf(item.statedFee) : null,
      ediInformation: own ? '' : item.ediInformation.trim(),
    })),
  }
}

function amountOf(text: string): string {
  const read = readPayable(text)
  if (isReadFault(read)) throw new Error('an amount cannot be read')
  return read
}

/** Fields of an item that the form shows; all else of it is said at the item itself. */
const itemFields = /^items\.\d+\.(payable|statedFee|ediInformation)$/

/** The field where a fault is said: its own, or the item that it belongs to. */
export function fieldAt(path: string, typed: Typed): string {
  const item = /^items\.(\d+)\b/.exec(path)
  if (item === null || itemFields.test(path)) return path
  const named = itemsOf(typed)[Number(item[1])]
  if (path.endsWith('.payeeName') && named !== undefined && namesItself(named)) return path
  return `items.${item[1]}`
}

/** 受取人名 is typed where no list and no bank has given it. */
export function namesItself({ source, nameCheck }: TypedItem): boolean {
  return (source === 'typed' || source === 'recent') && nameCheck !== 'confirmed'
}

/** Whether anything was entered that is not stored. */
export function sameTyped(one: Typed, other: Typed): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
