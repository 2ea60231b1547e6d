/**
 * 入力内容の確認 — whether what was entered can be ordered: pure, every fault at its field, in the
 * order of `draftFaults`. The same rules run when a draft is stored and again at 確定.
 *
 * Sources: internet-banking.md §4.2, §4.9; formats.md §4.2.
 */
import { parseAccountKey, type AccountKey } from '#kit/account-number.ts'
import { bankAccountKey, type BankAccount } from '#kit/bank-account.ts'
import type { NameCheck } from '#kit/order-sheet.ts'
import type { Right } from '#kit/rights.ts'
import { zenginText, type ZenginField } from '#kit/zengin/characters.ts'
import { sameName } from '#kit/zengin/names.ts'
import { yen, type Yen } from '#kit/yen.ts'
import { draftFaults, type Draft, type DraftFault, type DraftItem } from './contract.ts'

export interface Fault {
  readonly path: string // of the field: `items.0.account.number`
  readonly code: DraftFault
}

/** What the rules have to know; read before, so that they need not wait. */
export interface DraftFacts {
  readonly bankCode: string // our own
  readonly itemsMax: number
  readonly rights: ReadonlySet<Right>
  /** 利用可能口座 of the requester, with the name of their holder. */
  readonly accounts: ReadonlyMap<AccountKey, { readonly holderKana: string }>
  /** Why this 指定日 cannot be taken; null: it can. */
  readonly dayFault: Extract<DraftFault, `day-${string}`> | null
  readonly sameDay: boolean
  /** By their codes joined: `9998-101`; a bank alone by `9998`. */
  readonly branches: ReadonlyMap<string, { readonly bank: string; readonly branch: string }>
  readonly banks: ReadonlySet<string>
  readonly payees: ReadonlyMap<string, KnownPayee>
  /** What the other bank said last, by account. */
  readonly answers: ReadonlyMap<string, NameAnswered>
}

export interface KnownPayee {
  readonly account: BankAccount
  readonly nameKana: string
  readonly label: string
  readonly filed: boolean // 事前登録
}

export type NameAnswered =
  | { readonly answer: 'holder'; readonly holderKana: string }
  | { readonly answer: 'no-such-account' | 'no-answer' | 'stopped' }

/** An item as it will be stored: names in half width, bank and branch by name. */
export interface ReadItem {
  readonly source: DraftItem['source']
  readonly payeeId: string | null
  readonly account: BankAccount
  readonly bankName: string
  readonly branchName: string
  readonly payeeName: string
  readonly label: string
  readonly nameCheck: NameCheck
  readonly nameAtBank: string | null
  readonly payable: Yen
  readonly bearer: DraftItem['bearer']
  readonly statedFee: Yen | null
  readonly edi: string
}

export interface ReadDraft {
  readonly remitterName: string
  readonly items: readonly ReadItem[]
  readonly payable: Yen
}

export type DraftOutcome =
  | { readonly granted: true; readonly value: ReadDraft }
  | { readonly granted: false; readonly faults: readonly Fault[] }

const nameField: ZenginField = { characters: 'name', bytes: 48 } // 受取人名, 振込依頼人名
const ediField: ZenginField = { characters: 'edi', bytes: 20 } // EDI情報

export function readDraft(draft: Draft, facts: DraftFacts): DraftOutcome {
  const faults: Fault[] = []
  const fault = (path: string, code: DraftFault) => void faults.push({ path, code })

  const payer = facts.accounts.get(draft.accountKey as AccountKey)
  if (payer === undefined) fault('accountKey', 'account-not-allowed')
  if (facts.dayFault !== null) fault('paymentDay', facts.dayFault)
  else if (facts.sameDay && !facts.rights.has('transfers-same-day') && needsSameDayRight(draft)) {
    fault('paymentDay', 'same-day-not-allowed')
  }
  if (draft.items.length > facts.itemsMax) fault('items', 'items-too-many')

  const items = draft.items.map((item, at) => {
    const own = (code: DraftFault, field = '') =>
      fault(field === '' ? `items.${at}` : `items.${at}.${field}`, code)
    return readItem(item, { draft, facts, fault: own })
  })
  const remitter = zenginText(draft.remitterName, nameField)
  if (!remitter.granted) {
    fault(
      'remitterName',
      remitter.reason === 'too-long' ? 'remitter-too-long' : 'remitter-not-permitted',
    )
  }
  if (faults.length > 0 || !remitter.granted) return { granted: false, faults: inOrder(faults) }
  const read = items as readonly ReadItem[]
  const payable = yen(read.reduce((sum, one) => sum + one.payable, 0n))
  return { granted: true, value: { remitterName: remitter.value, items: read, payable } }
}

/** In the published order; the same fault at several payees in their order. */
function inOrder(faults: readonly Fault[]): readonly Fault[] {
  const place = ({ code }: Fault) => draftFaults.indexOf(code)
  return faults.toSorted((one, other) => place(one) - place(other))
}

/** 当日扱いを認める is asked for 都度指定 only (internet-banking.md §4.5). */
function needsSameDayRight({ kind, items }: Draft): boolean {
  return kind === 'transfer' && items.some(({ source }) => source !== 'filed')
}

interface ItemCase {
  readonly draft: Draft
  readonly facts: DraftFacts
  readonly fault: (code: DraftFault, field?: string) => void
}

function readItem(item: DraftItem, { draft, facts, fault }: ItemCase): ReadItem | null {
  const { source, account } = item
  const before = faultsCounted(fault)
  const payee = payeeOf(item, facts, before.fault)
  const place = placeOf(item, { draft, facts, fault: before.fault })
  const name = nameOf(item, { draft, facts, fault: before.fault, payee })
  const { payable, statedFee } = amountsOf(item, before.fault)
  const edi = ediOf(item, draft, before.fault)
  if (before.count() > 0 || place === null) return null
  return {
    ...{ source, account, edi, payable: payable!, statedFee, bearer: item.bearer },
    payeeId: payee === null ? null : item.payeeId,
    bankName: place.bank,
    branchName: place.branch,
    label: payee?.label ?? '',
    ...name!,
  }
}

function faultsCounted(fault: ItemCase['fault']) {
  let count = 0
  return {
    fault: (code: DraftFault, field?: string) => {
      count += 1
      fault(code, field)
    },
    count: () => count,
  }
}

function payeeOf(
  item: DraftItem,
  { payees }: DraftFacts,
  fault: ItemCase['fault'],
): KnownPayee | null {
  if (item.source !== 'payee' && item.source !== 'filed') return null
  const payee = item.payeeId === null ? undefined : payees.get(item.payeeId)
  if (payee === undefined || payee.filed !== (item.source === 'filed')) {
    fault('payee-unknown')
    return null
  }
  if (bankAccountKey(payee.account) !== bankAccountKey(item.account)) {
    fault('payee-changed')
    return null
  }
  return payee
}

function placeOf(
  { account, source }: DraftItem,
  { draft, facts, fault }: ItemCase,
): { readonly bank: string; readonly branch: string } | null {
  const { bankCode, branchCode, kind, number } = account
  if (!facts.banks.has(bankCode)) return none(fault, 'bank-unknown', 'account.bankCode')
  const place = facts.branches.get(`${bankCode}-${branchCode}`)
  if (place === undefined) return none(fault, 'branch-unknown', 'account.branchCode')

  const ownKey = `${branchCode}-${kind}-${number}` as AccountKey
  const isOwn = bankCode === facts.bankCode
  if (draft.kind === 'own-transfer' || source === 'own') {
    const known = isOwn && draft.kind === 'own-transfer' && source === 'own'
    if (!known || !facts.accounts.has(ownKey)) return none(fault, 'own-account-unknown', 'account')
  }
  if (isOwn && ownKey === draft.accountKey) return none(fault, 'same-account', 'account')
  const answer = facts.answers.get(bankAccountKey(account))
  if (answer?.answer === 'no-such-account') return none(fault, 'no-such-account', 'account.number')
  return place
}

function none(fault: ItemCase['fault'], code: DraftFault, field: string): null {
  fault(code, field)
  return null
}

/** The registered name for a registered payee, the holder's for one's own account, else as typed. */
function nameOf(
  item: DraftItem,
  { draft, facts, fault, payee }: ItemCase & { readonly payee: KnownPayee | null },
): Pick<ReadItem, 'payeeName' | 'nameCheck' | 'nameAtBank'> | null {
  const key = parseAccountKey(
    `${item.account.branchCode}-${item.account.kind}-${item.account.number}`,
  )
  const own = key && facts.accounts.get(`${key.branchCode}-${key.kind}-${key.number}`)
  if (draft.kind === 'own-transfer') {
    return { payeeName: own?.holderKana ?? '', nameCheck: 'confirmed', nameAtBank: null }
  }
  const typed = payee?.nameKana ?? item.payeeName
  if (typed.trim() === '') {
    fault('name-missing', 'payeeName')
    return null
  }
  const name = zenginText(typed, nameField)
  if (!name.granted) {
    fault(name.reason === 'too-long' ? 'name-too-long' : 'name-not-permitted', 'payeeName')
    return null
  }
  return { payeeName: name.value, ...judgeName(name.value, facts, item.account) }
}

/** 受取人名確認: what the other bank said is compared in the normal form of names. */
function judgeName(
  name: string,
  { answers }: DraftFacts,
  account: BankAccount,
): Pick<ReadItem, 'nameCheck' | 'nameAtBank'> {
  const answered = answers.get(bankAccountKey(account))
  if (answered === undefined) return { nameCheck: 'not-asked', nameAtBank: null }
  if (answered.answer !== 'holder') return { nameCheck: 'no-answer', nameAtBank: null }
  return sameName(name, answered.holderKana)
    ? { nameCheck: 'confirmed', nameAtBank: null }
    : { nameCheck: 'differs', nameAtBank: answered.holderKana }
}

function amountsOf(
  { payable, bearer, statedFee }: DraftItem,
  fault: ItemCase['fault'],
): { readonly payable: Yen | null; readonly statedFee: Yen | null } {
  const amount = yen(payable)
  if (amount === 0n) fault('amount-not-positive', 'payable')
  if (bearer !== 'payee-stated') return { payable: amount, statedFee: null }
  if (statedFee === null) fault('stated-fee-missing', 'statedFee')
  else if (yen(statedFee) >= amount) fault('stated-fee-too-large', 'statedFee')
  return { payable: amount, statedFee: statedFee === null ? null : yen(statedFee) }
}

function ediOf({ ediInformation }: DraftItem, { kind }: Draft, fault: ItemCase['fault']): string {
  if (ediInformation.trim() === '') return ''
  const edi = zenginText(ediInformation, ediField)
  if (kind === 'own-transfer') fault('edi-not-for-own', 'ediInformation')
  else if (!edi.granted) {
    fault(edi.reason === 'too-long' ? 'edi-too-long' : 'edi-not-permitted', 'ediInformation')
  }
  return edi.granted ? edi.value : ''
}
