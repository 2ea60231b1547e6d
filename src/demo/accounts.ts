/**
 * The accounts of the demo world: two banks that do not exist, and who banks with them.
 * Bank codes 9998 and 9999 are unassigned in the real world.
 */
import type { AccountNumber, DepositKind } from '#kit/account-number.ts'

export const ownBank = { code: '9999', name: 'まどぐち銀行', kana: 'ﾏﾄﾞｸﾞﾁ' } as const
export const otherBank = { code: '9998', name: 'となり銀行', kana: 'ﾄﾅﾘ' } as const

/** 支店 of まどぐち銀行. */
export const branches = {
  '101': { name: '本店営業部', kana: 'ﾎﾝﾃﾝｴｲｷﾞﾖｳﾌﾞ' },
  '102': { name: '中央支店', kana: 'ﾁﾕｳｵｳ' },
  '103': { name: '港支店', kana: 'ﾐﾅﾄ' },
} as const
export type BranchCode = keyof typeof branches

/** 支店 of となり銀行, as they are named beside an incoming transfer. */
export const otherBranches = ['ﾎﾝﾃﾝ', 'ｻｸﾗ', 'ｷﾀ', 'ｴｷﾏｴ'] as const

export interface DemoAccount {
  readonly account: AccountNumber
  readonly holder: string // 口座名義
  readonly holderKana: string // half-width, as the 全銀 formats carry it
  readonly overdraftLimit: bigint // 貸越極度額
  readonly memo: string // 口座メモ
}

function account(
  branchCode: BranchCode,
  kind: DepositKind,
  number: string,
  facts: Omit<DemoAccount, 'account'>,
): DemoAccount {
  return { account: { branchCode, kind, number }, ...facts }
}

const sample = { holder: '株式会社サンプル商事', holderKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ' }
const mihon = { holder: '株式会社みほん物産', holderKana: 'ｶ)ﾐﾎﾝﾌﾞﾂｻﾝ' }

/** 利用口座 of 株式会社サンプル商事; the first is the representative account (代表口座). */
export const sampleAccounts = {
  main: account('101', 'ordinary', '1234567', { ...sample, overdraftLimit: 0n, memo: '入金用' }),
  current: account('101', 'current', '0012345', {
    ...sample,
    overdraftLimit: 10_000_000n,
    memo: '支払用',
  }),
  savings: account('102', 'savings', '7654321', {
    ...sample,
    overdraftLimit: 0n,
    memo: '納税準備',
  }),
} as const

/** 株式会社みほん物産: another company, whose rows nobody of the first may ever see. */
export const mihonAccounts = {
  main: account('103', 'ordinary', '2345678', { ...mihon, overdraftLimit: 0n, memo: '' }),
} as const
