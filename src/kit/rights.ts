/**
 * 権限 — what a user may be given, business by business.
 * internet-banking.md §8.2, rights matrix. マスターユーザ always has all of them.
 */
export const rights = [
  'balance-inquiry', // 残高照会
  'statement-inquiry', // 入出金明細照会
  'incoming-transfer-inquiry', // 振込入金明細照会
  'transfers-request-registered', // 振込振替 依頼(事前登録)
  'transfers-request-any', // 振込振替 依頼(都度指定)
  'transfers-same-day', // 振込振替 当日扱いを認める
  'transfers-payees', // 振込振替 振込先管理
  'transfers-see-all', // 振込振替 全取引照会
  'transfers-approve', // 振込振替 承認
  'supplier-payments-request-screen', // 総合振込 依頼(画面入力)
  'supplier-payments-request-file', // 総合振込 依頼(ファイル受付)
  'supplier-payments-payees', // 総合振込 振込先管理
  'supplier-payments-see-all', // 総合振込 全取引照会
  'supplier-payments-approve', // 総合振込 承認
  'payroll-request-screen', // 給与・賞与振込 依頼(画面入力)
  'payroll-request-file', // 給与・賞与振込 依頼(ファイル受付)
  'payroll-payees', // 給与・賞与振込 振込先管理
  'payroll-see-all', // 給与・賞与振込 全取引照会
  'payroll-approve', // 給与・賞与振込 承認
  'local-tax-request-screen', // 地方税納入 依頼(画面入力)
  'local-tax-request-file', // 地方税納入 依頼(ファイル受付)
  'local-tax-payees', // 地方税納入 納付先管理
  'local-tax-see-all', // 地方税納入 全取引照会
  'local-tax-approve', // 地方税納入 承認
  'direct-debits-request-screen', // 口座振替 依頼(画面入力)
  'direct-debits-request-file', // 口座振替 依頼(ファイル受付)
  'direct-debits-payers', // 口座振替 請求先管理
  'direct-debits-see-all', // 口座振替 全取引照会
  'direct-debits-approve', // 口座振替 承認
  'direct-debits-results', // 口座振替 振替結果照会
  'tax-payments-pay', // 税金・各種料金 払込み
  'densai-use', // でんさい 連携する
  'fx-use', // 外為 連携する
  'operation-history-all', // 操作履歴照会 全履歴照会 (else one's own only)
  'fee-table', // 手数料マスタ 照会/変更
] as const
export type Right = (typeof rights)[number]

export const roles = ['master', 'administrator', 'general'] as const // マスター・管理者・一般ユーザ
export type Role = (typeof roles)[number]
