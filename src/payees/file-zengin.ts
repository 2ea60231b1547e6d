/** 全銀協 レコード・フォーマット 総合振込 (種別 21, 120 bytes) — the four records, as tables of fields. */
import { code, filler, fixed, number, text } from '#kit/zengin/record.ts'

export const header = [
  fixed('1'),
  fixed('21'), // 種別コード
  fixed('0'), // コード区分: JIS
  code('requesterCode', 10), // 振込依頼人コード
  text('requesterName', 40, 'name'),
  code('day', 4), // 取組日 MMDD
  code('bankCode', 4), // 仕向銀行番号
  text('bankName', 15, 'branch'),
  code('branchCode', 3),
  text('branchName', 15, 'branch'),
  code('kind', 1),
  code('number', 7),
  filler(17),
] as const

export const data = [
  fixed('2'),
  code('bankCode', 4), // 被仕向銀行番号
  text('bankName', 15, 'branch'),
  code('branchCode', 3),
  text('branchName', 15, 'branch'),
  filler(4), // 手形交換所番号
  code('kind', 1), // 預金種目
  code('number', 7),
  text('nameKana', 30, 'name'), // 受取人名
  number('amount', 10), // 振込金額
  filler(1), // 新規コード
  text('ediInformation', 20, 'edi'), // 顧客コード1・2, or EDI情報
  filler(1), // 振込指定区分
  text('mark', 1, 'branch'), // 識別表示
  filler(7),
] as const

export const trailer = [fixed('8'), number('count', 6), number('total', 12), filler(101)] as const
export const end = [fixed('9'), filler(119)] as const
