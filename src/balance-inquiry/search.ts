/**
 * 絞込条件 — what a statement is searched for: text, direction and amount.
 *
 * The core keeps names as half-width kana, and a clerk types them as they come: the text is
 * converted by the tables of the 全銀 formats before it is looked for.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { yen, type Yen } from '#kit/yen.ts'
import { zenginText } from '#kit/zengin/characters.ts'
import type { Direction, StatementFilter } from '#outside/core-banking/port.ts'
import { halfWidthFigures } from './period.ts'

export interface SearchAsked {
  readonly text?: string | undefined
  readonly direction?: Direction | undefined
  readonly amountFrom?: string | undefined
  readonly amountTo?: string | undefined
}

/** In the order they are checked. */
export type SearchRefusal =
  | 'amount-from-unreadable'
  | 'amount-to-unreadable'
  | 'amount-from-over-to'

export function resolveSearch(asked: SearchAsked): Outcome<StatementFilter, SearchRefusal> {
  const amountFrom = typedAmount(asked.amountFrom ?? '')
  if (amountFrom === null) return refused('amount-from-unreadable')
  const amountTo = typedAmount(asked.amountTo ?? '')
  if (amountTo === null) return refused('amount-to-unreadable')
  if (amountFrom !== undefined && amountTo !== undefined && amountFrom > amountTo) {
    return refused('amount-from-over-to')
  }

  const text = searchText(asked.text ?? '')
  return granted({
    ...(text === '' ? {} : { text }),
    ...(asked.direction ? { direction: asked.direction } : {}),
    ...(amountFrom === undefined ? {} : { amountFrom }),
    ...(amountTo === undefined ? {} : { amountTo }),
  })
}

export function searchesNothing(filter: StatementFilter): boolean {
  return Object.keys(filter).length === 0
}

/** Half-width where the tables reach all of it; a text with kanji is looked for as it stands. */
function searchText(typed: string): string {
  // A lone surrogate cannot be stored, so it cannot be found either.
  const text = typed.toWellFormed().replaceAll('\0', '').trim()
  const half = zenginText(text, { characters: 'edi', bytes: 200 })
  return half.granted ? half.value : text
}

const figures = /^\d{1,14}$/
const groupedFigures = /^\d{1,3}(,\d{3})+$/

/** @returns undefined for an empty field, null for what is not an amount */
export function typedAmount(typed: string): Yen | undefined | null {
  const plain = halfWidthFigures(typed).replace(/[\s円¥￥\\]/g, '')
  if (plain === '') return undefined
  const digits = groupedFigures.test(plain) ? plain.replaceAll(',', '') : plain
  return figures.test(digits) ? yen(digits) : null
}
