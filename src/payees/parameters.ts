/** 振込先 — what differs between banks. */
import type { PayeeBusiness } from './payees.ts'

export interface PayeeParameters {
  /** 登録できる振込先の数, of the customer's own. */
  readonly payeesMax: Readonly<Record<PayeeBusiness, number>>
  readonly filedMax: number // 事前登録口座
  readonly groupsMax: number
  /** Look-ups a day without an order, until 入金先口座確認停止. */
  readonly lookupsWithoutTransferMax: number
  /** 該当口座なし a day, until 入金先口座確認停止. */
  readonly noSuchAccountMax: number
  /** 口座確認機能 利用する */
  readonly nameCheckUsed: boolean
  /** How long a deleted payee can be brought back (元に戻す). */
  readonly undoHours: number
  /** How long what was entered waits for its signature. */
  readonly proposalHours: number
}

/** internet-banking.md §4.8 and §12. */
export const defaultPayeeParameters: PayeeParameters = {
  payeesMax: { transfers: 15_000, 'supplier-payments': 50_000, payroll: 50_000 },
  filedMax: 999,
  groupsMax: 300,
  lookupsWithoutTransferMax: 10,
  noSuchAccountMax: 5,
  nameCheckUsed: true,
  undoHours: 24,
  proposalHours: 24,
}
