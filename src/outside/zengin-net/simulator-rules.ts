/** 模擬の他行 — how a simulated bank decides: whose account it is, when it is open, what it returns. */
import type { BankAccount } from '#kit/bank-account.ts'
import { bankZone } from '#kit/japan-time.ts'
import { zenginText } from '#kit/zengin/characters.ts'
import type { AccountState, ReturnReason, TransferMessage } from './port.ts'

export interface KnownAccount {
  readonly holderKana: string
  readonly state: AccountState
  /** False: nobody opened it. Then its name is made up, and a payment may carry any other. */
  readonly opened: boolean
}

/** The last four figures of an amount that make its payment fail, whatever the account. */
export const sentinelAmounts: Readonly<Record<string, ReturnReason | 'held'>> = {
  '9901': 'no-such-account',
  '9902': 'name-differs',
  '9903': 'account-closed',
  '9904': 'account-refuses',
  '9905': 'held', // no answer until it is released
}

export function sentinelOf(amount: bigint): ReturnReason | 'held' | null {
  const end = String(amount).slice(-4)
  return Object.hasOwn(sentinelAmounts, end) ? sentinelAmounts[end]! : null
}

const madeUpHolders = [
  'ﾔﾏﾓﾄ ﾀﾛｳ',
  'ｶ)ﾐﾄﾞﾘｼﾖｳｶｲ',
  'ｻｸﾗﾌﾞﾂｻﾝ(ｶ',
  'ｲﾉｳｴ ﾊﾅｺ',
  'ﾕ)ｱｵｿﾞﾗｺｳｷﾞﾖｳ',
  'ｶ)ｷﾀﾄﾞｳﾛ',
  'ｺﾊﾞﾔｼ ｼﾞﾛｳ',
  'ﾄﾞ)ﾋｶﾘｼﾖｳﾃﾝ',
  'ｶ)ﾐﾅﾄｳﾝﾕ',
  'ﾏﾂｵ ﾐﾁｺ',
] as const

/** The ends of the numbers that are no open account at a bank of the country. */
export const accountNumbersByRule = {
  '9999999': null, // 該当口座なし
  '9999998': 'closed',
  '9999997': 'refuses',
} as const

/**
 * An account that nobody opened, at a bank and branch of the country.
 * @returns null: 該当口座なし
 */
export function accountByRule({ number, branchCode }: BankAccount): KnownAccount | null {
  const state = Object.hasOwn(accountNumbersByRule, number)
    ? accountNumbersByRule[number as keyof typeof accountNumbersByRule]
    : 'open'
  if (state === null) return null
  const place = (Number(number) + Number(branchCode)) % madeUpHolders.length
  return { holderKana: madeUpHolders[place]!, state, opened: false }
}

/** In the order of the reasons. @returns null: it is credited */
export function reasonToReturn(
  message: Pick<TransferMessage, 'payeeName'>,
  account: KnownAccount | null,
): ReturnReason | null {
  if (account === null) return 'no-such-account'
  if (account.opened && !isSameName(account.holderKana, message.payeeName)) return 'name-differs'
  if (account.state === 'closed') return 'account-closed'
  if (account.state === 'refuses') return 'account-refuses'
  return null
}

/** Width, small kana, dashes and blanks make no other name. */
export function isSameName(one: string, other: string): boolean {
  return normalName(one) === normalName(other)
}

function normalName(name: string): string {
  const half = zenginText(name, { characters: 'name', bytes: 1_000 })
  return (half.granted ? half.value : name.normalize('NFKC').toUpperCase()).replaceAll(' ', '')
}

/** コアタイム: 8:30 to 15:30 of a business day (formats.md §7). */
export function isCoreTime(at: Temporal.Instant, isBusinessDay: boolean): boolean {
  const { hour, minute } = at.toZonedDateTimeISO(bankZone)
  const minutes = hour * 60 + minute
  return isBusinessDay && minutes >= 8 * 60 + 30 && minutes < 15 * 60 + 30
}
