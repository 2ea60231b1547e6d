/** 振込先ファイル取得 — all payees of a business as CSV or as 全銀 総合振込. */
import { payeeAccountKinds } from '#kit/bank-account.ts'
import { csvEncoder, csvLine, guarded, type CsvEncoding } from '#kit/csv.ts'
import { noticeText } from '#kit/zengin/characters.ts'
import { writeRecord, writeRecords } from '#kit/zengin/record.ts'
import { columns, type ColumnName } from './file-columns.ts'
import { data, end, header, trailer } from './file-zengin.ts'
import type { PayeeContent } from './payee-fields.ts'

export interface PayeeLine extends PayeeContent {
  readonly payeeNumber: string | null
}

export function payeesCsv(payees: readonly PayeeLine[], encoding: CsvEncoding): Uint8Array {
  const heading = csvLine(columns.map(({ heading: word }) => word))
  const lines = payees.map((payee) => {
    const cells = cellsOf(payee)
    return csvLine(columns.map(({ name }) => cells[name]))
  })
  return csvEncoder(encoding)(heading + lines.join(''))
}

const bearerWords = {
  payer: '当方負担',
  'payee-by-table': '先方負担',
  'payee-stated': '先方負担',
} as const

function cellsOf(payee: PayeeLine): Record<ColumnName, string> {
  return {
    payeeNumber: payee.payeeNumber ?? '',
    bankCode: payee.bankCode,
    bankName: guarded(payee.bankName),
    branchCode: payee.branchCode,
    branchName: guarded(payee.branchName),
    kind: payeeAccountKinds[payee.kind].code,
    number: payee.number,
    nameKana: guarded(payee.nameKana),
    label: guarded(payee.label),
    bearer: bearerWords[payee.bearer],
    statedFee: payee.statedFee ?? '',
    amount: payee.amount ?? '',
    ediInformation: guarded(payee.ediInformation ?? ''),
    memo: guarded(payee.memo),
    groups: guarded(payee.groups.join(';')),
  }
}

export interface ZenginFacts {
  readonly companyName: string
  readonly bankCode: string // of our own
  readonly day: Temporal.PlainDate
  /** Half-width names of banks and branches, by `bank-branch`. */
  readonly kana: ReadonlyMap<string, { readonly bank: string; readonly branch: string }>
}

/** 受取人名 has 30 bytes there: a longer one is cut, never between a kana and its mark. */
export function payeesZengin(payees: readonly PayeeLine[], facts: ZenginFacts): Uint8Array {
  const { day, kana } = facts
  const two = (part: number) => String(part).padStart(2, '0')
  const head = writeRecord(header, {
    requesterCode: '0'.repeat(10),
    requesterName: noticeText(facts.companyName, { characters: 'name', bytes: 40 }),
    day: two(day.month) + two(day.day),
    bankCode: facts.bankCode,
    ...{ bankName: '', branchCode: '000', branchName: '', kind: '1', number: '0000000' },
  })
  const records = payees.map((payee) => {
    const names = kana.get(`${payee.bankCode}-${payee.branchCode}`)
    return {
      bankCode: payee.bankCode,
      bankName: noticeText(names?.bank ?? '', { characters: 'branch', bytes: 15 }),
      branchCode: payee.branchCode,
      branchName: noticeText(names?.branch ?? '', { characters: 'branch', bytes: 15 }),
      kind: payeeAccountKinds[payee.kind].code,
      number: payee.number,
      nameKana: noticeText(payee.nameKana, { characters: 'name', bytes: 30 }),
      amount: BigInt(payee.amount ?? '0'),
      ediInformation: payee.ediInformation ?? '',
      mark: payee.ediInformation === null ? '' : 'Y',
    }
  })
  const total = records.reduce((sum, { amount }) => sum + amount, 0n)
  const foot = writeRecord(trailer, { count: BigInt(records.length), total })
  const last = writeRecord(end, {})
  return Buffer.concat([head, writeRecords(data, records), foot, last])
}
