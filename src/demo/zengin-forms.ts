/** デモの全銀システム — what a tester's forms may ask for, read from their fields. */
import { payeeAccountKinds, type BankAccount, type PayeeAccountKind } from '#kit/bank-account.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { zenginText } from '#kit/zengin/characters.ts'
import {
  accountStates,
  switchNames,
  type AccountState,
  type SwitchName,
} from '#outside/zengin-net/port.ts'

/** In the order of their checks, which is the order of the fields. */
export type FormFault =
  | 'bank'
  | 'branch'
  | 'choice'
  | 'number'
  | 'holder'
  | 'times'
  | 'unknown-bank'

const field = (form: URLSearchParams, name: string) => (form.get(name) ?? '').trim()
const includes = <T extends string>(all: readonly T[], one: string): one is T =>
  (all as readonly string[]).includes(one)
const isYesOrNo = (text: string) => text === 'yes' || text === 'no'

export interface AccountForm {
  readonly account: BankAccount
  readonly holderKana: string
  readonly state: AccountState
}

/** The holder may be typed in full width; it is kept as the formats write it. */
export function accountForm(form: URLSearchParams): Outcome<AccountForm, FormFault> {
  const [bankCode, branchCode, kind] = [
    field(form, 'bank'),
    field(form, 'branch'),
    field(form, 'kind'),
  ]
  const [number, state] = [field(form, 'number'), field(form, 'state')]
  const holder = zenginText(field(form, 'holder'), { characters: 'name', bytes: 48 })

  if (!/^\d{4}$/.test(bankCode)) return refused('bank')
  if (!/^\d{3}$/.test(branchCode)) return refused('branch')
  if (!includes(Object.keys(payeeAccountKinds) as PayeeAccountKind[], kind))
    return refused('choice')
  if (!/^\d{7}$/.test(number)) return refused('number')
  if (!holder.granted || holder.value === '') return refused('holder')
  if (!includes(accountStates, state)) return refused('choice')
  return granted({
    account: { bankCode, branchCode, kind, number },
    holderKana: holder.value,
    state,
  })
}

export interface SwitchForm {
  readonly name: SwitchName
  readonly bankCode: string | null // null: all
  readonly times: number | null // null: until it is off; 0: off
}

export function switchForm(form: URLSearchParams): Outcome<SwitchForm, FormFault> {
  const [name, bank, times] = [field(form, 'name'), field(form, 'bank'), field(form, 'times')]

  if (!includes(switchNames, name)) return refused('choice')
  if (!/^(\d{4})?$/.test(bank)) return refused('bank')
  if (!/^\d{0,3}$/.test(times)) return refused('times')
  return granted({
    name,
    bankCode: bank === '' ? null : bank,
    times: times === '' ? null : Number(times),
  })
}

export interface BankForm {
  readonly bankCode: string
  readonly takesMoreTime: boolean
  readonly inService: boolean
}

export function bankForm(form: URLSearchParams): Outcome<BankForm, FormFault> {
  const [bankCode, moreTime, service] = [
    field(form, 'bank'),
    field(form, 'more-time'),
    field(form, 'service'),
  ]

  if (!/^\d{4}$/.test(bankCode)) return refused('bank')
  if (!isYesOrNo(moreTime) || !isYesOrNo(service)) return refused('choice')
  return granted({ bankCode, takesMoreTime: moreTime === 'yes', inService: service === 'yes' })
}
