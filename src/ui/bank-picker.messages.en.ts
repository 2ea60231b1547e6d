/** Words of the picker of banks and branches. */
import type { ja } from './bank-picker.messages.ja.ts'

export const en: typeof ja = {
  bank: 'Bank',
  branch: 'Branch',
  bankHint: 'Type the name, its reading in kana, or the bank code (4 digits).',
  branchHint: 'Type the name, its reading in kana, or the branch code (3 digits).',
  branchWaits: 'Please choose the bank first.',
  chosen: (code, kana) => `Code ${code}  ${kana}`,
  open: (label) => `Show what can be chosen: ${label}`,
  typeOn: 'Please type a name, its reading or a code.',
  searching: 'Searching …',
  nothing: (text) => `Nothing matches “${text}”.`,
  failed: 'The search failed. Please try again in a little while.',
  more: 'There are more. Please type on.',
  byLetter: (label) => `Choose by first letter: ${label}`,
  rows: 'Row of the first letter',
  row: (row) => (row === '英数' ? 'A–Z, 0–9' : `${row} row`),
  noneInRow: 'Nothing begins in this row.',
  japanPost: {
    title: 'Enter by symbol and number of Japan Post Bank',
    says: 'Branch, kind and account number are filled in from what the passbook shows.',
    symbol: 'Symbol (記号)',
    symbolHint: '5 digits, e.g. 10530 (without the single digit behind)',
    number: 'Number (番号)',
    numberHint: 'e.g. 12345671',
    savings: 'A 通常貯蓄貯金 (savings) account',
    convert: 'Convert and fill in',
    done: ({ branch, code, kind, number }) =>
      `Filled in: branch ${branch} (${code}), ${kind}, account number ${number}.`,
    kinds: { ordinary: 'ordinary', current: 'current', savings: 'savings' },
    refusals: {
      'symbol-malformed': 'The symbol has 5 digits and begins with 0 or 1.',
      'number-malformed':
        'The number is made of digits: at most 8 where the symbol begins with 1, at most 6 where it begins with 0.',
      'number-not-ending-in-1':
        'The number of a passbook (symbol 1xxxx) ends in 1. Please look at the number again.',
      'savings-without-passbook':
        'The symbol of a savings account begins with 1. Please look at the symbol again.',
      'branch-unknown': (code) => `There is no branch ${code}. Please look at the symbol again.`,
    },
  },
}
