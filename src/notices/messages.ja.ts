/** お知らせ — the sentences of its screens. */
import type { contract, NoticeKind } from './contract.ts'

type RefusalName = keyof (typeof contract)['readNotice']['refusals']

export const ja = {
  list: 'お知らせ一覧',
  detail: 'お知らせ詳細',
  kinds: {
    'login-time': 'ログイン時お知らせ',
    notice: 'お知らせ',
    caution: '注意喚起',
  } satisfies Record<NoticeKind, string>,
  important: '重要',
  unread: '未読',
  read: '既読',
  unreadCount: ({ count }: { count: number }) => `未読 ${count}件`,
  noneUnread: '未読のお知らせはありません。',
  none: 'お知らせはありません。',
  columns: { publishedAt: '掲載日', kind: '種類', title: '件名', state: '状態' },
  more: 'さらに表示',
  backToList: 'お知らせ一覧へ',
  onlyInJapanese: '', // said in English only
  refusals: {
    'no-such-notice': 'お知らせが見つかりません。掲載が終了した可能性があります。',
  } satisfies Record<RefusalName, string>,
}
