/**
 * 公開されている金融機関データ — the shape of the package `zengin-code` and what we make of it.
 *
 * Its names have no 銀行 and no 支店; those of banks (0001-0599, and trust banks) are completed
 * here as people know them. Kana comes full-width and fits 15 half-width bytes in every row.
 */
import { noticeText } from '#kit/zengin/characters.ts'
import type { Bank, Branch } from './directory.ts'

export interface PublishedPlace {
  readonly code: string
  readonly name: string
  readonly kana: string
}
export type Published = Readonly<
  Record<string, PublishedPlace & { readonly branches: Readonly<Record<string, PublishedPlace>> }>
>

export interface Directory {
  readonly banks: readonly Bank[]
  readonly branches: readonly Branch[]
}

const lastOfBanks = 599
const alreadyNamed = /(銀行|バンク|信託|信金|信組|金庫|組合|農協|漁協|銀)$/

export function fullName({ code, name }: Pick<PublishedPlace, 'code' | 'name'>): string {
  return Number(code) <= lastOfBanks && !alreadyNamed.test(name) ? `${name}銀行` : name
}

export function directoryOf(published: Published): Directory {
  const banks = Object.values(published)
  return {
    banks: banks.map((bank) => ({ code: bank.code, name: fullName(bank), kana: half(bank.kana) })),
    branches: banks.flatMap((bank) =>
      Object.values(bank.branches).map(({ code, name, kana }) => ({
        ...{ bankCode: bank.code, code, name, kana: half(kana) },
      })),
    ),
  }
}

function half(kana: string): string {
  return noticeText(kana, { characters: 'branch', bytes: 15 })
}

/** Two names of one place, in the form in which they are searched. */
export function searchText({ code, name, kana }: PublishedPlace): string {
  return `${code} ${folded(name)} ${kana}`
}

/** As one types: hiragana, katakana and half width are one, and so are capitals and small letters. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .trim()
}

/** The same text in half-width kana, or empty where it holds a character that has none. */
export function asKana(text: string): string {
  const kana = noticeText(text, { characters: 'branch', bytes: 40 })
  return kana.length === 0 || /[^ -~ｦ-ﾟ]/.test(text.normalize('NFKC').replaceAll(/[ぁ-ヶー]/g, ''))
    ? ''
    : kana
}

export interface Difference {
  readonly added: readonly string[]
  readonly closed: readonly string[]
  readonly renamed: readonly string[]
}

/** What a new version changes; each line names a bank, or a bank and a branch. */
export function differenceOf(before: Directory, after: Directory): Difference {
  const [old, next] = [named(before), named(after)]
  return {
    added: [...next].filter(([key]) => !old.has(key)).map(([key, name]) => `${key} ${name}`),
    closed: [...old].filter(([key]) => !next.has(key)).map(([key, name]) => `${key} ${name}`),
    renamed: [...next].flatMap(([key, name]) => {
      const was = old.get(key)
      return was === undefined || was === name ? [] : [`${key} ${was} → ${name}`]
    }),
  }
}

function named({ banks, branches }: Directory): ReadonlyMap<string, string> {
  return new Map([
    ...banks.map(({ code, name }) => [code, name] as const),
    ...branches.map(({ bankCode, code, name }) => [`${bankCode}-${code}`, name] as const),
  ])
}
