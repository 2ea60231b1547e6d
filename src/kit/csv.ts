/**
 * CSV — every field in double quotes, commas between, CRLF at the line's end.
 *
 * A spreadsheet takes a field that begins with = + - @ for a formula. Text that came from outside
 * therefore gets an apostrophe in front; amounts never do, for their readers are programs.
 */
import { shiftJis } from './shift-jis.ts'

export type CsvEncoding = 'utf-8' | 'shift_jis'

/** Text from outside, as a field that is only text. */
export function guarded(text: string): string {
  const line = text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  return /^[\s']*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line
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

/** What `guarded` put in front, taken away again. */
export function unguarded(field: string): string {
  return /^'[\s']*[=+\-@＝＋－＠]/.test(field) ? field.slice(1) : field
}

/**
 * Reads RFC 4180: quoted or not, CRLF or LF. An empty line is a row of one empty field.
 * @returns null where a quote is opened and never closed
 */
export function readCsv(text: string): readonly (readonly string[])[] | null {
  const rows: string[][] = []
  let row: string[] = []
  const end = () => {
    rows.push(row)
    row = []
  }
  const field = /"((?:[^"]|"")*)"|([^",\r\n]*)/y
  for (let at = 0; at <= text.length;) {
    field.lastIndex = at
    const found = field.exec(text)!
    row.push(found[1]?.replaceAll('""', '"') ?? found[2]!)
    at += found[0].length
    if (text[at] === ',') {
      at += 1
    } else if (at >= text.length) {
      break
    } else if (text[at] === '\n' || text[at] === '\r') {
      at += text.startsWith('\r\n', at) ? 2 : 1
      end()
    } else {
      return null
    }
  }
  end()
  return rows
}

export function csvMediaType(encoding: CsvEncoding): string {
  return `text/csv; charset=${encoding === 'shift_jis' ? 'Shift_JIS' : 'utf-8'}; header=present`
}
