/**
 * 振込先の項目 — what was typed or uploaded, made into a payee or refused field by field.
 * Field rules: internet-banking.md §4.9; characters: 全銀協 レコード・フォーマット 付録1.
 */
import { payeeAccountKinds, type PayeeAccountKind } from '#kit/bank-account.ts'
import { zenginText } from '#kit/zengin/characters.ts'
import { abbreviated } from '#kit/zengin/names.ts'

export const bearers = ['payer', 'payee-by-table', 'payee-stated'] as const
export type Bearer = (typeof bearers)[number]

/** Everything as text, as a form or a line of a file has it. */
export interface PayeeTyped {
  readonly bankCode: string
  readonly branchCode: string
  readonly kind: string
  readonly number: string
  readonly nameKana: string
  readonly label: string
  readonly bearer: string
  readonly statedFee: string
  readonly amount: string
  readonly ediInformation: string
  readonly memo: string
  readonly groups: readonly string[]
}

/** As it is stored and signed. Amounts are whole yen as decimal text. */
export interface PayeeContent {
  readonly bankCode: string
  readonly branchCode: string
  readonly kind: PayeeAccountKind
  readonly number: string
  readonly bankName: string
  readonly branchName: string
  readonly nameKana: string
  readonly label: string
  readonly bearer: Bearer
  readonly statedFee: string | null
  readonly amount: string | null
  readonly ediInformation: string | null
  readonly memo: string
  readonly groups: readonly string[]
}

export type PayeeField = keyof PayeeTyped

/** In the order in which they are checked; the first of each field is told. */
export const payeeFaults = [
  'bank-code-malformed', // 4 digits
  'branch-code-malformed', // 3 digits
  'account-kind-unknown', // 普通 当座 貯蓄 その他
  'account-number-malformed', // 7 digits at the most, not all zeros
  'name-missing',
  'name-character',
  'name-too-long', // 48
  'label-character',
  'label-too-long', // 30
  'bearer-unknown',
  'stated-fee-malformed', // 0 to 99,999 yen
  'amount-malformed', // 1 to 9,999,999,999 yen
  'edi-character',
  'edi-too-long', // 20
  'memo-character',
  'memo-too-long', // 30
  'group-malformed', // 15 characters at the most, no ; in them
  'bank-unknown',
  'branch-unknown',
] as const
export type PayeeFaultCode = (typeof payeeFaults)[number]

export interface PayeeFault {
  readonly field: PayeeField
  readonly code: PayeeFaultCode
}

/** Before the directory was asked for the names of bank and branch. */
export type ReadPayee = Omit<PayeeContent, 'bankName' | 'branchName'>

export const labelMax = 30
export const memoMax = 30
export const groupMax = 15
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/**
 * @param nameMayMiss the other bank is going to say it (口座確認)
 * @returns a payee; it means nothing where there are faults
 */
export function readPayee(
  typed: PayeeTyped,
  { nameMayMiss = false }: { readonly nameMayMiss?: boolean } = {},
): { readonly payee: ReadPayee; readonly faults: readonly PayeeFault[] } {
  const bankCode = narrow(typed.bankCode)
  const branchCode = narrow(typed.branchCode)
  const digits = narrow(typed.number).replaceAll('-', '')
  const number = digits.padStart(7, '0')
  const kind = kindOf(typed.kind)
  const nameKana = nameText(typed.nameKana)
  const edi = ediText(typed.ediInformation)
  const label = typed.label.normalize('NFC').trim()
  const memo = typed.memo.normalize('NFC').trim()
  const groups = [...new Set(typed.groups.map((name) => name.normalize('NFC').trim()))].filter(
    (name) => name !== '',
  )
  const bearer = bearers.find((one) => one === typed.bearer)
  const statedFee = amountText(typed.statedFee)
  const amount = amountText(typed.amount)

  const faults: PayeeFault[] = []
  const check = (field: PayeeField, code: PayeeFaultCode, broken: boolean) => {
    if (broken && !faults.some((fault) => fault.field === field)) faults.push({ field, code })
  }
  check('bankCode', 'bank-code-malformed', !/^\d{4}$/.test(bankCode))
  check('branchCode', 'branch-code-malformed', !/^\d{3}$/.test(branchCode))
  check('kind', 'account-kind-unknown', kind === null)
  check('number', 'account-number-malformed', !/^\d{1,7}$/.test(digits) || /^0+$/.test(digits))
  check('nameKana', 'name-missing', typed.nameKana.trim() === '' && !nameMayMiss)
  check('nameKana', 'name-character', nameKana.fault === 'character')
  check('nameKana', 'name-too-long', nameKana.fault === 'length')
  check('label', 'label-character', !isPlain(label))
  check('label', 'label-too-long', Array.from(label).length > labelMax)
  check('bearer', 'bearer-unknown', bearer === undefined)
  check('statedFee', 'stated-fee-malformed', bearer === 'payee-stated' && !isFee(statedFee))
  check('amount', 'amount-malformed', amount !== '' && !isAmount(amount))
  check('ediInformation', 'edi-character', edi.fault === 'character')
  check('ediInformation', 'edi-too-long', edi.fault === 'length')
  check('memo', 'memo-character', !isPlain(memo))
  check('memo', 'memo-too-long', Array.from(memo).length > memoMax)
  check('groups', 'group-malformed', !groups.every(isGroupName))

  const payee: ReadPayee = {
    ...{ bankCode, branchCode, kind: kind ?? 'ordinary', number, nameKana: nameKana.text },
    label: label === '' ? labelFrom(nameKana.text) : label,
    bearer: bearer ?? 'payer',
    statedFee: bearer === 'payee-stated' ? statedFee : null,
    amount: amount === '' ? null : amount,
    ediInformation: edi.text === '' ? null : edi.text,
    ...{ memo, groups },
  }
  return { payee, faults }
}

/** Empty 登録名: the payee's name in full width (総振先CSV). */
export function labelFrom(nameKana: string): string {
  return Array.from(nameKana.normalize('NFKC')).slice(0, labelMax).join('')
}

export function isGroupName(name: string): boolean {
  return name !== '' && isPlain(name) && !/[;；]/.test(name) && Array.from(name).length <= groupMax
}

function isPlain(text: string): boolean {
  return text.isWellFormed() && !invisible.test(text)
}

function narrow(text: string): string {
  return text.normalize('NFKC').trim()
}

/** A kind's name, its 全銀 code, or the Japanese word. */
function kindOf(text: string): PayeeAccountKind | null {
  const typed = text.trim()
  const half = typed.normalize('NFKC')
  const found = Object.entries(payeeAccountKinds).find(
    ([name, { code, japanese }]) => half === name || half === code || typed === japanese,
  )
  return (found?.[0] as PayeeAccountKind | undefined) ?? null
}

interface Converted {
  readonly text: string
  readonly fault: 'character' | 'length' | null
}

function nameText(typed: string): Converted {
  if (typed.trim() === '') return { text: '', fault: null }
  const outcome = abbreviated(typed)
  if (!outcome.granted) {
    return { text: '', fault: outcome.reason === 'too-long' ? 'length' : 'character' }
  }
  return outcome.value === ''
    ? { text: '', fault: 'character' }
    : { text: outcome.value, fault: null }
}

function ediText(typed: string): Converted {
  const outcome = zenginText(typed, { characters: 'edi', bytes: 20 })
  if (outcome.granted) return { text: outcome.value, fault: null }
  return { text: '', fault: outcome.reason === 'too-long' ? 'length' : 'character' }
}

/** Digits without separators and leading zeros. */
function amountText(typed: string): string {
  const plain = narrow(typed).replaceAll(/[,円]/g, '')
  return /^\d{1,20}$/.test(plain) ? BigInt(plain).toString() : plain
}

function isFee(text: string): boolean {
  return /^\d{1,5}$/.test(text)
}

function isAmount(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text)
}
