/** お知らせ — the sentences of its screens. */
import type { contract, Message, MessageKind, NoticeKind } from './contract.ts'

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
  messages: {
    heading: '通知',
    bell: ({ unread }: { unread: number }) => (unread === 0 ? '通知' : `通知 未読${unread}件`),
    close: '閉じる',
    none: '通知はありません。',
    readAll: 'すべて既読にする',
    arrived: ({ says }: { says: string }) => `新しい通知：${says}`,
    says: {
      'order-submitted': (facts) => `「${facts['name']}」の確定依頼を受け付けました。`,
      'approval-asked': (facts) =>
        `${facts['requesterName']}さんから「${facts['name']}」の承認が依頼されました。`,
      'final-approval-asked': (facts) => `「${facts['name']}」の最終承認が依頼されました。`,
      'order-approved': (facts) => `「${facts['name']}」が承認されました。`,
      'order-sent-back': (facts) => `「${facts['name']}」が差し戻されました。`,
      'order-recalled': (facts) => `「${facts['name']}」が引き戻されました。`,
      'order-deleted': (facts) => `「${facts['name']}」が削除されました。`,
      'approval-withdrawn': (facts) => `「${facts['name']}」の承認が取り消されました。`,
      'order-failed': (facts) => `「${facts['name']}」は承認時にエラーとなりました。`,
      'approval-deadline-near': (facts) => `「${facts['name']}」の承認期限が近づいています。`,
      'order-expired': (facts) => `「${facts['name']}」は承認期限切れとなりました。`,
      'transfer-accepted': (facts) =>
        `「${facts['name']}」を受け付けました（受付番号 ${facts['receiptNumber']}）。`,
      'transfer-carried-out': (facts) => `予約された「${facts['name']}」を実行しました。`,
      'transfer-not-carried-out': (facts) =>
        `「${facts['name']}」は残高不足により不成立となりました。`,
      'transfer-returned': (facts) => `「${facts['name']}」は入金できず、資金を返却しました。`,
      'booking-cancelled': (facts) => `「${facts['name']}」の予約が取り消されました。`,
      'payee-registered': (facts) => `受取人「${facts['payeeName']}」が登録されました。`,
      'payee-changed': (facts) => `受取人「${facts['payeeName']}」が変更されました。`,
      'payee-deleted': (facts) => `受取人「${facts['payeeName']}」が削除されました。`,
      'payees-by-file': () => 'ファイルにより受取人の登録・変更・削除が行われました。',
      'payee-check-suspended': (facts) => `${facts['userName']}さんの口座確認を停止しました。`,
    } satisfies Record<MessageKind, (facts: Message['facts']) => string>,
  },
  refusals: {
    'no-such-notice': 'お知らせが見つかりません。掲載が終了した可能性があります。',
  } satisfies Record<RefusalName, string>,
}
