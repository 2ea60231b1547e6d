/**
 * 振込先ファイル — a file made into rows of typed text: CSV with the columns of the export, or
 * 全銀 総合振込 of 120 bytes. What is wrong is said row by row; the fields are judged elsewhere.
 */
import { readCsv, unguarded } from '#kit/csv.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { readRecord, splitRecords } from '#kit/zengin/record.ts'
import { columns, type ColumnName } from './file-columns.ts'
import { data, trailer } from './file-zengin.ts'
import type { PayeeTyped } from './payee-fields.ts'

export interface FileRow {
  readonly row: number // from 1, headings and header records counted
  readonly typed: PayeeTyped
}

export const recordFaults = [
  'length-wrong',
  'constant-wrong',
  'not-digits',
  'not-a-day',
  'character-not-permitted',
  'record-unknown', // the first byte is none of 1 2 8 9
  'count-differs', // of the trailer
  'total-differs',
] as const
export type RecordFaultCode = (typeof recordFaults)[number]

export interface FileFault {
  readonly row: number
  readonly field: string // of PayeeTyped, or `record`
  readonly code: RecordFaultCode
  readonly found: string
}

export interface ReadFile {
  readonly rows: readonly FileRow[]
  readonly faults: readonly FileFault[]
}
export type FileRefusal = 'file-empty' | 'file-unreadable' | 'heading-wrong'

export function readPayeeFile(
  bytes: Uint8Array,
  format: 'csv' | 'zengin',
): Outcome<ReadFile, FileRefusal> {
  if (bytes.length === 0) return refused('file-empty')
  const read = format === 'csv' ? fromCsv(bytes) : fromZengin(bytes)
  if (!read.granted) return read
  const { rows, faults } = read.value
  return rows.length === 0 && faults.length === 0 ? refused('file-empty') : read
}

const required: readonly ColumnName[] = ['bankCode', 'branchCode', 'kind', 'number', 'nameKana']

function fromCsv(bytes: Uint8Array): Outcome<ReadFile, FileRefusal> {
  const text = decoded(bytes)
  if (text === null) return refused('file-unreadable')
  const lines = readCsv(text)
  if (lines === null) return refused('file-unreadable')
  const heading = (lines[0] ?? []).map((name) => name.normalize('NFKC').trim())
  const places = new Map(
    columns.map(({ name, heading: word }) => [name, heading.indexOf(word.normalize('NFKC'))]),
  )
  if (required.some((name) => places.get(name) === -1)) return refused('heading-wrong')

  const rows = lines.flatMap((line, at): readonly FileRow[] => {
    if (at === 0 || line.every((field) => field.trim() === '')) return []
    const cell = (name: ColumnName) => unguarded(line[places.get(name)!] ?? '')
    return [{ row: at + 1, typed: typedOf(cell) }]
  })
  return granted({ rows, faults: [] })
}

/** UTF-8, else Shift_JIS; never guessed beyond what each of them permits. */
function decoded(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not in this one.
    }
  }
  return null
}

function typedOf(cell: (name: ColumnName) => string): PayeeTyped {
  const statedFee = cell('statedFee').trim()
  const bearer = cell('bearer').trim()
  return {
    ...{ bankCode: cell('bankCode'), branchCode: cell('branchCode'), kind: cell('kind') },
    ...{ number: cell('number'), nameKana: cell('nameKana'), label: cell('label') },
    bearer: bearerOf(bearer, statedFee),
    ...{ statedFee, amount: cell('amount'), ediInformation: cell('ediInformation') },
    ...{ memo: cell('memo'), groups: cell('groups').split(/[;；]/) },
  }
}

function bearerOf(word: string, statedFee: string): string {
  if (word === '' || word === '当方負担' || word === '当方') return 'payer'
  if (word === '先方負担' || word === '先方') {
    return statedFee === '' ? 'payee-by-table' : 'payee-stated'
  }
  return word
}

/** Data records are payees; what else stands in the records of an order means nothing here. */
function fromZengin(bytes: Uint8Array): Outcome<ReadFile, FileRefusal> {
  const records = splitRecords(bytes, 120)
  if (bytes.length < 120) return refused('file-unreadable')
  const rows: FileRow[] = []
  const faults: FileFault[] = []
  let total = 0n
  for (const [at, record] of records.entries()) {
    const row = at + 1
    const fault = (code: RecordFaultCode, found = '') =>
      faults.push({ row, field: 'record', code, found })
    const mark = String.fromCharCode(record[0] ?? 0)
    if (mark === '2') {
      const read = dataRecord(record, row)
      faults.push(...read.faults)
      total += read.amount
      rows.push({ row, typed: read.typed })
    } else if (mark === '8') {
      const { values, faults: wrong } = readRecord(trailer, record, anyDay)
      for (const { code, position } of wrong) fault(code, String(position))
      if (values.count !== BigInt(rows.length)) fault('count-differs', `${values.count}`)
      if (values.total !== total) fault('total-differs', `${values.total}`)
    } else if (record.length !== 120) {
      fault('length-wrong', String(record.length))
    } else if (mark !== '1' && mark !== '9') {
      fault('record-unknown', mark)
    }
  }
  return granted({ rows, faults })
}

/** No date of ours stands in these records. */
const anyDay = Temporal.PlainDate.from('2026-01-01')

function dataRecord(record: Uint8Array, row: number) {
  const { values, faults } = readRecord(data, record, anyDay)
  const told = faults
    .filter(({ field }) => !['bankName', 'branchName'].includes(field))
    .map(({ field, code, position }): FileFault => ({
      ...{ row, code, found: String(position) },
      field: knownFields.includes(field) ? field : 'record',
    }))
  const typed: PayeeTyped = {
    ...{ bankCode: values.bankCode, branchCode: values.branchCode, kind: values.kind },
    ...{ number: values.number, nameKana: values.nameKana, label: '' },
    ...{ bearer: 'payer', statedFee: '', amount: values.amount === 0n ? '' : `${values.amount}` },
    // 識別表示 Y: EDI情報; else the 20 bytes are 顧客コード.
    ediInformation: values.mark === 'Y' ? values.ediInformation : '',
    ...{ memo: '', groups: [] },
  }
  return { typed, faults: told, amount: values.amount }
}

const knownFields = ['bankCode', 'branchCode', 'kind', 'number', 'nameKana', 'amount']
