/**
 * 全銀協 レコード・フォーマット — a record as a table of fields, to bytes and back.
 *
 * N fields are digits, right-aligned and filled with zeros; C fields are half-width text,
 * left-aligned and filled with spaces. Writing something that does not fit is a fault of ours and
 * throws; reading collects what is wrong, with the position that the sender's help desk asks for.
 */
import { type CharacterClass, jisByte, jisCharacter, permits } from './characters.ts'
import { eraDigits, readEraDigits } from './era.ts'

export type Field =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'filler'; readonly bytes: number } // ダミー
  | { readonly kind: 'number'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'code'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'date'; readonly name: string } // 和暦 YYMMDD, zeros for none
  | {
      readonly kind: 'text'
      readonly name: string
      readonly bytes: number
      readonly characters: CharacterClass
    }
export type Layout = readonly Field[]

type ValueOf<F> = F extends { kind: 'number' }
  ? bigint
  : F extends { kind: 'date' }
    ? Temporal.PlainDate | null
    : string
/** The named values that a record of this layout carries. */
export type Values<L extends Layout> = {
  readonly [F in Extract<L[number], { name: string }> as F['name']]: ValueOf<F>
}

export const fixed = <const T extends string>(text: T) => ({ kind: 'fixed', text }) as const
export const filler = (bytes: number) => ({ kind: 'filler', bytes }) as const
export const number = <const N extends string>(name: N, bytes: number) =>
  ({ kind: 'number', name, bytes }) as const
export const code = <const N extends string>(name: N, bytes: number) =>
  ({ kind: 'code', name, bytes }) as const
export const date = <const N extends string>(name: N) => ({ kind: 'date', name }) as const
export const text = <const N extends string>(name: N, bytes: number, characters: CharacterClass) =>
  ({ kind: 'text', name, bytes, characters }) as const

export function bytesOf(field: Field): number {
  if (field.kind === 'fixed') return field.text.length
  return field.kind === 'date' ? 6 : field.bytes
}

const lengths = new WeakMap<Layout, number>()

export function lengthOf(layout: Layout): number {
  const known = lengths.get(layout)
  if (known !== undefined) return known
  const length = layout.reduce((sum, field) => sum + bytesOf(field), 0)
  lengths.set(layout, length)
  return length
}

const space = 0x20
const zero = 0x30
const carriageReturn = 0x0d
const lineFeed = 0x0a

/** The record's bytes and CRLF, which the standard wants after every record, also the last. */
export function writeRecord<const L extends Layout>(layout: L, values: Values<L>): Uint8Array {
  return writeRecords(layout, [values])
}

/** Many records in one piece: an allocation each would cost more than the writing. */
export function writeRecords<const L extends Layout>(
  layout: L,
  records: readonly Values<L>[],
): Uint8Array {
  const length = lengthOf(layout) + 2
  const bytes = new Uint8Array(length * records.length).fill(space)
  for (const [place, values] of records.entries()) {
    const end = writeFields(layout, values, bytes, place * length)
    bytes[end] = carriageReturn
    bytes[end + 1] = lineFeed
  }
  return bytes
}

/** @returns the place behind the record's last field */
function writeFields(layout: Layout, values: object, bytes: Uint8Array, start: number): number {
  const known = values as Readonly<Record<string, unknown>>
  let at = start
  for (const field of layout) {
    const wide = bytesOf(field)
    if (field.kind !== 'filler') {
      const written = fieldText(field, 'name' in field ? known[field.name] : null)
      // C fields stand at the left, N fields at the right; `fieldText` made sure that they fit.
      const from = field.kind === 'number' ? at + wide - written.length : at
      if (field.kind === 'number') bytes.fill(zero, at, from)
      for (let place = 0; place < written.length; place += 1) {
        bytes[from + place] = jisByte(written.charCodeAt(place))
      }
    }
    at += wide
  }
  return at
}

/** @throws RangeError when the value does not fit its field */
function fieldText(field: Exclude<Field, { kind: 'filler' }>, value: unknown): string {
  switch (field.kind) {
    case 'fixed':
      return field.text
    case 'date':
      return value === null ? '000000' : eraDigits(value as Temporal.PlainDate)
    case 'number': {
      const digits = String(value)
      if ((value as bigint) < 0n || digits.length > field.bytes) throw misfit(field, digits)
      return digits
    }
    case 'code': {
      const digits = String(value)
      if (digits.length !== field.bytes || !/^[\d ]+$/.test(digits)) throw misfit(field, digits)
      return digits
    }
    case 'text': {
      const written = String(value)
      const fits = written.length <= field.bytes && permits(field.characters, written)
      if (!fits) throw misfit(field, written)
      return written
    }
  }
}

function misfit({ name, bytes }: { name: string; bytes: number }, written: string): RangeError {
  return new RangeError(`${name} does not fit ${bytes} bytes: ${written}`)
}

/** What is wrong with a record that was read. `position` is counted from 1, as the bank does. */
export interface RecordFault {
  readonly position: number
  readonly field: string
  readonly code:
    | 'length-wrong'
    | 'constant-wrong'
    | 'not-digits'
    | 'not-a-day'
    | 'character-not-permitted'
}

export function readRecord<const L extends Layout>(
  layout: L,
  bytes: Uint8Array,
  near: Temporal.PlainDate,
): { readonly values: Values<L>; readonly faults: readonly RecordFault[] } {
  const values: Record<string, unknown> = {}
  const faults: RecordFault[] = []
  if (bytes.length !== lengthOf(layout)) {
    faults.push({ position: bytes.length, field: 'record', code: 'length-wrong' })
  }
  let at = 0
  for (const field of layout) {
    const raw = Array.from(bytes.subarray(at, at + bytesOf(field)), jisCharacter)
    const read = raw.map((character) => character ?? '\ufffd').join('')
    const fault = (problem: RecordFault['code']) =>
      faults.push({
        position: at + 1,
        field: 'name' in field ? field.name : field.kind,
        code: problem,
      })
    if ('name' in field) values[field.name] = fieldValue(field, read, near, fault)
    else if (field.kind === 'fixed' && read !== field.text) fault('constant-wrong')
    at += bytesOf(field)
  }
  return { values: values as Values<L>, faults }
}

function fieldValue(
  field: Extract<Field, { name: string }>,
  read: string,
  near: Temporal.PlainDate,
  fault: (code: RecordFault['code']) => void,
): string | bigint | Temporal.PlainDate | null {
  switch (field.kind) {
    case 'number':
      if (/^\d+$/.test(read)) return BigInt(read)
      // An optional N field may be blank.
      if (read.trim() !== '') fault('not-digits')
      return 0n
    case 'code':
      if (!/^[\d ]*$/.test(read)) fault('not-digits')
      return read
    case 'date': {
      if (/^(0{6}| {6})$/.test(read)) return null
      const day = readEraDigits(read, near)
      if (day === null) fault('not-a-day')
      return day
    }
    case 'text': {
      if (!permits(field.characters, read)) fault('character-not-permitted')
      return read.trimEnd()
    }
  }
}

/**
 * Cuts a file into its records: with CRLF or LF after every record, or with nothing between, and
 * with or without the end-of-file byte 0x1A.
 */
export function splitRecords(file: Uint8Array, bytes: number): readonly Uint8Array[] {
  const end = file.at(-1) === 0x1a ? file.length - 1 : file.length
  const separator =
    file[bytes] === carriageReturn && file[bytes + 1] === lineFeed
      ? 2
      : file[bytes] === lineFeed
        ? 1
        : 0
  const records: Uint8Array[] = []
  for (let at = 0; at < end; at += bytes + separator) {
    records.push(file.subarray(at, Math.min(at + bytes, end)))
  }
  return records
}
