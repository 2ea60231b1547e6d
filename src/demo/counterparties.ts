/**
 * Who 株式会社サンプル商事 deals with: customers and suppliers at both banks, and the accounts of the
 * bank itself that stand on the other side of fees, interest and cash.
 */
import type { AccountNumber } from '#kit/account-number.ts'
import { otherBranches } from './accounts.ts'

export interface Counterparty {
  readonly account: AccountNumber
  readonly kana: string
  /** Where their account is kept, as a statement line says it. */
  readonly bank: 'own' | 'other'
  readonly branchName: string
}

/** Our books mirror the accounts of となり銀行's customers under a branch of their own. */
const mirrorBranch = '998' // 内国為替 となり銀行
const bankBranch = '900' // 本部

function atOtherBank(kana: string, index: number): Counterparty {
  const number = String(3_000_001 + index * 111)
  const account = { branchCode: mirrorBranch, kind: 'ordinary', number } as const
  return { account, kana, bank: 'other', branchName: otherBranches[index % otherBranches.length]! }
}

function atOwnBank(kana: string, index: number): Counterparty {
  const number = String(5_000_003 + index * 137)
  const account = { branchCode: '102', kind: 'ordinary', number } as const
  return { account, kana, bank: 'own', branchName: 'ﾁﾕｳｵｳ' }
}

/** They buy from us. */
export const customers: readonly Counterparty[] = [
  ...[
    'ｶ)ｱｵｿﾞﾗｼﾖｳｶｲ',
    'ｶ)ｷﾀｶｾﾞｿｳｺ',
    'ﾄｸﾋ)ﾐﾄﾞﾘﾉﾓﾘ',
    'ｶ)ﾎｼｿﾞﾗﾃﾞﾝｷ',
    'ﾕ)ﾀﾆｶﾞﾜｾｲｻｸｼﾞﾖ',
    'ｶ)ｻｻﾌﾈｳﾝﾕ',
    'ｶ)ﾊﾅﾉｷｼﾖｸﾋﾝ',
    'ﾄﾞ)ｺﾄﾘｼﾖｳｶｲ',
    'ｶ)ﾅﾐﾎｹﾝｾﾂ',
    'ｲｼﾔﾏ ｼﾝｲﾁ',
  ].map(atOtherBank),
  ...['ｶ)ﾕｳﾔｹﾌﾞﾂｻﾝ', 'ｶ)ﾐｽﾞｳﾐｺｳｷﾞﾖｳ', 'ﾕ)ﾏﾂｶｾﾞｼﾖｳﾃﾝ', 'ｶ)ｱｹﾎﾞﾉﾌﾟﾘﾝﾄ'].map(atOwnBank),
]

/** We buy from them. */
export const suppliers: readonly Counterparty[] = [
  ...[
    'ｶ)ﾐﾅﾄｼﾖｳｼﾞ',
    'ｶ)ﾔﾏﾋﾞｺｼｷﾞﾖｳ',
    'ﾕ)ｶﾜｾﾐｺｳｿｳ',
    'ｶ)ﾀｹﾄﾝﾎﾞ',
    'ｶ)ｵｵｿﾞﾗﾘｰｽ'.replace('ｰ', '-'),
    'ｶ)ﾕｷﾜﾘｿｳﾌﾟﾗﾝ',
  ].map((kana, index) => atOtherBank(kana, index + 20)),
  ...['ｶ)ﾐﾁｼﾙﾍﾞ', 'ｶ)ﾜﾀﾘﾄﾞﾘﾌﾞﾂﾘﾕｳ'].map((kana, index) => atOwnBank(kana, index + 10)),
]

function ofTheBank(number: string): AccountNumber {
  return { branchCode: bankBranch, kind: 'current', number }
}

/** 別段・本部勘定: the bank's own side of a posting. */
export const bankAccounts = {
  migration: ofTheBank('0000001'), // 移行勘定: balances that were there before the first day
  cash: ofTheBank('0000002'), // 現金
  clearing: ofTheBank('0000003'), // 手形交換
  fees: ofTheBank('0000004'), // 受入手数料
  interest: ofTheBank('0000005'), // 支払利息
  wages: ofTheBank('0000006'), // 給与振込資金
  collections: ofTheBank('0000007'), // 口座振替 代り金
  tax: ofTheBank('0000008'), // 公金
} as const
