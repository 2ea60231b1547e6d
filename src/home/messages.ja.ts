/** トップ — the sentences of the top page; the words are the guide's (手順 5). */
import type { unapprovedStates } from './contract.ts'

export const ja = {
  title: 'トップページ',
  logins: {
    heading: '最近３回のログイン日時',
    advice: 'ログイン日時に心当たりのない場合は、お取引店までご連絡ください。',
    present: '今回',
    none: 'ログインの記録はまだありません。',
  },
  operations: {
    heading: '最近の操作',
    count: ({ count }: { count: number }) => `最近の操作 ${count}件`,
    columns: { at: '操作日時', says: '操作内容', result: '結果' },
    results: { done: '完了', refused: '受付不可' },
    none: '操作の記録はまだありません。',
    all: '操作履歴照会へ',
  },
  unapproved: {
    heading: '未承認の取引',
    states: { 'awaiting-approval': '承認待ち', draft: '作成中' } satisfies Record<
      (typeof unapprovedStates)[number],
      string
    >,
    columns: {
      state: '取引状態',
      kind: '取引種別',
      name: '取引名',
      paymentDay: '指定日',
      count: '件数',
      amount: '合計金額',
      approvableUntil: '承認期限',
    },
    stateCount: ({ state, count }: { state: string; count: number }) => `${state} ${count}件`,
    none: '未承認の取引はありません。',
    more: ({ count }: { count: number }) => `ほか${count}件`,
  },
  notices: {
    heading: 'お知らせ',
    unread: ({ count }: { count: number }) => `未読 ${count}件`,
    unreadBadge: '未読',
    importantBadge: '重要',
    none: '未読のお知らせはありません。',
    all: 'お知らせ一覧へ',
  },
  certificate: {
    heading: '電子証明書有効期限',
    until: ({ at }: { at: string }) => `${at}まで有効です。`,
    daysLeft: ({ days }: { days: number }) =>
      days <= 0 ? '本日が最終日です。' : `あと${days}日で使用できなくなります。`,
    advice: '期限を過ぎると、電子証明書ではログインできません。お早めに更新してください。',
    renew: '更新',
  },
  balances: {
    heading: '口座残高',
    current: '現在残高',
    available: '支払可能残高',
    asOf: ({ at }: { at: string }) => `${at} 現在`,
    representative: '代表口座',
    unknownAccount: 'この口座の残高は照会できません。お取引店までご連絡ください。',
    none: '照会できる口座はありません。',
    toInquiry: '残高照会へ',
    toStatement: '入出金明細照会へ',
  },
  /** A block that could not be told. */
  untold: 'ただいま表示できません。しばらくしてから画面を更新してください。',
}
