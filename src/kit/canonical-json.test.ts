/** Canonical JSON: the examples of RFC 8785, and one text per value. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json } from './canonical-json.ts'

test('names are sorted by UTF-16 code units (RFC 8785 §3.2.3)', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  const texts = Object.values(JSON.parse(canonicalJson(value)) as Record<string, string>)
  const inText = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(([, text]) => text)
  expect(inText).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
  expect(texts).toHaveLength(7)
})

test('text is escaped as little as JSON allows (RFC 8785 §3.2.2.2)', () => {
  expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
})

test('the order in which a value was built does not show', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed()) as Json
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual({ ...value })
    }),
  )
})

test.for(['\ud83d', { '\udc00': 1 }, 1.5, 2 ** 53, Number.NaN])('%j is refused', (value) => {
  expect(() => canonicalJson(value as Json)).toThrow(TypeError)
})
