/**
 * 振込先 — the door: registered payees of every business, 事前登録口座, and 口座確認.
 *
 * A foundation, for 振込振替, 総合振込 and 給与振込 each keep a list and may pick from the others'.
 */
import type { BankAccount } from '#kit/bank-account.ts'
import type { CompanyId, Id, UserId } from '#kit/ids.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'

export const payeeBusinesses = ['transfers', 'supplier-payments', 'payroll'] as const
export type PayeeBusiness = (typeof payeeBusinesses)[number]

export type PayeeId = Id<'payee'>

/** 手数料負担 as it is registered with the payee. */
export type RegisteredBearer =
  | { readonly by: 'payer' } // 当方負担
  | { readonly by: 'payee'; readonly fee: 'table' | Yen } // 先方負担

export interface Payee {
  readonly id: PayeeId
  readonly companyId: CompanyId
  readonly business: PayeeBusiness
  readonly account: BankAccount
  readonly bankName: string // 金融機関名
  readonly branchName: string // 支店名
  readonly nameKana: string // 受取人名, half-width, 48 characters at the most
  readonly label: string // 登録名, 30 characters
  readonly bearer: RegisteredBearer
  readonly amount: Yen | null // 登録支払金額
  readonly ediInformation: string | null // EDI情報
  readonly memo: string // 取引メモ
  readonly groups: readonly string[] // 所属グループ
  /** 受取人番号: filed on paper with the bank (事前登録方式); null: registered by the customer. */
  readonly number: string | null
  readonly changedAt: Temporal.Instant
}

export interface PayeeQuery {
  readonly companyId: CompanyId
  readonly business: PayeeBusiness
  readonly filed: boolean // true: 事前登録口座 only; false: the customer's own only
  readonly text?: string // in 登録名, 受取人名, 金融機関, 口座番号, 受取人番号
  readonly group?: string
  readonly after?: string // cursor of the page before
  readonly limit: number
}

export interface Payees {
  byIds(
    tx: Tx,
    of: { readonly companyId: CompanyId; readonly ids: readonly PayeeId[] },
  ): Promise<readonly Payee[]>
  byNumber(
    tx: Tx,
    of: { readonly companyId: CompanyId; readonly number: string },
  ): Promise<Payee | null>
  search(
    tx: Tx,
    query: PayeeQuery,
  ): Promise<{ readonly payees: readonly Payee[]; readonly next: string | null }>
  groups(
    tx: Tx,
    of: { readonly companyId: CompanyId; readonly business: PayeeBusiness },
  ): Promise<readonly { readonly name: string; readonly count: number }[]>
  /**
   * 口座確認, with the stop after repeated look-ups. In transactions of its own, for the other bank
   * is asked in between. Our own bank's accounts are asked of the core system.
   */
  checkName(
    asked: {
      readonly companyId: CompanyId
      readonly userId: UserId
      readonly account: BankAccount
    },
    now: Temporal.Instant,
  ): Promise<CheckedName>
  /** An order was submitted: look-ups without a transfer begin anew. */
  transferMade(
    tx: Tx,
    of: { readonly companyId: CompanyId; readonly userId: UserId },
  ): Promise<void>
}

export type CheckedName =
  | { readonly found: 'holder'; readonly holderKana: string }
  | { readonly found: 'no-such-account' } // 該当口座なし
  | { readonly found: 'no-answer' } // name typed by hand, risk of 入金不能
  | { readonly found: 'stopped' } // 入金先口座確認停止: typed by hand until it is asked again tomorrow
