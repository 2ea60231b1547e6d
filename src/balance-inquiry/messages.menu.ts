/**
 * 照会 — the words of the menu. In a file of their own, because every page carries the menu, and
 * no page but these needs the rest.
 */
const ja = {
  balances: '残高照会',
  balancesSays: '口座の現在残高、支払可能残高、前日残高、前月末残高を照会します。',
  statement: '入出金明細照会',
  statementSays: '口座の入出金明細を照会し、CSV・全銀・PDF・camt.053のファイルを取得します。',
  incoming: '振込入金明細照会',
  incomingSays: '口座に入金された振込の明細を照会し、CSV・全銀のファイルを取得します。',
  balanceLine: '残高推移',
  balanceLineSays: '期間中の毎日の残高を、グラフと表で照会します。',
}

const en: typeof ja = {
  balances: 'Balances',
  balancesSays:
    'Present, available, previous-day and previous month-end balances of your accounts.',
  statement: 'Statement',
  statementSays: 'Deposits and withdrawals, also as CSV, Zengin, PDF or camt.053 files.',
  incoming: 'Incoming transfers',
  incomingSays: 'Transfers that arrived in your accounts, also as CSV or Zengin files.',
  balanceLine: 'Balance history',
  balanceLineSays: 'The balance of every day in a period, as a chart and a table.',
}

export const menu = { ja, en }
