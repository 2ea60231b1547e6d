/**
 * 口座名の略語 — a company's name as the 全銀 formats carry it: legal form, office and business are
 * contracted by the published tables (全銀協 略語表, as banks print it: 法人略語, 営業所略語, 事業略語).
 *
 * A 法人略語 stands once: `ｶ)` at the head, `(ｶ)` in the middle, `(ｶ` at the end, no space beside it.
 * Whoever types it contracted already (`ｶ)ﾔﾏﾀﾞ`) keeps it. A kanji that is left is refused: no
 * program may guess its reading.
 */
import type { Outcome } from '#kit/outcome.ts'
import { halfWidth, zenginText, type ZenginTextRefusal } from './characters.ts'
import {
  businessAbbreviations,
  legalForms,
  officeAbbreviations,
  type Abbreviation,
} from './names-tables.ts'

/** 受取人名, 依頼人名: 48 characters at the most. */
export const nameBytesMax = 48

/** @returns the half-width name, contracted; at most `bytes` characters */
export function abbreviated(
  name: string,
  bytes: number = nameBytesMax,
): Outcome<string, ZenginTextRefusal> {
  return zenginText(contracted(name).half, { characters: 'name', bytes })
}

export interface ChangedPiece {
  readonly from: string
  readonly to: string
}

/**
 * What becomes of a name, for showing before and after. `half` still holds what no table knows
 * (a kanji): `abbreviated` says whether it may stand. `changed` names every word that was
 * contracted and every letter that became another one; mere width is not told.
 */
export function nameChanged(typed: string): {
  readonly half: string
  readonly changed: readonly ChangedPiece[]
} {
  const { half, words } = contracted(typed)
  return { half, changed: [...words, ...letters(typed)] }
}

/**
 * The normal form for comparing names (受取人名確認): contracted, without spaces and signs.
 * Two spellings of one holder have the same; it is for comparing only, never for sending.
 */
export function comparable(name: string): string {
  return contracted(name).half.replaceAll(/[ ()\-./,]/g, '')
}

/** @returns whether both name the same holder; an empty name is nobody's */
export function sameName(one: string, other: string): boolean {
  const form = comparable(one)
  return form !== '' && form === comparable(other)
}

interface Contracted {
  readonly half: string
  readonly words: readonly ChangedPiece[]
}

function contracted(typed: string): Contracted {
  const words: ChangedPiece[] = []
  let half = halfWidth(typed, 'name')
  if (!bracketedAlready(half, legalCodes)) half = bracket(half, legalPatterns, words)
  if (!bracketedAlready(half, officeCodes)) half = bracket(half, officePatterns, words)
  for (const { pattern, short } of businessPatterns) {
    if (!half.includes(pattern)) continue
    half = half.replaceAll(pattern, short)
    words.push({ from: pattern, to: short })
  }
  return { half: half.replace(/ +/g, ' ').trim(), words }
}

interface Pattern {
  readonly pattern: string // half-width where the tables reach
  readonly short: string
  readonly headOnly: boolean
}

/** The longest first: 社会医療法人 before 医療法人. */
function patternsOf(table: readonly Abbreviation[]): readonly Pattern[] {
  return table
    .flatMap(({ short, long, headOnly = false }) =>
      long.map((word) => ({ pattern: halfWidth(word, 'name'), short, headOnly })),
    )
    .toSorted((one, other) => other.pattern.length - one.pattern.length)
}

const legalPatterns = patternsOf(legalForms)
const officePatterns = patternsOf(officeAbbreviations)
const businessPatterns = patternsOf(businessAbbreviations)

const codesOf = (table: readonly Abbreviation[]) =>
  [...new Set(table.map(({ short }) => short))].join('|')
const legalCodes = codesOf(legalForms)
const officeCodes = codesOf(officeAbbreviations)

/** `ｶ)ﾔﾏﾀﾞ`, `ﾔﾏﾀﾞ(ｶ)ﾁﾊﾞ`, `ﾔﾏﾀﾞ(ｶ`: nothing is left to contract. */
function bracketedAlready(half: string, codes: string): boolean {
  return new RegExp(`^(${codes})\\)|\\((${codes})(\\)|$)`).test(half)
}

/** Contracts one word: the longest of the table that stands where it may. */
function bracket(half: string, patterns: readonly Pattern[], words: ChangedPiece[]): string {
  for (const { pattern, short, headOnly } of patterns) {
    const at = half.indexOf(pattern)
    if (at < 0 || (headOnly && at > 0)) continue
    const before = half.slice(0, at).trimEnd()
    const after = half.slice(at + pattern.length).trimStart()
    const written = before === '' ? `${short})` : after === '' ? `(${short}` : `(${short})`
    words.push({ from: pattern, to: written })
    return before + written + after
  }
  return half
}

/** Letters that became others: small kana, small letters, long vowels, signs. Each once. */
function letters(typed: string): readonly ChangedPiece[] {
  const found = new Map<string, string>()
  for (const letter of typed.normalize('NFC')) {
    const to = halfWidth(letter, 'name') || ' '
    if (isWidthOnly(letter, to)) continue
    found.set(letter, to)
  }
  return [...found].map(([from, to]) => ({ from, to }))
}

function isWidthOnly(letter: string, to: string): boolean {
  const wide = (text: string) => text.normalize('NFKC')
  // Hiragana and the katakana of the same sound are one letter to a reader.
  const asKatakana = wide(letter).replace(/[\u3041-\u3096]/g, (one) =>
    String.fromCharCode(one.charCodeAt(0) + 0x60),
  )
  return wide(to) === asKatakana || wide(to).trim() === asKatakana.trim()
}
