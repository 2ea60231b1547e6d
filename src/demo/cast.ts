/**
 * The people of the demo world: the same in the demo, in tests, in the documents and in pictures.
 * Their passwords are public; they are made only where the demo world is made.
 */
import { accountKey, type AccountKey } from '#kit/account-number.ts'
import type { Right, Role } from '#kit/rights.ts'
import { mihonAccounts, sampleAccounts } from './accounts.ts'

export interface CastMember {
  readonly company: 'sample' | 'mihon'
  readonly loginId: string
  readonly loginPassword: string
  readonly confirmationPassword: string
  readonly name: string // 利用者名
  readonly mail: string
  readonly role: Role
  readonly rights: readonly Right[]
  readonly accounts: readonly AccountKey[] // 利用可能口座
  /** 一回当たり and 一日当たり, for every kind of order that the user's rights name. */
  readonly limit: { readonly perOrder: bigint; readonly perDay: bigint }
  readonly state: 'first-login' | 'ready'
  readonly says: string
}

export const companies = {
  sample: { name: '株式会社サンプル商事', nameKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ' },
  mihon: { name: '株式会社みほん物産', nameKana: 'ｶ)ﾐﾎﾝﾌﾞﾂｻﾝ' },
} as const

/** ログイン方式: the first company may come by certificate (手順 1-1) or by password (手順 1-2). */
export const loginMethods = { sample: 'either', mihon: 'password' } as const

const inquiries = [
  'balance-inquiry',
  'statement-inquiry',
  'incoming-transfer-inquiry',
] as const satisfies Right[]

const keys = (accounts: Readonly<Record<string, { account: Parameters<typeof accountKey>[0] }>>) =>
  Object.values(accounts).map(({ account }) => accountKey(account))
const allOfSample = keys(sampleAccounts)
const [mainOfSample, currentOfSample] = allOfSample as [AccountKey, AccountKey]

/** マスターユーザ */
export const sato: CastMember = {
  company: 'sample',
  loginId: 'sato2026',
  loginPassword: 'Sakura2026',
  confirmationPassword: 'Kaede3141',
  name: '佐藤 花子',
  mail: 'sato@sample.example',
  role: 'master',
  rights: [],
  accounts: allOfSample,
  limit: { perOrder: 50_000_000n, perDay: 100_000_000n },
  state: 'ready',
  says: 'master user (マスターユーザ): every right, every account',
}

/** 管理者ユーザ */
export const yamada: CastMember = {
  company: 'sample',
  loginId: 'yamada01',
  loginPassword: 'Yama2026go',
  confirmationPassword: 'Kawa2718ok',
  name: '山田 太郎',
  mail: 'yamada@sample.example',
  role: 'administrator',
  rights: [...inquiries, 'operation-history-all', 'fee-table'],
  accounts: allOfSample,
  limit: { perOrder: 0n, perDay: 0n },
  state: 'ready',
  says: 'administrator (管理者ユーザ): inquiries, and the whole operation history',
}

/** 依頼者 */
export const tanaka: CastMember = {
  company: 'sample',
  loginId: 'tanaka01',
  loginPassword: 'Tana2026ka',
  confirmationPassword: 'Shiharai7',
  name: '田中 一郎',
  mail: 'tanaka@sample.example',
  role: 'general',
  rights: [
    ...inquiries,
    'transfers-request-registered',
    'transfers-request-any',
    'transfers-same-day',
    'transfers-payees',
    'supplier-payments-request-screen',
    'supplier-payments-request-file',
    'payroll-request-screen',
    'payroll-request-file',
    'tax-payments-pay',
  ],
  accounts: [mainOfSample, currentOfSample],
  limit: { perOrder: 5_000_000n, perDay: 20_000_000n },
  state: 'ready',
  says: 'clerk (一般ユーザ, 依頼者): enters payments; not the savings account',
}

/** 承認者 */
export const suzuki: CastMember = {
  company: 'sample',
  loginId: 'suzuki01',
  loginPassword: 'Suzu2026ki',
  confirmationPassword: 'Shonin888',
  name: '鈴木 次郎',
  mail: 'suzuki@sample.example',
  role: 'general',
  rights: [
    ...inquiries,
    'transfers-see-all',
    'transfers-approve',
    'supplier-payments-see-all',
    'supplier-payments-approve',
    'payroll-see-all',
    'payroll-approve',
  ],
  accounts: allOfSample,
  limit: { perOrder: 30_000_000n, perDay: 50_000_000n },
  state: 'ready',
  says: 'approver (一般ユーザ, 承認者): approves what the clerk entered',
}

/** 照会のみ; has never logged in, so the forced change of both passwords comes first. */
export const takahashi: CastMember = {
  company: 'sample',
  loginId: 'takahashi1',
  loginPassword: 'Hajime2026',
  confirmationPassword: 'Kakunin99',
  name: '高橋 三郎',
  mail: 'takahashi@sample.example',
  role: 'general',
  rights: ['balance-inquiry', 'statement-inquiry'],
  accounts: [mainOfSample],
  limit: { perOrder: 0n, perDay: 0n },
  state: 'first-login',
  says: 'first login (初回ログイン): the bank asks for new passwords; inquiries of one account only',
}

/** The whole guide, 手順 1-2 to 5: first login, forced change, and a right that needs the token. */
export const ito: CastMember = {
  company: 'sample',
  loginId: 'ito2026a',
  loginPassword: 'Hatsu2026ne',
  confirmationPassword: 'Tsubaki55',
  name: '伊藤 美咲',
  mail: 'ito@sample.example',
  role: 'general',
  rights: [...inquiries, 'transfers-request-registered', 'transfers-request-any'],
  accounts: [mainOfSample],
  limit: { perOrder: 1_000_000n, perDay: 3_000_000n },
  state: 'first-login',
  says: 'first login (初回ログイン) of a clerk: new passwords, then the camera token, 手順 1-2 to 5',
}

/** マスターユーザ of the other company */
export const nakamura: CastMember = {
  company: 'mihon',
  loginId: 'nakamura1',
  loginPassword: 'Mihon2026b',
  confirmationPassword: 'Bussan777',
  name: '中村 幸子',
  mail: 'nakamura@mihon.example',
  role: 'master',
  rights: [],
  accounts: keys(mihonAccounts),
  limit: { perOrder: 10_000_000n, perDay: 30_000_000n },
  state: 'ready',
  says: 'master user of another company, 株式会社みほん物産',
}

export const cast = { sato, yamada, tanaka, suzuki, takahashi, ito, nakamura } as const
