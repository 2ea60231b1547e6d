/** What differs between banks in トランザクション認証. Sources: camera-token.md A5-A7, internet-banking.md §1.6. */
import type { Right } from '#kit/rights.ts'
import type { Yen } from '#kit/yen.ts'

export interface TokenParameters {
  /** 利用停止 after so many wrong codes in a row; five at most (RTS Art. 4). */
  readonly failsMax: number
  /** Wrong codes after which a 2D code is spent. */
  readonly triesPerCode: number
  /** トークン認証コード, the 12 digits: tries in 24 hours. */
  readonly authenticationCodesPerDevice: number
  readonly authenticationCodesPerUser: number
  /** 2D codes made for one user in an hour. */
  readonly scansPerHour: number
  readonly challengeMinutes: number
  readonly activationMinutes: number
  /** Who holds one of these registers a token at the login; masters and administrators always. */
  readonly rightsNeedingToken: readonly Right[]
  /** 「あとで登録する」 so many days after the user was registered; 0: never. */
  readonly skippableDays: number
  readonly softwareTokens: {
    readonly taken: boolean
    /** Highest amount of an order signed by one; null: no other limit than the usual ones. */
    readonly amountCap: Yen | null
    readonly voucherHours: number
  }
}

export const defaultTokenParameters: TokenParameters = {
  failsMax: 5,
  triesPerCode: 3,
  authenticationCodesPerDevice: 5,
  authenticationCodesPerUser: 10,
  scansPerHour: 60,
  challengeMinutes: 5,
  activationMinutes: 10,
  rightsNeedingToken: [
    'transfers-request-any',
    'transfers-payees',
    'transfers-approve',
    'supplier-payments-payees',
    'supplier-payments-approve',
    'payroll-payees',
    'payroll-approve',
    'local-tax-approve',
    'direct-debits-approve',
    'tax-payments-pay',
  ],
  skippableDays: 30,
  softwareTokens: { taken: false, amountCap: null, voucherHours: 24 },
}
