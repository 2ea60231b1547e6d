/** Who is in front of the counter, as every capability may know it. */
import type { CompanyId, SessionId, UserId } from './ids.ts'
import type { Right, Role } from './rights.ts'

/** A signed-in user. `identity` makes it from the session, afresh for each request. */
export interface Visitor {
  readonly sessionId: SessionId
  readonly companyId: CompanyId
  readonly companyName: string // 企業名
  readonly userId: UserId
  readonly loginId: string // ログインID
  readonly userName: string // 利用者名
  readonly role: Role
  readonly rights: ReadonlySet<Right>
  /** 'signing-in' until every check after the password is passed; then 'signed-in'. */
  readonly stage: 'signing-in' | 'signed-in'
}

/** 操作端末 */
export type Terminal = 'pc' | 'smartphone'

/** Where a request came from: what the operation history keeps beside the visitor. */
export interface Origin {
  readonly address: string // IP address, as the trusted hop tells it
  readonly terminal: Terminal
  readonly userAgent: string
  readonly inquiryNumber: string // お問い合わせ番号, quoted in errors and in the log
  readonly language: Language
}

export type Language = 'ja' | 'en'
