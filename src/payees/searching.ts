/** 振込先の検索 — pages by 登録名, with a cursor that only says where the page before ended. */
import type { Tx } from '#platform/database/database.ts'
import { zenginText } from '#kit/zengin/characters.ts'
import type { PayeeQuery } from './payees.ts'
import { listPayees, type StoredPayee } from './payees-store.ts'

export interface Searched {
  readonly payees: readonly StoredPayee[]
  readonly next: string | null
}

export async function searchPayees(
  tx: Tx,
  query: PayeeQuery & { readonly deletedSince?: Temporal.Instant },
): Promise<Searched> {
  const { companyId, business, filed, limit, group, deletedSince } = query
  const text = query.text?.normalize('NFC').trim() ?? ''
  const found = await listPayees(tx, {
    ...{ companyId, business, filed, text: text === '' ? null : digits(text), kana: kanaOf(text) },
    group: group ?? null,
    deletedSince: deletedSince ?? null,
    after: query.after === undefined ? null : readCursor(query.after),
    limit: limit + 1,
  })
  const payees = found.slice(0, limit)
  const last = payees.at(-1)
  return { payees, next: found.length > limit && last ? writeCursor(last) : null }
}

/** Full-width figures are no mistake. */
function digits(text: string): string {
  return /^[０-９0-9]+$/.test(text) ? text.normalize('NFKC') : text
}

/** 受取人名 is stored half-width: はなこ and ハナコ find ﾊﾅｺ. null: no name can hold it. */
function kanaOf(text: string): string | null {
  const kana = zenginText(text, { characters: 'name', bytes: 60 })
  return kana.granted && kana.value !== '' ? kana.value : null
}

function writeCursor({ label, id }: Pick<StoredPayee, 'label' | 'id'>): string {
  return Buffer.from(`${id} ${label}`).toString('base64url')
}

/** @returns null for a text that is no cursor: the first page */
function readCursor(cursor: string): { readonly label: string; readonly id: string } | null {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, id, label] = /^([0-9a-f-]{36}) (.+)$/su.exec(text) ?? []
  if (id === undefined || label === undefined || label.includes('\0')) return null
  return { id, label }
}
