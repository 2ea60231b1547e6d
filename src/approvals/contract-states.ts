/** 取引状態 of 承認, apart from the contract: the addresses of screens name them as well. */
/** 取引状態 as a list shows it: awaiting is told apart by what is missing. */
export const shownStates = [
  'awaiting-approval', // 承認待ち
  'awaiting-first', // 一次承認待ち
  'awaiting-final', // 最終承認待ち
  'awaiting-more', // 承認待ち (あとN名): a group's step
  'approved', // 承認済み
  'recalled', // 引戻済み
  'sent-back', // 差戻済み
  'withdrawn', // 承認取消済み
  'failed', // エラー
  'deleted', // 削除済み
  'expired', // 有効期限切れ
] as const
