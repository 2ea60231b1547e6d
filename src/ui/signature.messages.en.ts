/** The words around the 2D code. */
import type { ja } from './signature.messages.ja.ts'

interface Tries {
  readonly triesLeft: string
}

const triesText = ({ triesLeft }: Tries) =>
  triesLeft === '0'
    ? 'This 2D code takes no more tries. Please show a new one and scan it.'
    : triesLeft === ''
      ? 'Please check it once more.'
      : `Please check the number once more (${triesLeft} ${triesLeft === '1' ? 'try' : 'tries'} left).`

export const en: typeof ja = {
  title: 'Transaction authentication',
  how: 'Switch the camera token on, press the right button and scan the 2D code. Check what the device shows, and type the number of its last screen.',
  code: '2D code',
  codeLabel: '2D code to be scanned by the camera token',
  renew: 'Show a new 2D code',
  shown: 'What the device shows',
  compare: 'Check that the device shows the same as the browser.',
  differs: 'If it does not, do not type the number, and call your branch.',
  transactionCode: 'Transaction authentication number (8 digits)',
  transactionCodeHint: 'Type the number that the device shows.',
  never: 'Never tell the number to a caller.',
  neverWhy: 'The bank never asks for it by telephone or mail.',
  typed: {
    missing: 'Please type the transaction authentication number.',
    malformed: 'The transaction authentication number has 8 digits.',
  },
  countdown: {
    left: 'Time left',
    lastMinute: 'The 2D code is valid for one more minute.',
    over: 'The time for the 2D code is over.',
  },
  timeOver: 'The time for this 2D code is over.',
  gone: 'This 2D code cannot be used any more.',
  yen: (amount) => `¥${amount}`,
  count: (count) => count,
  kinds: { 1: 'Ordinary', 2: 'Current', 4: 'Savings' },
  warnings: { 1: 'Does somebody ask for the code by phone or mail? Do not tell it.' },
  warning: (number) => `Warning ${number}`,
  templates: {
    transfer: 'Transfer',
    bulk: 'Bulk or payroll transfer',
    approval: 'Approval',
    tax: 'Taxes and fees',
    'user-change': 'Change of users or rights',
    'certificate-issue': 'Issue of a certificate',
    'login-confirmation': 'Login',
    'payee-registration': 'New payee',
    fx: 'Foreign exchange',
    densai: 'Densai',
  },
  fields: {
    warning: 'Careful',
    'login-id': 'Login ID',
    amount: 'Amount',
    total: 'Total',
    'currency-amount': 'Amount',
    payee: 'Payee',
    count: 'Items',
    bank: 'Bank',
    branch: 'Branch',
    account: 'Account',
    'largest-payee': 'Largest payee',
    'new-payees': 'New payees',
    date: 'Date',
    fee: 'Fee',
    reference: 'Reference',
    text: 'Content',
    digest: 'Check value',
  },
  refusals: {
    'token-missing':
      'You have no registered camera token. Please log out, and register it at your next login.',
    'token-suspended':
      'The camera token is suspended. Please ask your administrator or your branch.',
    'too-many-challenges':
      'No more 2D codes can be shown for now. Please try again in about an hour.',
    'challenge-unknown': 'This 2D code cannot be used. Please show a new one.',
    'challenge-spent': 'This 2D code cannot be used any more. Please show a new one and scan it.',
    'challenge-expired': 'The time for this 2D code is over. Please show a new one and scan it.',
    'code-of-another-step':
      'This is a token authentication code (12 digits). Please type the transaction authentication number (8 digits).',
    'code-malformed': 'The transaction authentication number has 8 digits.',
    'code-of-another-challenge': (tries) =>
      `This number was made from another 2D code. Please scan the one that is shown. ${triesText(tries)}`,
    'code-wrong': (tries) =>
      `The transaction authentication number is not right. ${triesText(tries)}`,
    'content-changed':
      'What is to be authenticated has changed. Please open the page anew and check it once more.',
  },
}
