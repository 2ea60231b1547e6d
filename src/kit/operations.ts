/**
 * 操作 — every operation that the operation history can name, under its business (業務).
 * Their sentences are in operation-history/messages; a new operation without one does not compile.
 * What is recorded: internet-banking.md §8.3.
 */
export const operations = {
  login: [
    'login',
    'password-change',
    'logout',
    'session-expired',
    'login-notice-read',
    'login-locked',
    'confirmation-locked',
    'certificate-login',
  ],
  token: [
    'token-registration',
    'token-registration-postponed',
    'transaction-authentication',
    'token-suspension',
    'token-reset',
    'token-detachment',
    'token-release',
    'token-import',
    'token-assignment',
    'token-disposal',
    'software-token-voucher',
    'software-token',
  ],
  certificates: [
    'certificate-issue',
    'certificate-renewal',
    'certificate-revocation',
    'certificate-letter',
  ],
  home: ['notice-read'],
  'balance-inquiry': [
    'balance-inquiry',
    'statement-inquiry',
    'incoming-transfer-inquiry',
    'balance-chart',
    'statement-csv',
    'statement-zengin',
    'statement-pdf',
    'statement-camt053',
    'incoming-transfer-csv',
    'incoming-transfer-zengin',
    'balance-csv',
    'balance-pdf',
  ],
  approvals: [
    'approval',
    'approval-sending-back',
    'approval-deletion',
    'approval-recall',
    'approval-withdrawal',
    'approval-failure',
    'approval-expiry',
    'approval-policy-change',
  ],
  'operation-history': [
    'operation-history-inquiry',
    'operation-history-csv',
    'operation-history-pdf',
  ],
  transfers: [
    'transfer-entered',
    'transfer-changed',
    'transfer-deleted',
    'transfer-submitted',
    'transfer-cancelled',
    'transfer-recalled',
    'transfer-name-check',
    'transfers-inquiry',
    'transfer-printed',
  ],
  payees: [
    'payees-inquiry',
    'payee-entered',
    'payee-registration',
    'payee-changed',
    'payee-deleted',
    'payee-restored',
    'payee-name-check',
    'payee-group-made',
    'payee-group-renamed',
    'payee-group-deleted',
    'payee-group-members',
    'payees-file-checked',
    'payees-imported',
    'payees-csv',
    'payees-zengin',
    'payees-filed',
  ],
  administration: ['company-created', 'login-method-changed', 'user-created', 'user-changed'],
} as const
export type Business = keyof typeof operations
export type Operation = (typeof operations)[Business][number]

export function businessOf(operation: Operation): Business {
  const found = Object.entries(operations).find(([, list]) =>
    (list as readonly string[]).includes(operation),
  )
  return found![0] as Business
}
