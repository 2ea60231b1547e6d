/** The words around the sheet of an order. */
import type { Shape } from './language.tsx'
import type { ja } from './order-sheet.messages.ja.ts'

export const en: Shape<typeof ja> = {
  content: 'Order',
  items: 'Payees',
  totals: 'Totals',
  warnings: 'Please check',
  kind: 'Kind of order',
  name: 'Name of the order',
  number: 'No.',
  payee: 'Payee',
  account: 'Account',
  payable: 'Payable',
  deductedFee: 'Fee borne by payee',
  amount: 'Amount',
  bankFee: 'Fee',
  ediInformation: 'EDI information',
  outcome: 'Outcome',
  isNew: 'New',
  isNewSays: 'This payee has never been paid before.',
  nameChecks: {
    confirmed: 'Account confirmed',
    differs: 'Name differs',
    'no-answer': 'Not confirmed',
    'not-asked': 'Account not checked',
  },
  nameAtBank: (name) => `Name at the bank: ${name}`,
  kinds: { ordinary: 'Ordinary', current: 'Current', savings: 'Savings', other: 'Other' },
  count: 'Number of payees',
  counted: (count) => count,
  sums: {
    payable: 'Payable in total',
    deductedFee: 'Fees borne by payees',
    amount: 'Amount in total',
    bankFee: 'Fees in total',
    debit: 'Debited in total',
  },
}
