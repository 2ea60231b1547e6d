/** 依頼内容 — the words around the sheet of an order. */
import type { NameCheck, SheetItem } from '#kit/order-sheet.ts'

export const ja = {
  content: '取引内容',
  items: '明細',
  totals: '合計',
  warnings: 'ご確認ください',
  kind: '取引種別',
  name: '取引名',
  number: 'No.',
  payee: '受取人',
  account: '振込先口座',
  payable: '支払金額',
  deductedFee: '先方負担手数料',
  amount: '振込金額',
  bankFee: '振込手数料',
  ediInformation: 'EDI情報',
  outcome: '処理結果',
  isNew: '新規',
  isNewSays: 'この受取人への振込は初めてです。',
  nameChecks: {
    confirmed: '口座確認済み',
    differs: '受取人名相違',
    'no-answer': '口座確認できず',
    'not-asked': '口座確認なし',
  } satisfies Record<NameCheck, string>,
  nameAtBank: (name: string) => `金融機関の登録名 ${name}`,
  kinds: {
    ordinary: '普通',
    current: '当座',
    savings: '貯蓄',
    other: 'その他',
  } satisfies Record<SheetItem['accountKind'], string>,
  count: '合計件数',
  counted: (count: string) => `${count}件`,
  sums: {
    payable: '支払金額合計',
    deductedFee: '先方負担手数料合計',
    amount: '振込金額合計',
    bankFee: '振込手数料合計',
    debit: '引落金額合計',
  },
}
