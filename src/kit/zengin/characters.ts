/**
 * 使用文字 — the half-width characters of the 全銀 formats, and the way to them.
 *
 * Code set 0 is JIS X 0201 in eight bits: ASCII below 0x7F, katakana at 0xA1-0xDF. Voiced marks
 * (ﾞ ﾟ) are bytes of their own. Which characters a field may carry depends on its class
 * (全銀協 レコード・フォーマット 付録1 使用文字一覧, narrow reading). Every conversion stands in a
 * table here; a kanji has no reading that a program may guess.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'

const digits = '0123456789'
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const kana = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ'
const marks = 'ﾞﾟ'
const common = new Set(digits + capitals + kana + marks + ' ')

/** What a text field may carry. */
export const characterClasses = {
  branch: new Set([...common, '-']), // 店舗名
  name: new Set([...common, ...'()-.']), // 口座名等
  edi: new Set([...common, ...'ｦ\\｢｣()-/.']), // EDI情報, 摘要
} as const
export type CharacterClass = keyof typeof characterClasses

const patternOf = (permitted: ReadonlySet<string>) =>
  new RegExp(`^[${Array.from(permitted, (one) => (/\w/.test(one) ? one : `\\${one}`)).join('')}]*$`)
const classPatterns = {
  branch: patternOf(characterClasses.branch),
  name: patternOf(characterClasses.name),
  edi: patternOf(characterClasses.edi),
} satisfies Record<CharacterClass, RegExp>

/** @returns whether the field may carry every character of the text */
export function permits(characters: CharacterClass, text: string): boolean {
  return classPatterns[characters].test(text)
}

/** ﾞ stands only behind ｳ and the ｶ, ｻ, ﾀ and ﾊ rows, ﾟ only behind the ﾊ row. */
const strayMark = /(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ/

/** @returns whether every ﾞ and ﾟ has a kana that it may belong to */
export function marksHaveTheirKana(text: string): boolean {
  return !strayMark.test(text)
}

/** Pairs of full-width katakana and what the formats write for them; small kana become large. */
const kanaPairs =
  'アｱイｲウｳエｴオｵカｶキｷクｸケｹコｺサｻシｼスｽセｾソｿタﾀチﾁツﾂテﾃトﾄナﾅニﾆヌﾇネﾈノﾉハﾊヒﾋフﾌヘﾍホﾎ' +
  'マﾏミﾐムﾑメﾒモﾓヤﾔユﾕヨﾖラﾗリﾘルﾙレﾚロﾛワﾜンﾝヲｦァｱィｲゥｳェｴォｵッﾂャﾔュﾕョﾖヮﾜヵｶヶｹヰｲヱｴ' +
  'ｧｱｨｲｩｳｪｴｫｵｯﾂｬﾔｭﾕｮﾖ'
const voicedPairs = 'ガｶギｷグｸゲｹゴｺザｻジｼズｽゼｾゾｿダﾀヂﾁヅﾂデﾃドﾄバﾊビﾋブﾌベﾍボﾎヴｳ'
const halfVoicedPairs = 'パﾊピﾋプﾌペﾍポﾎ'

const conversions = new Map<string, string>()
const pairUp = (pairs: string, mark: string) => {
  for (let at = 0; at < pairs.length; at += 2) conversions.set(pairs[at]!, pairs[at + 1]! + mark)
}
pairUp(kanaPairs, '')
pairUp(voicedPairs, 'ﾞ')
pairUp(halfVoicedPairs, 'ﾟ')
// The v-row has no half-width letter of its own that may carry ﾞ.
conversions.set('ヷ', 'ﾊﾞ').set('ヺ', 'ﾎﾞ').set('ヸ', 'ﾋﾞ').set('ヹ', 'ﾍﾞ')
// Hiragana is written as the katakana of the same sound.
for (let code = 0x3041; code <= 0x3096; code += 1) {
  const katakana = conversions.get(String.fromCharCode(code + 0x60))
  if (katakana) conversions.set(String.fromCharCode(code), katakana)
}
// Full-width letters, figures and signs; then small letters become capitals.
for (let code = 0x21; code <= 0x7e; code += 1) {
  conversions.set(String.fromCharCode(code + 0xfee0), String.fromCharCode(code).toUpperCase())
}
for (const small of 'abcdefghijklmnopqrstuvwxyz') conversions.set(small, small.toUpperCase())
for (const dash of 'ー―‐－‑–—−ｰ') conversions.set(dash, '-')
for (const blank of '　・･，､、。｡,\t\u00a0') conversions.set(blank, ' ')
for (const [sign, written] of ['「｢', '」｣', '￥\\', '¥\\', '゛ﾞ', '゜ﾟ', '\u3099ﾞ', '\u309aﾟ']) {
  conversions.set(sign!, written!)
}

/** Half-width, as far as the tables reach; what they do not know stays as it is. */
export function halfWidth(text: string, characters: CharacterClass): string {
  const half = Array.from(text, (character) => conversions.get(character) ?? character).join('')
  const named = characters === 'edi' ? half : half.replaceAll('ｦ', 'ｵ')
  return named.replace(/ +/g, ' ').trim()
}

export type ZenginTextRefusal = 'character-not-permitted' | 'mark-without-kana' | 'too-long'
export interface ZenginField {
  readonly characters: CharacterClass
  readonly bytes: number
}

/** For what a person typed or uploaded: converted by the tables, or refused. */
export function zenginText(text: string, field: ZenginField): Outcome<string, ZenginTextRefusal> {
  const half = halfWidth(text, field.characters)

  if (!permits(field.characters, half)) return refused('character-not-permitted')
  if (!marksHaveTheirKana(half)) return refused('mark-without-kana')
  if (half.length > field.bytes) return refused('too-long')
  return granted(half)
}

/**
 * For notices of the bank, which must come out whatever another bank once sent: what no table
 * knows becomes a space, a stray mark is dropped, and a text too long is cut, though never
 * between a kana and its mark.
 */
export function noticeText(text: string, field: ZenginField): string {
  if (isWritten(text, field)) return text
  const permitted = characterClasses[field.characters] as ReadonlySet<string>
  let written = ''
  for (const character of halfWidth(text, field.characters)) {
    if (!permitted.has(character)) written += ' '
    else if (marksHaveTheirKana((written.at(-1) ?? '') + character) || !marks.includes(character)) {
      written += character
    }
  }
  return cutWholeKana(written.replace(/ +/g, ' ').trim(), field.bytes).trim()
}

/** Most names come as the formats write them: nothing is left to do. */
function isWritten(text: string, { characters, bytes }: ZenginField): boolean {
  return (
    text.length <= bytes &&
    permits(characters, text) &&
    marksHaveTheirKana(text) &&
    !/^ | $| {2}/.test(text)
  )
}

function cutWholeKana(text: string, bytes: number): string {
  if (text.length <= bytes) return text
  const splits = marks.includes(text[bytes]!)
  return text.slice(0, splits ? bytes - 1 : bytes)
}

/** @returns the JIS X 0201 byte, or -1 where there is none */
export function jisByte(unit: number): number {
  if (unit >= 0x20 && unit <= 0x7e) return unit
  if (unit >= 0xff61 && unit <= 0xff9f) return unit - 0xfec0
  return -1
}

/** @returns the character of the byte, or null for one that JIS X 0201 does not have */
export function jisCharacter(byte: number): string | null {
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte)
  if (byte >= 0xa1 && byte <= 0xdf) return String.fromCharCode(byte + 0xfec0)
  return null
}
