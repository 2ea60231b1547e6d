import { describe, expect, it } from 'vitest'
import { tags, templates } from '#kit/ctp1/fields.ts'
import { en } from './signature.messages.en.ts'
import { ja } from './signature.messages.ja.ts'
import { endsCode, signedText } from './signature-words.ts'

describe('what the device shows', () => {
  it.each([
    ['amount', '3000000', '3,000,000円', '¥3,000,000'],
    ['total', '1', '1円', '¥1'],
    ['fee', '660', '660円', '¥660'],
    ['count', '12000', '12,000件', '12,000'],
    ['new-payees', '0', '0件', '0'],
    ['currency-amount', 'USD 1234.50', 'USD 1234.50', 'USD 1234.50'],
    ['payee', 'ｶ)ﾌﾞｶﾜｼﾖｳﾃﾝ', 'カ)ブカワシヨウテン', 'カ)ブカワシヨウテン'],
    ['bank', '9998 ﾄﾅﾘ', '9998 トナリ', '9998 トナリ'],
    ['account', '1 7654321', '普通 7654321', 'Ordinary 7654321'],
    ['account', '9 7654321', '9 7654321', '9 7654321'],
    ['date', '2026-11-24', '2026/11/24', '2026/11/24'],
    ['digest', '0123456789abcdef', '0123 4567 89AB CDEF', '0123 4567 89AB CDEF'],
    ['login-id', 'tanaka01', 'tanaka01', 'tanaka01'],
    ['text', '限度額の変更', '限度額の変更', '限度額の変更'],
    ['warning', '200', '注意喚起 200', 'Warning 200'],
    ['of-a-later-version', 'ﾃｽﾄ', 'テスト', 'テスト'],
  ])('%s %s is written for people', (tag, value, japanese, english) => {
    expect(signedText(ja, { tag, value })).toBe(japanese)
    expect(signedText(en, { tag, value })).toBe(english)
  })

  it('every tag and every template of the device has its word in both languages', () => {
    for (const words of [ja, en]) {
      expect(Object.keys(words.fields).toSorted()).toEqual(Object.keys(tags).toSorted())
      expect(Object.keys(words.templates).toSorted()).toEqual(Object.keys(templates).toSorted())
    }
  })
})

describe('a 2D code', () => {
  const thrown = (code: string, facts?: Record<string, string>) => ({ problem: { code, facts } })

  it.each([
    ['challenge-spent', undefined, true],
    ['challenge-expired', undefined, true],
    ['challenge-unknown', undefined, true],
    ['code-wrong', { triesLeft: '0' }, true],
    ['code-wrong', { triesLeft: '1' }, false],
    ['code-of-another-step', undefined, false],
    ['token-suspended', undefined, false],
    ['content-changed', undefined, false],
  ])('after %s with %j it is over: %s', (code, facts, over) => {
    expect(endsCode(thrown(code, facts))).toBe(over)
  })

  it('is not over because no answer came', () => {
    expect(endsCode(new TypeError('no network'))).toBe(false)
    expect(endsCode(null)).toBe(false)
  })
})
