/** 全銀 characters, era dates and records: explicit tables, and parse∘format = id. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  characterClasses,
  jisByte,
  jisCharacter,
  marksHaveTheirKana,
  noticeText,
  permits,
  zenginText,
} from './characters.ts'
import { eraDigits, readEraDigits } from './era.ts'
import { code, date, filler, fixed, number, readRecord, text, writeRecord } from './record.ts'
import { splitRecords } from './record.ts'

const today = Temporal.PlainDate.from('2026-11-22')
const name30 = { characters: 'name', bytes: 30 } as const

describe('characters', () => {
  test.each([
    ['株式会社', 'name', 'character-not-permitted'],
    ['カ）テストショウジ', 'name', 'ｶ)ﾃｽﾄｼﾖｳｼﾞ'],
    ['がぎぐ　ぱぴぷ', 'name', 'ｶﾞｷﾞｸﾞ ﾊﾟﾋﾟﾌﾟ'],
    ['か\u3099', 'name', 'ｶﾞ'],
    ['ヴァイオリン', 'name', 'ｳﾞｱｲｵﾘﾝ'],
    ['ｬｭｮｯｰ', 'name', 'ﾔﾕﾖﾂ-'],
    ['Ａｂｃ－１２３', 'name', 'ABC-123'],
    ['ヲガワ', 'name', 'ｵｶﾞﾜ'],
    ['ヲガワ', 'edi', 'ｦｶﾞﾜ'],
    ['「INV-2026/11」￥', 'edi', '｢INV-2026/11｣\\'],
    ['INV/1', 'name', 'character-not-permitted'],
    ['=1+1', 'name', 'character-not-permitted'],
    ['"quoted"', 'edi', 'character-not-permitted'],
    ['A\r\nB', 'name', 'character-not-permitted'],
    ['ﾜﾞ', 'name', 'mark-without-kana'],
    ['ｶﾟ', 'name', 'mark-without-kana'],
    ['ﾞ', 'name', 'mark-without-kana'],
    ['ガ'.repeat(15), 'name', 'ｶﾞ'.repeat(15)],
    ['ガ'.repeat(15) + 'ア', 'name', 'too-long'],
    ['  A   B  ', 'name', 'A B'],
    ['🏦', 'name', 'character-not-permitted'],
    ['\ud83c', 'name', 'character-not-permitted'],
  ] as const)('%j as %s gives %s', (typed, characters, expected) => {
    const outcome = zenginText(typed, { characters, bytes: 30 })
    expect(outcome.granted ? outcome.value : outcome.reason).toBe(expected)
  })

  test.each([
    ['株式会社テスト', 30, 'ﾃｽﾄ'],
    ['アイウガ', 4, 'ｱｲｳ'],
    ['アイウガ', 5, 'ｱｲｳｶﾞ'],
    ['ﾜﾞｶﾞﾞ', 30, 'ﾜｶﾞ'],
    ['=HYPERLINK("x")', 30, 'HYPERLINK( X )'],
    ['🏦', 30, ''],
  ])('a notice writes %j in %i bytes as %j', (given, bytes, expected) => {
    expect(noticeText(given, { characters: 'name', bytes })).toBe(expected)
  })

  test('a notice always fits, and never parts a kana from its mark', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 1, max: 48 }),
        fc.constantFrom('branch', 'name', 'edi'),
        (given, bytes, characters) => {
          const written = noticeText(given, { characters, bytes })
          return (
            written.length <= bytes && permits(characters, written) && marksHaveTheirKana(written)
          )
        },
      ),
    )
  })

  test('what the narrow set permits is converted to itself', () => {
    const permitted = [...characterClasses.name].filter((one) => one !== ' ' && !'ﾞﾟ'.includes(one))
    for (const character of permitted) {
      expect(zenginText(character, name30)).toEqual({ granted: true, value: character })
    }
  })

  test('all 158 bytes of JIS X 0201 come back as themselves', () => {
    const known = Array.from({ length: 256 }, (_, byte) => byte).filter(
      (byte) => jisCharacter(byte) !== null,
    )
    expect(known).toHaveLength(158)
    for (const byte of known) expect(jisByte(jisCharacter(byte)!.charCodeAt(0))).toBe(byte)
  })
})

describe('era dates', () => {
  test.each([
    ['2026-11-22', '081122'],
    ['2019-05-01', '010501'],
    ['2019-04-30', '310430'],
    ['2024-02-29', '060229'],
  ])('%s is written %s', (day, digits) => {
    expect(eraDigits(Temporal.PlainDate.from(day))).toBe(digits)
  })

  test.each([
    ['081122', '2026-11-22'],
    ['381122', '2026-11-22'], // 平成38, as files of 2019 and 2020 went on
    ['310430', '2019-04-30'],
    ['080229', null],
    ['080431', null],
    ['000101', null],
    ['08112', null],
    ['0811/2', null],
  ])('%s is read as %s', (digits, day) => {
    expect(readEraDigits(digits, today)?.toString() ?? null).toBe(day)
  })
})

const layout = [
  fixed('2'),
  code('account', 7),
  number('amount', 12),
  date('day'),
  text('remitter', 20, 'name'),
  text('edi', 20, 'edi'),
  filler(4),
] as const

const zenginWord = (characters: 'name' | 'edi', bytes: number) =>
  fc
    .array(fc.constantFrom(...characterClasses[characters]), { maxLength: bytes })
    .map((letters) => noticeText(letters.join(''), { characters, bytes }))

describe('records', () => {
  test('what was written is read back, field for field', () => {
    fc.assert(
      fc.property(
        fc.record({
          account: fc.stringMatching(/^\d{7}$/),
          amount: fc.bigInt({ min: 0n, max: 999_999_999_999n }),
          day: fc.option(
            fc
              .integer({ min: 0, max: 4000 })
              .map((days) => today.subtract({ days: 2000 }).add({ days })),
          ),
          remitter: zenginWord('name', 20),
          edi: zenginWord('edi', 20),
        }),
        (values) => {
          const bytes = writeRecord(layout, values)
          expect(bytes.length).toBe(72)
          expect([...bytes.subarray(70)]).toEqual([0x0d, 0x0a])
          const near = values.day ?? today
          const read = readRecord(layout, bytes.subarray(0, 70), near)
          expect(read.faults).toEqual([])
          expect({ ...read.values, day: read.values.day?.toString() ?? null }).toEqual({
            ...values,
            day: values.day?.toString() ?? null,
          })
        },
      ),
    )
  })

  const fitting = { account: '0000001', amount: 1n, day: today, remitter: 'ｱ', edi: '' }
  test.each([
    ['an amount with a digit too many', { ...fitting, amount: 1_000_000_000_000n }],
    ['a negative amount', { ...fitting, amount: -1n }],
    ['a text too long', { ...fitting, remitter: 'ｱ'.repeat(21) }],
    ['a text with a full-width letter', { ...fitting, remitter: 'ア' }],
    ['a line break', { ...fitting, remitter: 'A\r\n' }],
    ['a code that is no digits', { ...fitting, account: 'ABCDEFG' }],
  ])('%s is a fault, not a shifted record', (_case, values) => {
    expect(() => writeRecord(layout, values)).toThrow(RangeError)
  })

  test('faults are named with the position where the field begins', () => {
    const bytes = writeRecord(layout, fitting)
    const spoiled = Uint8Array.from(bytes.subarray(0, 70))
    spoiled[0] = 0x33 // not the constant 2
    spoiled[8] = 0x41 // a letter in the amount
    spoiled[26] = 0x82 // half of a full-width character
    expect(readRecord(layout, spoiled, today).faults).toEqual([
      { position: 1, field: 'fixed', code: 'constant-wrong' },
      { position: 9, field: 'amount', code: 'not-digits' },
      { position: 27, field: 'remitter', code: 'character-not-permitted' },
    ])
    expect(readRecord(layout, bytes.subarray(0, 69), today).faults[0]!.code).toBe('length-wrong')
  })

  test.each([
    ['CRLF', '\r\n', ''],
    ['LF', '\n', ''],
    ['nothing', '', ''],
    ['CRLF and end-of-file', '\r\n', '\x1a'],
    ['nothing and end-of-file', '', '\x1a'],
  ])('records parted by %s are found', (_name, separator, end) => {
    const file = Buffer.from(['AAAA', 'BBBB'].map((one) => one + separator).join('') + end)
    expect(splitRecords(file, 4).map(String)).toEqual(
      splitRecords(Buffer.from('AAAABBBB'), 4).map(String),
    )
  })
})
