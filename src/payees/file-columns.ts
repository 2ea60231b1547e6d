/** 振込先ファイル — the columns of the CSV, the same for export and import (総振先CSV). */
export const columns = [
  { name: 'payeeNumber', heading: '受取人番号' },
  { name: 'bankCode', heading: '金融機関コード' },
  { name: 'bankName', heading: '金融機関名' },
  { name: 'branchCode', heading: '支店コード' },
  { name: 'branchName', heading: '支店名' },
  { name: 'kind', heading: '科目' },
  { name: 'number', heading: '口座番号' },
  { name: 'nameKana', heading: '受取人名' },
  { name: 'label', heading: '登録名' },
  { name: 'bearer', heading: '手数料負担' },
  { name: 'statedFee', heading: '先方負担手数料' },
  { name: 'amount', heading: '登録支払金額' },
  { name: 'ediInformation', heading: 'EDI情報' },
  { name: 'memo', heading: '取引メモ' },
  { name: 'groups', heading: '所属グループ' },
] as const
export type ColumnName = (typeof columns)[number]['name']
