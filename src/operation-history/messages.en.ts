/** The operation history: its words and sentences in English. */
import { parseAccountKey } from '#kit/account-number.ts'
import type { Business, Operation } from '#kit/operations.ts'
import type { ja, Told } from './messages.ja.ts'

const businesses: Record<Business, string> = {
  login: 'Login',
  token: 'Tokens',
  certificates: 'Certificates',
  home: 'Top page and notices',
  approvals: 'Approvals',
  'balance-inquiry': 'Inquiry',
  'operation-history': 'Operation history',
  transfers: 'Transfers',
  payees: 'Payees',
  administration: 'Administration',
}

const operations: Record<Operation, string> = {
  login: 'Login',
  'password-change': 'Change of password',
  logout: 'Logout',
  'session-expired': 'Session timeout',
  'login-notice-read': 'Notice at login read',
  'login-locked': 'Login locked',
  'confirmation-locked': 'Confirmation password locked',
  'certificate-login': 'Certificate check',
  'token-registration': 'Token registration',
  'token-registration-postponed': 'Postponement of the token registration',
  'transaction-authentication': 'Transaction authentication',
  'token-suspension': 'Suspension of a token',
  'token-reset': 'Reset of a token',
  'token-detachment': 'Detachment of a token',
  'token-release': 'Release of a suspended token',
  'token-import': 'Import of tokens',
  'token-assignment': 'Assignment of a token',
  'token-disposal': 'Disposal of a token',
  'software-token-voucher': 'Voucher for a software token',
  'software-token': 'Issue of a software token',
  'certificate-issue': 'Issue of a certificate',
  'certificate-renewal': 'Renewal of a certificate',
  'certificate-revocation': 'Revocation of a certificate',
  'certificate-letter': 'Letter with a certificate code',
  'notice-read': 'Notice read',
  'balance-inquiry': 'Balance inquiry',
  'statement-inquiry': 'Statement inquiry',
  'incoming-transfer-inquiry': 'Incoming transfer inquiry',
  'balance-chart': 'Balance chart',
  'statement-csv': 'Statement as CSV',
  'statement-zengin': 'Statement as Zengin file',
  'statement-pdf': 'Statement as PDF',
  'statement-camt053': 'Statement as camt.053',
  'incoming-transfer-csv': 'Incoming transfers as CSV',
  'incoming-transfer-zengin': 'Incoming transfers as Zengin file',
  'balance-csv': 'Balances as CSV',
  'balance-pdf': 'Balances as PDF',
  'operation-history-inquiry': 'Operation history inquiry',
  'operation-history-csv': 'Operation history as CSV',
  'operation-history-pdf': 'Operation history as PDF',
  'transfer-entered': 'Transfer entered',
  'transfer-changed': 'Transfer changed',
  'transfer-deleted': 'Transfer deleted',
  'transfer-submitted': 'Transfer submitted',
  'transfer-cancelled': 'Booked transfer cancelled',
  'transfer-recalled': 'Transfer recalled',
  'transfer-name-check': 'Account holder check',
  'transfers-inquiry': 'Transfer status inquiry',
  'transfer-printed': 'Transfer order as PDF',
  approval: 'Approval',
  'approval-sending-back': 'Order sent back',
  'approval-deletion': 'Deletion of an order that awaits approval',
  'approval-recall': 'Order recalled',
  'approval-withdrawal': 'Approval withdrawn',
  'approval-failure': 'Failed check at the approval',
  'approval-expiry': 'Expiry of an approval',
  'approval-policy-change': 'Change of the approval policy',
  'payees-inquiry': 'Payee inquiry',
  'payee-entered': 'Payee entered',
  'payee-registration': 'Payee registered',
  'payee-changed': 'Payee changed',
  'payee-deleted': 'Payee deleted',
  'payee-restored': 'Deleted payee brought back',
  'payee-name-check': 'Account holder check for a payee',
  'payee-group-made': 'Payee group made',
  'payee-group-renamed': 'Payee group renamed',
  'payee-group-deleted': 'Payee group deleted',
  'payee-group-members': 'Members of a payee group changed',
  'payees-file-checked': 'Payee file checked',
  'payees-imported': 'Payee file registered',
  'payees-csv': 'Payees as CSV',
  'payees-zengin': 'Payees as Zengin file',
  'payees-filed': 'Payees filed with the bank',
  'company-created': 'Company registered',
  'login-method-changed': 'Change of the login method',
  'user-created': 'User registered',
  'user-changed': 'User changed',
}

const factWords: Record<string, (value: string) => string> = {
  account: (key) => `account ${accountText(key)}`,
  accounts: (count) =>
    /^\d+$/.test(count) ? counted(count, 'account') : `accounts ${listText(count)}`,
  from: () => '',
  to: () => '',
  userId: () => '', // told by name, as `user`, where names are known
  search: (names) => searchText(names),
  day: (day) => dayText(day),
  changed: (kinds) => kindsText(kinds),
  for: (whom) => (whom === 'user' ? '' : `from ${whom}`),
  text: (text) => `containing "${text}"`,
  direction: (way) => (way === 'in' ? 'in only' : way === 'out' ? 'out only' : way),
  lines: (count) => counted(count, 'line'),
  user: (name) => `user ${name}`,
  loginId: (id) => `login ID ${id}`,
  payee: (name) => `payee ${name}`,
  group: (name) => `group ${name}`,
  count: (count) => `${figures(count)} payees`,
  title: (title) => `"${title}"`,
  notices: (ids) => counted(String(ids.split(' ').length), 'notice'),
  until: (moment) => `until ${momentText(moment)}`,
  by: (way) => (way === 'certificate' ? 'by certificate' : way === 'password' ? '' : way),
  purpose: (name) => operations[name as Operation] ?? name,
  serial: (number) => `serial number ${number}`,
  tokenCode: (code) => `token code ${code}`,
  thumbprint: (digits) => `thumbprint ${digits}`,
  certificate: (number) => `certificate ${number}`,
  business: (name) => `business ${businesses[name as Business] ?? name}`,
  operation: (name) => `operation ${operations[name as Operation] ?? name}`,
  terminal: (name) => `from ${terminals[name as 'pc'] ?? name}`,
  result: (name) => `result ${results[name as 'done'] ?? name}`,
}

const searchWords: Record<string, string> = {
  text: 'text',
  direction: 'direction',
  amountFrom: 'amount',
  amountTo: 'amount',
  kinds: 'kind',
}

const passwordKinds: Record<string, string> = {
  login: 'login password',
  confirmation: 'confirmation password',
}
const kindsText = (kinds: string) =>
  kinds
    .split(' ')
    .map((kind) => passwordKinds[kind] ?? kind)
    .join(' and ')

const terminals = { pc: 'PC', smartphone: 'Smartphone' }
const results = { done: 'Done', refused: 'Refused' }

function says({ operation, result, facts }: Told): string {
  const said = Object.entries(facts).map(([name, value]) => {
    const word = factWords[name]
    return word === undefined ? `${name} ${value}` : word(value)
  })
  const { from, to } = facts
  const period =
    from === undefined && to === undefined ? '' : `${dayText(from ?? '')} to ${dayText(to ?? '')}`
  const details = [...said, period].filter((part) => part !== '').join(', ')
  const refused = result === 'refused' ? ' was refused' : ''
  return `${operations[operation]}${details === '' ? '' : ` (${details})`}${refused}.`
}

function accountText(key: string): string {
  if (key === 'all') return 'all accounts'
  const account = parseAccountKey(key)
  return account === null ? key : `${account.branchCode} ${account.kind} ${account.number}`
}

/** Names of search fields, as balance-inquiry records them. */
function searchText(names: string): string {
  const words = names.split(' ').map((name) => searchWords[name] ?? name)
  return `searched by ${[...new Set(words)].join(', ')}`
}

function listText(keys: string): string {
  return keys
    .split(/[,、]\s*/)
    .map(accountText)
    .join(', ')
}

const dayText = (day: string) => day.replaceAll('-', '/')
const counted = (count: string, thing: string) =>
  `${figures(count)} ${thing}${count === '1' ? '' : 's'}`
const figures = (count: string) => count.replace(/\B(?=(\d{3})+$)/g, ',')
const momentText = (moment: string) => moment.replaceAll('-', '/').replace('T', ' ').slice(0, 16)

export const en: typeof ja = {
  title: 'Operation history',
  says,
  businesses,
  operations,
  terminals,
  results,
  form: {
    heading: 'Search',
    period: 'Days',
    from: 'From day',
    to: 'To day',
    daysHint: ({ first, last }) => `Days from ${first} to ${last} can be searched.`,
    user: 'User',
    everybody: 'All users',
    ownOnly: 'You may search your own operations.',
    terminal: 'Terminal',
    business: 'Business',
    operation: 'Operation',
    result: 'Result',
    all: 'All',
    search: 'Search',
    dayUnreadable: 'Enter year, month and day, e.g. 2026/11/22.',
  },
  list: {
    heading: 'Found',
    inquiredAt: ({ at }) => `as of ${at}`,
    none: 'No operation was found. Change the conditions and search again.',
    shown: ({ count }) => `${count} shown.`,
  },
  columns: {
    at: 'Time',
    user: 'User (login ID)',
    terminal: 'Terminal',
    business: 'Business',
    operation: 'Operation',
    result: 'Result',
    inquiryNumber: 'Inquiry number',
    address: 'IP address',
    sequence: 'Sequence',
    userName: 'User',
    loginId: 'Login ID',
    details: 'Details',
    reason: 'Reason code',
  },
  nobody: '(no user)',
  downloads: {
    heading: 'Files',
    csv: 'CSV file',
    pdf: 'PDF to print',
    csvName: ({ day }) => `operation-history_${day}.csv`,
    pdfName: ({ day }) => `operation-history_${day}.pdf`,
  },
  paper: {
    company: 'Company',
    period: 'Days',
    conditions: 'Searched by',
    noConditions: 'nothing in particular',
    lines: 'Lines',
    inquiredAt: 'Time of inquiry',
  },
  refusals: {
    'period-reversed': 'The first day must not be after the last.',
    'period-outside-history': 'Choose days within the period that can be searched.',
    'own-history-only': 'You may not see the operations of other users.',
    'too-many-lines-for-pdf':
      'These are too many lines for a PDF. Shorten the period, or use the CSV file.',
  },
}
