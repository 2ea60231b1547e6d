/** 略語: contracted by the tables, never twice, never by guessing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permits } from './characters.ts'
import { businessAbbreviations, legalForms, officeAbbreviations } from './names-tables.ts'
import { abbreviated, comparable, nameChanged, sameName } from './names.ts'

const said = (name: string, bytes?: number) => {
  const outcome = abbreviated(name, bytes)
  return outcome.granted ? outcome.value : outcome.reason
}

describe('a name is contracted', () => {
  test.each([
    ['株式会社ケイヨウギンコウ', 'ｶ)ｹｲﾖｳｷﾞﾝｺｳ'],
    ['ケイヨウギンコウ株式会社', 'ｹｲﾖｳｷﾞﾝｺｳ(ｶ'],
    ['ケイヨウギンコウ株式会社チバシテン', 'ｹｲﾖｳｷﾞﾝｺｳ(ｶ)ﾁﾊﾞｼﾃﾝ'],
    ['株式会社　やまだ', 'ｶ)ﾔﾏﾀﾞ'],
    ['ヤマダ ㈱', 'ﾔﾏﾀﾞ(ｶ'],
    ['（株）ヤマダ', 'ｶ)ﾔﾏﾀﾞ'],
    ['カブシキガイシャ ヤマダ', 'ｶ)ﾔﾏﾀﾞ'],
    ['ｶﾌﾞｼｷｶﾞｲｼﾔ ﾔﾏﾀﾞ', 'ｶ)ﾔﾏﾀﾞ'],
    ['カ）ヤマダ', 'ｶ)ﾔﾏﾀﾞ'],
    ['ヤマダ（カ', 'ﾔﾏﾀﾞ(ｶ'],
    ['社会医療法人アオバ', 'ｲ)ｱｵﾊﾞ'], // the longest, not 医療法人
    ['医療法人社団アオバ', 'ｲ)ｱｵﾊﾞ'],
    ['地方独立行政法人アオバ', 'ﾁﾄﾞｸ)ｱｵﾊﾞ'],
    ['一般財団法人アオバ', 'ｻﾞｲ)ｱｵﾊﾞ'],
    ['アオバ財団法人', 'character-not-permitted'], // at the head only
    ['株式会社ヤマダ株式会社', 'character-not-permitted'], // one per name
    ['カ）ヤマダ株式会社', 'character-not-permitted'],
    ['株式会社ヤマダ営業所', 'ｶ)ﾔﾏﾀﾞ(ｴｲ'],
    ['ヤマダ出張所', 'ﾔﾏﾀﾞ(ｼﾕﾂ'],
    ['アオバ国民健康保険組合', 'ｱｵﾊﾞｺｸﾎ'], // not …健康保険組合
    ['アオバ漁業協同組合連合会', 'ｱｵﾊﾞｷﾞﾖﾚﾝ'],
    ['アオバ生命保険相互会社', 'ｱｵﾊﾞｾｲﾒｲ(ｿ'],
    ['特別養護老人ホームアオバ', 'ﾄｸﾖｳｱｵﾊﾞ'],
    ['山田商事', 'character-not-permitted'],
    ['株式会社山田', 'character-not-permitted'],
    ['ヤマダ ワ゛', 'mark-without-kana'],
    ['', ''],
  ])('%j gives %j', (typed, expected) => {
    expect(said(typed)).toBe(expected)
  })

  test('into 48 characters, or as many as the field has', () => {
    expect(said('ア'.repeat(48))).toBe('ｱ'.repeat(48))
    expect(said('ア'.repeat(49))).toBe('too-long')
    expect(said('株式会社アイ', 4)).toBe('ｶ)ｱｲ')
    expect(said('株式会社アイ', 3)).toBe('too-long')
  })
})

test('every word of every table is contracted to its own abbreviation', () => {
  for (const { short, long } of legalForms) {
    for (const word of long) expect(said(`${word}アオバ`)).toBe(`${short})ｱｵﾊﾞ`)
  }
  for (const { short, long, headOnly } of [...legalForms, ...officeAbbreviations]) {
    for (const word of headOnly ? [] : long) expect(said(`アオバ${word}`)).toBe(`ｱｵﾊﾞ(${short}`)
  }
  for (const { short, long } of businessAbbreviations) {
    for (const word of long) expect(said(`アオバ${word}`)).toBe(`ｱｵﾊﾞ${short}`)
  }
})

const kana = fc.string({
  unit: fc.constantFrom(...'アイウカガパッャー・ 　Ａb1株式会社㈱()（）.'),
  maxLength: 20,
})

test('what is granted may stand in the field, and is granted again as it is', () => {
  fc.assert(
    fc.property(kana, (typed) => {
      const outcome = abbreviated(typed)
      if (!outcome.granted) return
      expect(permits('name', outcome.value)).toBe(true)
      expect(abbreviated(outcome.value)).toEqual(outcome)
      expect(nameChanged(typed).half).toBe(outcome.value)
      expect(comparable(outcome.value)).toBe(comparable(typed))
    }),
  )
})

test.each([
  ['ｶ)ﾔﾏﾀﾞ ﾀﾛｳ', '株式会社ヤマダタロウ', true],
  ['ﾔﾏﾀﾞ(ｶ', 'ヤマダ カブシキガイシャ', true],
  ['ｶ)ﾃﾞ-ﾀ･ｼｽﾃﾑ', 'カ）データシステム', true],
  ['ｶ)ﾔﾏﾀﾞ', 'ﾔﾏﾀﾞ(ｶ', false], // another company
  ['ﾔﾏﾀﾞ', 'ﾔﾏﾀ', false],
  ['', '', false],
  ['()', '-', false],
])('%j and %j are the same: %s', (one, other, expected) => {
  expect(sameName(one, other)).toBe(expected)
  expect(sameName(other, one)).toBe(expected)
})

test('what became of a name can be shown', () => {
  expect(nameChanged('株式会社シャトー')).toEqual({
    half: 'ｶ)ｼﾔﾄ-',
    changed: [
      { from: '株式会社', to: 'ｶ)' },
      { from: 'ャ', to: 'ﾔ' },
      { from: 'ー', to: '-' },
    ],
  })
  expect(nameChanged('ヤマダ　ﾀﾛｳ')).toEqual({ half: 'ﾔﾏﾀﾞ ﾀﾛｳ', changed: [] })
  expect(nameChanged('やまだ・abc')).toEqual({
    half: 'ﾔﾏﾀﾞ ABC',
    changed: [
      { from: '・', to: ' ' },
      { from: 'a', to: 'A' },
      { from: 'b', to: 'B' },
      { from: 'c', to: 'C' },
    ],
  })
  expect(nameChanged('山田').half).toBe('山田')
})
