/** Numbers on the device's screen. */
import { expect, test } from 'vitest'
import type { Field, UnknownField } from '#kit/ctp1/fields.ts'
import { grouped, lineOf } from './figures.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

test.for([
  ['090615181605', '0906 1518 1605'],
  ['48979287', '4897 9287'],
  ['1', '1'],
  ['123456789', '1234 5678 9'],
  ['', ''],
] as const)('digits stand in groups of four: %s', ([digits, text]) => {
  expect(grouped(digits)).toBe(text)
})

test.for([
  [{ tag: 'amount', value: '3000000' }, '金額', '3,000,000円', '¥3,000,000'],
  [{ tag: 'total', value: '0' }, '合計金額', '0円', '¥0'],
  [{ tag: 'fee', value: '440' }, '手数料', '440円', '¥440'],
  [{ tag: 'count', value: '1200' }, '件数', '1,200件', '1,200'],
  [{ tag: 'date', value: '2026-11-24' }, '指定日', '2026/11/24', '2026-11-24'],
  [{ tag: 'account', value: '1 7654321' }, '口座', '普通 7654321', 'Ordinary 7654321'],
  [{ tag: 'account', value: '9 7654321' }, '口座', '9 7654321', '9 7654321'],
  [
    { tag: 'digest', value: '0123456789abcdef' },
    '照合値',
    '0123 4567 89AB CDEF',
    '0123 4567 89AB CDEF',
  ],
  [{ tag: 'payee', value: 'ｶ)ﾐﾎﾝ' }, '受取人', 'ｶ)ﾐﾎﾝ', 'ｶ)ﾐﾎﾝ'],
  [{ tag: 'text', value: '振込 3000000' }, '内容', '振込 3000000', '振込 3000000'],
  [{ tag: 'warning', value: '77' }, 'ご注意', '注意喚起 77', 'Warning 77'],
  [{ tag: 0x8a, hex: 'c0ffee' }, '項目 8A', 'c0ff ee', 'c0ff ee'],
] as const)('%o is read as people read it', ([field, name, japanese, english]) => {
  const line = lineOf(field as Field | UnknownField, ja)
  expect(line).toMatchObject({ name, value: japanese })
  expect(lineOf(field as Field | UnknownField, en).value).toBe(english)
})

test('money and warnings stand out', () => {
  expect(lineOf({ tag: 'amount', value: '1' }, ja).look).toBe('money')
  expect(lineOf({ tag: 'warning', value: '1' }, ja).look).toBe('warning')
  expect(lineOf({ tag: 'payee', value: 'ｱ' }, ja).look).toBe('text')
})
