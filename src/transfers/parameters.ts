/** 振込振替 — what differs between banks (internet-banking.md §4.5, §6.5, §12). */
import type { BankAccounts } from './needs.ts'
import type { TransferWindow } from './windows.ts'

/** What is asked at 実行・確定. */
export interface Asks {
  readonly password: boolean // 確認用パスワード
  readonly token: boolean // トランザクション認証
}

export interface TransferParameters {
  readonly bankCode: string // our own
  readonly branchNameOf: (branchCode: string) => string // 仕向店名, half-width
  readonly bankNameKana: string
  readonly bankNames: { readonly ja: string; readonly en: string }
  readonly window: TransferWindow // サービス時間と締切
  readonly itemsMax: number // 振込先 per order
  readonly nameCheckUsed: boolean // 口座確認機能 利用する
  readonly daysShown: number // 照会期間
  readonly draftDays: number // 保存中 and the like, after the last change
  readonly accounts: BankAccounts
  /** §6.5: which confirmation each way of ordering asks. */
  readonly asks: {
    readonly typed: Asks // 都度指定, carried out without an approval
    readonly filed: Asks // 事前登録 and 振替, without an approval
    readonly withApproval: Asks // 確定; the approver signs
  }
  /** Of an execution that a worker began: another one takes over after so long. */
  readonly leaseSeconds: number
  /** After 発信 at once: the waits between looks for the other banks' answers. */
  readonly followUpMilliseconds: readonly number[]
}

export const defaultTransferParameters = {
  itemsMax: 10,
  nameCheckUsed: true,
  daysShown: 90,
  draftDays: 70,
  accounts: {
    settlement: { branchCode: '900', kind: 'current', number: '0000009' },
    fees: { branchCode: '900', kind: 'current', number: '0000004' },
  },
  asks: {
    typed: { password: true, token: true },
    filed: { password: true, token: false },
    withApproval: { password: true, token: false },
  },
  leaseSeconds: 60,
  followUpMilliseconds: [],
  window: {
    coreTime: { from: '08:30', to: '15:30' },
    moreTime: { used: true, until: '23:50', closed: [{ from: '01-01', to: '01-03' }] },
    bookableBusinessDays: 7,
    bookedAt: '08:30',
  },
} as const satisfies Partial<TransferParameters>
