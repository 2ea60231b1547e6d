/** What the device's screen makes of numbers: digits in groups, and fields as people read them. */
import type { Field, TagName, UnknownField } from '#kit/ctp1/fields.ts'
import type { ja } from './messages.ja.ts'

/** Groups of four, which eyes and fingers keep: `1234 5678 9012`. */
export function grouped(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ')
}

type Words = Pick<typeof ja, 'tags' | 'unknownTag' | 'values'>

/** One line of the screen. */
export interface Line {
  readonly name: string
  readonly value: string
  /** Figures that are compared digit by digit stand larger. */
  readonly look: 'text' | 'money' | 'warning'
}

export function lineOf(field: Field | UnknownField, words: Words): Line {
  if (!('value' in field)) {
    const number = field.tag.toString(16).toUpperCase()
    return { name: words.unknownTag(number), value: grouped(field.hex), look: 'text' }
  }
  const { tag, value } = field
  return { name: words.tags[tag], value: writers[tag]?.(value, words) ?? value, look: lookOf(tag) }
}

function lookOf(tag: TagName): Line['look'] {
  if (tag === 'warning') return 'warning'
  return tag === 'amount' || tag === 'total' || tag === 'currency-amount' ? 'money' : 'text'
}

type Writer = (value: string, words: Words) => string

const yen: Writer = (value, { values }) => values.yen(withCommas(value))
const count: Writer = (value, { values }) => values.count(withCommas(value))

/** The others are shown as they were signed. */
const writers: Partial<Record<TagName, Writer>> = {
  amount: yen,
  total: yen,
  fee: yen,
  count,
  'new-payees': count,
  date: (value, { values }) => {
    const [year = '', month = '', day = ''] = value.split('-')
    return values.date(year, month, day)
  },
  account: (value, { values }) => {
    const [kind = '', ...rest] = value.split(' ')
    return [values.kinds[kind] ?? kind, ...rest].join(' ')
  },
  digest: (value) => grouped(value.toUpperCase()),
  warning: (value, { values }) => values.warnings[value] ?? values.warning(value),
}

function withCommas(decimal: string): string {
  return decimal.replace(/\B(?=(\d{3})+$)/g, ',')
}
