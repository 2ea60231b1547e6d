/**
 * Fields — what the device shows before it gives a code: a template, which is the purpose, and its
 * fields as tag, length and value (camera-token.md A4). A tag that a device does not know is shown
 * all the same or refused: nothing is ever signed in silence.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { concat, hexOf, type Bytes } from './bytes.ts'
import { readValue, valueBytes, type ValueKind } from './values.ts'

/** In the order in which a device shows what its template does not put first. */
export const tags = {
  warning: { number: 0x10, kind: 'uint8' }, // 注意喚起, by its number
  'login-id': { number: 0x01, kind: 'kana' }, // ログインID
  amount: { number: 0x15, kind: 'uint40' }, // 金額, whole yen
  total: { number: 0x19, kind: 'uint40' }, // 合計金額, whole yen
  'currency-amount': { number: 0x1f, kind: 'kana' }, // 通貨・金額: `USD 1234.50`
  payee: { number: 0x14, kind: 'kana' }, // 受取人名
  count: { number: 0x18, kind: 'uint24' }, // 件数
  bank: { number: 0x11, kind: 'kana' }, // 金融機関, code and name: `9998 ﾄﾅﾘ`
  branch: { number: 0x12, kind: 'kana' }, // 支店, code and name: `101 ﾎﾝﾃﾝ`
  account: { number: 0x13, kind: 'kana' }, // 科目・口座番号: `1 7654321`
  'largest-payee': { number: 0x1b, kind: 'kana' }, // 最高額の受取人
  'new-payees': { number: 0x1c, kind: 'uint24' }, // 新規の受取人, their number
  date: { number: 0x16, kind: 'date' }, // 指定日
  fee: { number: 0x1e, kind: 'uint40' }, // 手数料, whole yen
  reference: { number: 0x17, kind: 'kana' }, // 照会番号
  text: { number: 0x1d, kind: 'utf8' }, // 内容, free text
  digest: { number: 0x1a, kind: 'digest' }, // 照合値 of a file
} as const satisfies Record<string, { number: number; kind: ValueKind }>
export type TagName = keyof typeof tags

/** What is signed; `first` are the fields of the first screen, in their order. */
export const templates = {
  transfer: { number: 0x01, first: ['amount', 'payee', 'bank', 'branch'] }, // 振込
  bulk: { number: 0x02, first: ['total', 'count', 'largest-payee', 'new-payees'] }, // 総合・給与・賞与振込
  approval: { number: 0x03, first: ['amount', 'total', 'payee', 'count'] }, // 承認
  tax: { number: 0x04, first: ['amount', 'payee', 'reference'] }, // 税金・各種料金の払込み
  'user-change': { number: 0x05, first: ['login-id', 'text'] }, // 利用者・権限・限度額変更
  'certificate-issue': { number: 0x06, first: ['login-id'] }, // 電子証明書発行・再発行
  'login-confirmation': { number: 0x07, first: ['login-id'] }, // ログイン確認
  'payee-registration': { number: 0x08, first: ['payee', 'bank', 'branch', 'account'] }, // 振込先登録
  fx: { number: 0x09, first: ['currency-amount', 'amount', 'payee'] }, // 外為
  densai: { number: 0x0a, first: ['amount', 'payee', 'date'] }, // でんさい
} as const satisfies Record<string, { number: number; first: readonly TagName[] }>
export type TemplateName = keyof typeof templates

export interface Field {
  readonly tag: TagName
  readonly value: string // see values.ts
}

/** A tag from 0x80 on that this device does not know: shown as it is. */
export interface UnknownField {
  readonly tag: number
  readonly hex: string
}

/** The bank writes only what it knows. */
export interface Content {
  readonly template: TemplateName
  readonly fields: readonly Field[]
}

export interface ReceivedContent {
  readonly template: TemplateName
  readonly fields: readonly (Field | UnknownField)[]
}

/** 260 bytes of content are a 2D code of version 13, which cameras still read well (A4, A10). */
const contentLengthMax = 260
const fieldsPerPage = 4

/** Several lines of these make sense; of the others a second one could only mislead. */
const mayRepeat: readonly TagName[] = ['text', 'largest-payee']

/** @throws RangeError for a content that a device could not show: our own mistake */
export function contentBytes({ template, fields }: Content): Bytes {
  const bytes = concat(Uint8Array.of(templates[template].number), fieldBytes(fields))
  if (fields.length === 0) throw new RangeError('a content without a field says nothing')
  if (bytes.length > contentLengthMax) {
    throw new RangeError(`a content has at most ${contentLengthMax} bytes: ${bytes.length}`)
  }
  return bytes
}

/** @throws RangeError for a value that its tag cannot carry, or a tag that stands twice */
export function fieldBytes(fields: readonly Field[]): Bytes {
  if (hasRepeated(fields)) throw new RangeError('a tag stands twice')
  const parts = fields.map(({ tag, value }) => {
    const bytes = valueBytes(tags[tag].kind, value)
    if (bytes === null) throw new RangeError(`${tag} cannot carry this value`)
    if (bytes.length > 0xff) throw new RangeError(`${tag} has more than 255 bytes`)
    return concat(Uint8Array.of(tags[tag].number, bytes.length), bytes)
  })
  return concat(...parts)
}

/** In the order of their checks, field by field. */
export type FieldsRefusal =
  | 'length-malformed'
  | 'tag-unknown' // below 0x80: who does not know it must not sign
  | 'value-malformed'
  | 'tag-repeated'
export type ContentRefusal = 'template-unknown' | 'content-empty' | FieldsRefusal

export function readContent(bytes: Bytes): Outcome<ReceivedContent, ContentRefusal> {
  const template = templateNumbered(bytes[0])
  if (template === null) return refused('template-unknown')
  if (bytes.length === 1) return refused('content-empty')
  const fields = readFields(bytes.subarray(1))
  return fields.granted ? granted({ template, fields: fields.value }) : fields
}

export function readFields(
  bytes: Bytes,
): Outcome<readonly (Field | UnknownField)[], FieldsRefusal> {
  const fields: (Field | UnknownField)[] = []
  let at = 0
  while (at < bytes.length) {
    const end = at + 2 + (bytes[at + 1] ?? bytes.length)
    if (end > bytes.length) return refused('length-malformed')
    const field = readField(bytes[at]!, bytes.slice(at + 2, end))
    if (!field.granted) return field
    fields.push(field.value)
    at = end
  }
  return hasRepeated(fields) ? refused('tag-repeated') : granted(fields)
}

function readField(
  number: number,
  bytes: Bytes,
): Outcome<Field | UnknownField, 'tag-unknown' | 'value-malformed'> {
  const tag = tagNumbered(number)
  if (tag === null) {
    return number < 0x80 ? refused('tag-unknown') : granted({ tag: number, hex: hexOf(bytes) })
  }
  const value = readValue(tags[tag].kind, bytes)
  return value === null ? refused('value-malformed') : granted({ tag, value })
}

function hasRepeated(fields: readonly (Field | UnknownField)[]): boolean {
  const single = fields.flatMap(({ tag }) =>
    typeof tag === 'string' && !mayRepeat.includes(tag) ? [tag] : [],
  )
  return new Set(single).size < single.length
}

function tagNumbered(number: number): TagName | null {
  return numbered(tags, number)
}

function templateNumbered(number: number | undefined): TemplateName | null {
  return number === undefined ? null : numbered(templates, number)
}

function numbered<Name extends string>(
  table: Readonly<Record<Name, { readonly number: number }>>,
  number: number,
): Name | null {
  return (Object.keys(table) as Name[]).find((name) => table[name].number === number) ?? null
}

/**
 * The screens of a content, the same on every device: a warning, what the template puts first —
 * amount and payee always stand on the first screen — and the rest in the order of `tags`.
 */
export function displayPages<One extends Field | UnknownField>(content: {
  readonly template: TemplateName
  readonly fields: readonly One[]
}): readonly (readonly One[])[] {
  const first: readonly TagName[] = ['warning', ...templates[content.template].first]
  const order = [...new Set<string | number>([...first, ...Object.keys(tags)])]
  const rank = ({ tag }: One) => (typeof tag === 'number' ? order.length : order.indexOf(tag))
  const fields = content.fields.toSorted((one, other) => rank(one) - rank(other))

  const leading = fields.filter((field) => rank(field) < first.length).length
  const pages = [fields.splice(0, Math.max(leading, fieldsPerPage))]
  while (fields.length > 0) pages.push(fields.splice(0, fieldsPerPage))
  return pages
}
