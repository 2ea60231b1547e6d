/** Fields: what is written is read, what cannot be shown is refused, and nothing is silent. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { transfer } from './bank.fixture.ts'
import { bytesOfHex, hexOf, uintBytes, utf8 } from './bytes.ts'
import {
  contentBytes,
  displayPages,
  readContent,
  readFields,
  tags,
  templates,
  type Content,
  type Field,
  type TagName,
  type TemplateName,
} from './fields.ts'
import { kanaBytes, kanaText } from './kana.ts'
import { readValue, valueBytes, type ValueKind } from './values.ts'

const tagNames = Object.keys(tags) as TagName[]
const templateNames = Object.keys(templates) as TemplateName[]

const kanaCharacters = Array.from({ length: 256 }, (_, byte) => kanaText(Uint8Array.of(byte)))
const uint = (max: bigint) => fc.bigInt({ min: 0n, max }).map(String)
const values: Record<ValueKind, fc.Arbitrary<string>> = {
  kana: fc.string({
    unit: fc.constantFrom(...kanaCharacters.filter((one) => one !== null)),
    minLength: 1,
    maxLength: 20,
  }),
  utf8: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 10 })
    .filter((text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)),
  uint8: uint(0xffn),
  uint24: uint(0xff_ffffn),
  uint40: uint(2n ** 40n - 1n),
  date: fc
    .integer({ min: 0, max: 3_000_000 })
    .map((days) => Temporal.PlainDate.from('0001-01-01').add({ days }).toString()),
  digest: fc.uint8Array({ minLength: 8, maxLength: 8 }).map(hexOf),
}

const contents: fc.Arbitrary<Content> = fc
  .record({
    template: fc.constantFrom(...templateNames),
    names: fc.uniqueArray(fc.constantFrom(...tagNames), { minLength: 1, maxLength: 8 }),
  })
  .chain(({ template, names }) =>
    fc
      .tuple(...names.map((tag) => values[tags[tag].kind].map((value): Field => ({ tag, value }))))
      .map((fields) => ({ template, fields })),
  )

describe('a content', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(contents, (content) => {
        expect(readContent(contentBytes(content))).toEqual({ granted: true, value: content })
      }),
    )
  })

  test('is written back as it was read, whatever the bytes', () => {
    const number = fc.constantFrom(...tagNames.map((name) => tags[name].number))
    const field = fc
      .tuple(number, fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([number, value]) => [number, value.length, ...value])
    const content = fc.tuple(fc.integer({ min: 1, max: 11 }), fc.array(field, { maxLength: 4 }))
    fc.assert(
      fc.property(content, ([template, fields]) => {
        const bytes = Uint8Array.of(template, ...fields.flat())
        const read = readContent(bytes)
        if (read.granted) expect(contentBytes(read.value as Content)).toEqual(bytes)
      }),
      { numRuns: 500 },
    )
  })

  test.for([
    ['template-unknown', ''],
    ['template-unknown', '00150500002dc6c0'],
    ['template-unknown', '0b150500002dc6c0'],
    ['content-empty', '01'],
    ['length-malformed', '0115'],
    ['length-malformed', '01150500002dc6'],
    ['length-malformed', '01150500002dc6c016'],
    ['length-malformed', '017f05000000'], // the length is judged first
    ['tag-unknown', '010f0100'],
    ['tag-unknown', '01200100'],
    ['tag-unknown', '017f0100'],
    ['tag-unknown', '010001002001'],
    ['value-malformed', '011504002dc6c0'],
    ['value-malformed', '011506000000002dc6'],
    ['value-malformed', '0114017f'], // no character of JIS X 0201
    ['value-malformed', '011401a0'],
    ['value-malformed', '011401e0'],
    ['value-malformed', '011400'],
    ['value-malformed', '011d00'],
    ['value-malformed', '011d01ff'], // not UTF-8
    ['value-malformed', '011d010a'], // a line end
    ['value-malformed', '011d03e280ae'], // right-to-left override
    ['value-malformed', '01160420261301'],
    ['value-malformed', '01160420261100'],
    ['value-malformed', '01160420261132'],
    ['value-malformed', '0116042026112a'],
    ['value-malformed', '011603202611'],
    ['value-malformed', '011a0701020304050607'],
    ['tag-repeated', '01150500000000011505000000000a'],
  ] as const)('is refused as %s: %s', ([reason, hex]) => {
    expect(readContent(bytesOfHex(hex))).toEqual({ granted: false, reason })
  })

  test('with a tag from 80 on that nobody knows keeps it, to be shown', () => {
    expect(readContent(bytesOfHex('018000ff0201ff'))).toEqual({
      granted: true,
      value: {
        template: 'transfer',
        fields: [
          { tag: 0x80, hex: '' },
          { tag: 0xff, hex: '01ff' },
        ],
      },
    })
  })

  test('may say a text twice, but no amount', () => {
    const twice = (field: Field): Content => ({ template: 'user-change', fields: [field, field] })
    const text = twice({ tag: 'text', value: '振込の権限' })
    expect(readContent(contentBytes(text))).toEqual({ granted: true, value: text })
    expect(() => contentBytes(twice({ tag: 'amount', value: '1' }))).toThrow(RangeError)
  })

  test('is not written empty, nor longer than a camera reads well', () => {
    const ofLengths = (...lengths: readonly number[]): Content => ({
      template: 'user-change',
      fields: lengths.map((length) => ({ tag: 'text', value: 'a'.repeat(length) })),
    })
    expect(contentBytes(ofLengths(255)).length).toBe(258)
    expect(contentBytes(ofLengths(200, 55)).length).toBe(260)
    for (const content of [ofLengths(), ofLengths(256), ofLengths(200, 56)]) {
      expect(() => contentBytes(content)).toThrow(RangeError)
    }
  })
})

test('every tag and every template has a number of its own', () => {
  for (const table of [tags, templates]) {
    const numbers = Object.values(table).map(({ number }) => number)
    expect(new Set(numbers).size).toBe(numbers.length)
  }
  expect(Object.values(templates).map(({ number }) => number)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ])
})

describe('a value', () => {
  test.for([
    ['uint8', '0', '00'],
    ['uint8', '255', 'ff'],
    ['uint24', '16777215', 'ffffff'],
    ['uint40', '3000000', '00002dc6c0'],
    ['uint40', '1099511627775', 'ffffffffff'],
    ['date', '2026-11-24', '20261124'],
    ['date', '2028-02-29', '20280229'],
    ['digest', '00ff1122334455ee', '00ff1122334455ee'],
    ['kana', 'ｶ)ﾐﾎﾝ', 'b629d0cedd'],
    ['kana', ' ~｡ﾟ', '207ea1df'],
    ['utf8', '権限', 'e6a8a9e99990'],
  ] as const)('%s «%s» is %s', ([kind, value, hex]) => {
    expect(hexOf(valueBytes(kind, value)!)).toBe(hex)
    expect(readValue(kind, bytesOfHex(hex))).toBe(value)
  })

  test.for([
    ['uint8', '256'],
    ['uint8', '-1'],
    ['uint8', '007'],
    ['uint8', ''],
    ['uint24', '16777216'],
    ['uint40', '1099511627776'],
    ['uint40', '1.5'],
    ['uint40', '99999999999999'],
    ['date', '2026-13-01'],
    ['date', '2026/11/24'],
    ['date', '20261124'],
    ['digest', '00FF1122334455EE'],
    ['digest', '00ff'],
    ['kana', 'カブシキガイシャ'],
    ['kana', '￥'],
    ['kana', '😀'],
    ['kana', ''],
    ['utf8', ''],
    ['utf8', '\ud800'],
    ['utf8', 'one\ntwo'],
    ['utf8', 'a\u202eb'],
  ] as const)('%s cannot carry «%s»', ([kind, value]) => {
    expect(valueBytes(kind, value)).toBeNull()
  })
})

test('kana have one byte each, and only they and ASCII have one', () => {
  const known = kanaCharacters.filter((one) => one !== null)
  expect(known.length).toBe(95 + 63)
  for (const character of known) expect(kanaText(kanaBytes(character)!)).toBe(character)
  expect(kanaBytes('ｱ')).toEqual(Uint8Array.of(0xb1))
  expect(kanaBytes('亜')).toBeNull()
})

describe('the screens', () => {
  const tagsOf = (content: Parameters<typeof displayPages>[0]) =>
    displayPages(content).map((page) => page.map(({ tag }) => tag))

  test('of a transfer begin with amount and payee', () => {
    expect(tagsOf(transfer)).toEqual([
      ['amount', 'payee', 'bank', 'branch'],
      ['account', 'date', 'reference'],
    ])
  })

  test('do not depend on the order of the message', () => {
    const turned = { ...transfer, fields: transfer.fields.toReversed() }
    expect(displayPages(turned)).toEqual(displayPages(transfer))
  })

  test('begin with a warning where there is one', () => {
    const fields = [...transfer.fields, { tag: 'warning', value: '1' } as const]
    expect(tagsOf({ ...transfer, fields })[0]).toEqual([
      'warning',
      'amount',
      'payee',
      'bank',
      'branch',
    ])
  })

  test('show every field once, also the unknown, and the first fields on the first', () => {
    fc.assert(
      fc.property(contents, fc.boolean(), ({ template, fields }, more) => {
        const all = more ? [{ tag: 0x99, hex: 'aa' }, ...fields] : fields
        const pages = displayPages({ template, fields: all })
        expect(new Set(pages.flat())).toEqual(new Set(all))
        expect(pages.flat().length).toBe(all.length)
        expect(pages.every((page) => page.length > 0 && page.length <= 5)).toBe(true)
        const first: readonly unknown[] = templates[template].first
        const later = pages.slice(1).flat()
        expect(later.filter(({ tag }) => first.includes(tag))).toEqual([])
      }),
    )
  })
})

test('a login ID alone is read without a template, as ACT1 carries it', () => {
  const bytes = Uint8Array.of(1, 8, ...utf8('tanaka01'))
  const value = [{ tag: 'login-id', value: 'tanaka01' }]
  expect(readFields(bytes)).toEqual({ granted: true, value })
  expect(readFields(uintBytes(0, 0))).toEqual({ granted: true, value: [] })
})
