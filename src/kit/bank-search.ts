/**
 * 金融機関・支店の検索 on the wire: what a form asks while somebody types a code, a name or its
 * reading, and what the first-letter picker asks. `bank-directory` answers; `ui/bank-picker.tsx`
 * asks, wherever an account at any bank of Japan is entered.
 */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** The rows of the first-letter picker, and the letters that each stands for (half-width). */
export const kanaRows = {
  ア: 'ｱｲｳｴｵ',
  カ: 'ｶｷｸｹｺ',
  サ: 'ｻｼｽｾｿ',
  タ: 'ﾀﾁﾂﾃﾄ',
  ナ: 'ﾅﾆﾇﾈﾉ',
  ハ: 'ﾊﾋﾌﾍﾎ',
  マ: 'ﾏﾐﾑﾒﾓ',
  ヤ: 'ﾔﾕﾖ',
  ラ: 'ﾗﾘﾙﾚﾛ',
  ワ: 'ﾜｦﾝ',
  英数: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
} as const
export type KanaRow = keyof typeof kanaRows
export const kanaRowNames = Object.keys(kanaRows) as readonly KanaRow[]

/** How many are shown at once. */
export const foundMax = 20

/**
 * `text` is a code, a name or a reading, in any script and width; without it everything is meant.
 * `row` keeps to readings that begin in that row. `after`: the code shown last, for more of the
 * same (in the order of readings; with `text` there is one answer only, the best).
 */
const asked = z.object({
  text: z.optional(z.string().check(z.maxLength(60))),
  row: z.optional(z.enum(kanaRowNames)),
  after: z.optional(z.string().check(z.regex(/^\d{3,4}$/))),
})

export const FoundPlace = z.object({
  code: z.string(), // 金融機関コード or 支店コード
  name: z.string(),
  kana: z.string(), // half-width
})
export type FoundPlace = z.infer<typeof FoundPlace>

/** `more`: there are others; type on, or ask again with `after`. */
const Found = z.object({ found: z.array(FoundPlace), more: z.boolean() })
export type Found = z.infer<typeof Found>

const BankCode = z.object({ code: z.string().check(z.regex(/^\d{4}$/)) })

export const bankSearch = {
  findBanks: endpoint({
    method: 'GET',
    path: '/api/banks',
    summary: 'Banks by code, name or reading (金融機関検索)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    query: asked,
    out: Found,
    refusals: {},
  }),
  findBranches: endpoint({
    method: 'GET',
    path: '/api/banks/:code/branches',
    summary: 'Branches of a bank by code, name or reading (支店検索)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    params: BankCode,
    query: asked,
    out: Found,
    refusals: { 'bank-unknown': 404 },
  }),
} as const
