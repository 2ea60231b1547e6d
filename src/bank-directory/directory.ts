/** 金融機関マスタ — the door: banks and branches by code, and their search. */
import type { Tx } from '#platform/database/database.ts'

export interface Bank {
  readonly code: string // 金融機関コード, 4 digits
  readonly name: string // 金融機関名 in full: となり銀行
  readonly kana: string // half-width, as the 全銀 formats carry it
}

export interface Branch {
  readonly bankCode: string
  readonly code: string // 支店コード, 3 digits
  readonly name: string // 支店名: 本店
  readonly kana: string // half-width
}

export interface BankDirectory {
  bank(tx: Tx, code: string): Promise<Bank | null>
  branch(tx: Tx, of: { readonly bankCode: string; readonly code: string }): Promise<Branch | null>
  /** Many at once, in the order asked; null where there is none. */
  branches(
    tx: Tx,
    of: readonly { readonly bankCode: string; readonly code: string }[],
  ): Promise<readonly ({ readonly bank: Bank; readonly branch: Branch } | null)[]>
}
