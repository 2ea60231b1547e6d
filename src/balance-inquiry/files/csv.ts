/**
 * CSV — every field in double quotes, commas between, CRLF at the line's end.
 *
 * A spreadsheet takes a field that begins with = + - @ for a formula. Text that came from outside
 * therefore gets an apostrophe in front; amounts never do, for their readers are programs.
 */
import type { csvEncodings } from '../contract.ts'
import { shiftJis } from './shift-jis.ts'

export type CsvEncoding = (typeof csvEncodings)[number]

/** Text from outside, as a field that is only text. */
export function guarded(text: string): string {
  const line = text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  return /^[\s]*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line
}

export function csvLine(fields: readonly string[]): string {
  return fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',') + '\r\n'
}

/** Bytes of the file's pieces; UTF-8 begins with a BOM, without which Excel takes it for Shift_JIS. */
export function csvEncoder(encoding: CsvEncoding): (text: string) => Uint8Array {
  if (encoding === 'shift_jis') return shiftJis
  const encoder = new TextEncoder()
  let begun = false
  return (text) => {
    const mark = begun ? '' : '\ufeff'
    begun = true
    return encoder.encode(mark + text)
  }
}

export function csvMediaType(encoding: CsvEncoding): string {
  return `text/csv; charset=${encoding === 'shift_jis' ? 'Shift_JIS' : 'utf-8'}; header=present`
}
