/**
 * 依頼内容 — an order on one sheet, as its kind writes it and everybody shows it: the requester's
 * 内容確認, the approver's, 取引状況照会 and the PDF. `approvals` shows sheets and knows no kind.
 */
import * as z from 'zod/mini'

export const InBothLanguages = z.object({ ja: z.string(), en: z.string() })
export type InBothLanguages = z.infer<typeof InBothLanguages>

/** One line of facts: label and value. `as` tells how a value is shown. */
export const SheetFact = z.object({
  label: InBothLanguages,
  as: z.enum(['text', 'amount', 'day', 'moment']),
  value: InBothLanguages, // amount: whole yen; day: 2026-11-30; moment: ISO 8601
})
export type SheetFact = z.infer<typeof SheetFact>

/** 受取人名確認: what the other bank said. */
export const nameChecks = [
  'confirmed', // the other bank's name was taken
  'differs', // the typed name is another than the bank's
  'no-answer', // the other bank did not answer: typed by hand
  'not-asked', // 口座確認 is not used
] as const
export const NameCheck = z.enum(nameChecks)
export type NameCheck = z.infer<typeof NameCheck>

/** 明細: one payee of the order. Amounts are whole yen, as decimal text. */
export const SheetItem = z.object({
  payeeName: z.string(), // 受取人名, half-width
  label: z.string(), // 登録名, or empty
  bank: z.string(), // となり銀行 (9998)
  branch: z.string(), // 本店 (101)
  accountKind: z.enum(['ordinary', 'current', 'savings', 'other']),
  accountNumber: z.string(),
  payable: z.string(), // 支払金額
  deductedFee: z.string(), // 先方負担手数料
  amount: z.string(), // 振込金額
  bankFee: z.string(), // 振込手数料
  ediInformation: z.nullable(z.string()), // EDI情報
  isNew: z.boolean(), // 新規の受取人: never paid before by this company
  nameCheck: NameCheck,
  nameAtBank: z.nullable(z.string()), // the other bank's name, where it differs
  outcome: z.nullable(InBothLanguages), // 処理結果, once there is one
})
export type SheetItem = z.infer<typeof SheetItem>

export const OrderSheet = z.object({
  kind: InBothLanguages, // 取引種別
  name: z.string(), // 取引名
  facts: z.array(SheetFact),
  items: z.array(SheetItem),
  /** 合計. `debit` is what leaves the account: amounts and fees. */
  totals: z.object({
    count: z.int(),
    payable: z.string(),
    deductedFee: z.string(),
    amount: z.string(),
    bankFee: z.string(),
    debit: z.string(),
  }),
  /** What one should look at before going on, e.g. a name that differs. */
  warnings: z.array(InBothLanguages),
})
export type OrderSheet = z.infer<typeof OrderSheet>
