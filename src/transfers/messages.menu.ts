/**
 * 振込振替 — the words of the menu. In a file of their own, because every page carries the menu,
 * and no page but these needs the rest.
 */
const ja = {
  create: '振込振替データの新規作成',
  createSays: '支払口座、指定日、振込先と金額を入力して、振込または振替を依頼します。',
  drafts: '作成中振込データの修正・削除',
  draftsSays: '一時保存した取引、引き戻した取引、差し戻された取引を修正または削除します。',
  status: '振込データの状況照会・取消',
  statusSays: '依頼した取引の状況を照会し、予約した取引を取り消します。',
  recall: '承認待ちデータの引戻し',
  recallSays: '承認者がまだ承認していない取引を引き戻します。',
}

const en: typeof ja = {
  create: 'New transfer',
  createSays: 'Choose the paying account, the day, the payees and amounts, and order the transfer.',
  drafts: 'Edit or delete drafts',
  draftsSays: 'Go on with transfers that were saved, recalled or sent back, or delete them.',
  status: 'Transfer status and cancellation',
  statusSays: 'See where your transfers stand, and cancel the ones booked for a later day.',
  recall: 'Recall transfers awaiting approval',
  recallSays: 'Take back a transfer that its approvers have not approved yet.',
}

export const menu = { ja, en }
