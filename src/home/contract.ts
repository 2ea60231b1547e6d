/**
 * トップ — what the top page shows.
 *
 * Two calls: what our own database knows, and the balances, which wait for the core system. In
 * the first each block stands for itself: one that cannot be told is `{ told: false }` and the
 * others are shown nevertheless.
 */
import * as z from 'zod/mini'
import { depositKinds, type DepositKind } from '#kit/account-number.ts'
import { endpoint } from '#kit/endpoint.ts'

const untold = z.object({ told: z.literal(false) })

function block<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.discriminatedUnion('told', [z.object({ told: z.literal(true), ...shape }), untold])
}

const InBothLanguages = z.object({ ja: z.string(), en: z.string() })

/** 承認待ち・作成中 */
export const unapprovedStates = ['awaiting-approval', 'draft'] as const

export const UnapprovedOrder = z.object({
  id: z.string(),
  state: z.enum(unapprovedStates),
  kind: InBothLanguages, // 取引種別, e.g. 総合振込
  name: z.string(), // 取引名
  paymentDay: z.nullable(z.iso.date()), // 指定日
  count: z.int(), // 件数
  amount: z.string(), // 合計金額, whole yen
  approvableUntil: z.nullable(z.iso.datetime()), // 承認期限
  path: z.string(), // the screen that shows it
})
export type UnapprovedOrder = z.infer<typeof UnapprovedOrder>

/** お知らせ. Opened with `readNotice` of the notices' contract. */
export const UnreadNotice = z.object({
  id: z.string(),
  kind: z.enum(['login-time', 'notice', 'caution']),
  important: z.boolean(), // 重要
  title: z.string(),
  englishTitle: z.nullable(z.string()),
  publishedAt: z.iso.datetime(), // 掲載日時
})
export type UnreadNotice = z.infer<typeof UnreadNotice>

const kinds = Object.keys(depositKinds) as [DepositKind, ...DepositKind[]]

export const AccountBalance = z.object({
  accountKey: z.string(),
  branchCode: z.string(),
  branchName: z.string(), // 支店名
  kind: z.enum(kinds), // 科目
  number: z.string(), // 口座番号
  memo: z.string(), // 口座メモ
  representative: z.boolean(), // 代表口座
  /** null: the core system does not know this account. */
  balance: z.nullable(
    z.object({
      current: z.string(), // 現在残高
      available: z.string(), // 支払可能残高
      asOf: z.iso.datetime(), // 照会日時
    }),
  ),
})
export type AccountBalance = z.infer<typeof AccountBalance>

export const contract = {
  showHome: endpoint({
    method: 'GET',
    path: '/api/home',
    summary: 'Last logins and operations, unapproved orders, notices, certificate (トップページ)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      /** 最近3回のログイン日時, newest first; the present login is the first of them. */
      logins: block({ at: z.array(z.iso.datetime()) }),
      /** 最近の操作5件, newest first. */
      operations: block({
        list: z.array(
          z.object({
            at: z.iso.datetime(),
            result: z.enum(['done', 'refused']),
            says: InBothLanguages,
          }),
        ),
      }),
      /** 未承認の取引: at most ten, the nearest deadline first; `total` counts them all. */
      unapproved: block({
        orders: z.array(UnapprovedOrder),
        total: z.int(),
        counts: z.object({
          awaitingApproval: z.int(), // 承認待ち
          drafts: z.int(), // 作成中
        }),
      }),
      /** お知らせ（未読）: at most five. */
      notices: block({ list: z.array(UnreadNotice), unread: z.int() }),
      /** 電子証明書有効期限; `validUntil` is null where this user has no certificate. */
      certificate: block({
        validUntil: z.nullable(z.iso.datetime()),
        renewable: z.boolean(), // 更新: in the last 40 days
        daysLeft: z.int(), // whole days, 0 on the last one
      }),
    }),
    refusals: {},
  }),
  /** Its own call, so that a slow core system holds up no other block. */
  showHomeBalances: endpoint({
    method: 'GET',
    path: '/api/home/balances',
    summary: 'Balances of the accounts this user may see (口座残高)',
    who: { right: 'balance-inquiry' },
    repeat: 'safe',
    pace: 'read',
    out: block({ accounts: z.array(AccountBalance) }),
    refusals: {},
  }),
} as const
