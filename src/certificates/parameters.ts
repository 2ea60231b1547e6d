/** What differs between banks in 電子証明書. Defaults: certificates-and-security.md B1. */
export interface CertificateParameters {
  readonly validityDays: number // 有効期間
  readonly renewableDays: number // so long before its end it can be renewed
  /** 有効期限のお知らせ by mail, so many days before; the longest first. */
  readonly mailDays: readonly number[]
  /** 証明書取得認証, and between certificate and password at login. */
  readonly authenticationMinutes: number
  readonly ticketSeconds: number
  readonly letterCodeDays: number // 電子証明書発行コード
  readonly letterCodeTries: number
  /** 失効一覧: how long each one holds. A new one is made at half of it, and at each end. */
  readonly listDays: number
  readonly rootListDays: number
}

export const defaultCertificateParameters: CertificateParameters = {
  validityDays: 365,
  renewableDays: 40,
  mailDays: [40, 10],
  authenticationMinutes: 15,
  ticketSeconds: 60,
  letterCodeDays: 90,
  letterCodeTries: 5,
  listDays: 7,
  rootListDays: 90,
}
