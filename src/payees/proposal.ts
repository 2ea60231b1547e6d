/**
 * 登録内容 — what was entered, as it is stored, signed, and carried out. The signature binds the
 * stored text and what it is based on: a payee that somebody else changed in between, or a list
 * that has other payees than were shown, is refused as `content-changed`.
 */
import type { Content as DeviceContent, Field } from '#kit/ctp1/fields.ts'
import { payeeAccountKinds } from '#kit/bank-account.ts'
import { canonicalJson } from '#kit/canonical-json.ts'
import type { PayeeContent } from './payee-fields.ts'
import type { Proposal } from './proposal-store.ts'

export interface SingleContent {
  readonly payee: PayeeContent
  readonly bankKana: string
  readonly branchKana: string
  /** null: a new one, whose id is the proposal's. */
  readonly payeeId: string | null
}

export interface FileContent {
  readonly payees: readonly PayeeContent[]
  readonly mode: 'add' | 'replace'
  readonly digest: string // SHA-256 of the file, hexadecimal
}

/** What the change is based on: the payee's version, or how many payees will be replaced. */
export type Basis = string

export function singleOf({ content }: Pick<Proposal, 'content'>): SingleContent {
  return JSON.parse(content) as SingleContent
}

export function fileOf({ content }: Pick<Proposal, 'content'>): FileContent {
  return JSON.parse(content) as FileContent
}

/** RFC 8785 JSON. */
export function canonicalOf(proposal: Proposal, basis: Basis): string {
  const { id, companyId, userId, business, kind, content } = proposal
  return canonicalJson({ id, companyId, userId, business, kind, content, basis })
}

/** What the device shows. */
export function deviceContentOf(proposal: Proposal): DeviceContent {
  const fields = proposal.kind === 'import' ? fileFields(proposal) : singleFields(proposal)
  return { template: 'payee-registration', fields }
}

function singleFields(proposal: Proposal): readonly Field[] {
  const { payee, bankKana, branchKana } = singleOf(proposal)
  return [
    { tag: 'payee', value: payee.nameKana },
    { tag: 'bank', value: `${payee.bankCode} ${bankKana}`.trim() },
    { tag: 'branch', value: `${payee.branchCode} ${branchKana}`.trim() },
    { tag: 'account', value: `${payeeAccountKinds[payee.kind].code} ${payee.number}` },
  ]
}

function fileFields(proposal: Proposal): readonly Field[] {
  const { payees, mode, digest } = fileOf(proposal)
  return [
    { tag: 'count', value: String(payees.length) },
    { tag: 'text', value: mode === 'replace' ? '振込先の一括登録' : '振込先の追加登録' },
    { tag: 'digest', value: digest.slice(0, 16) },
  ]
}

/** Whether somebody is paid elsewhere or under another name. */
export function paysOtherwise(one: PayeeContent, other: PayeeContent): boolean {
  return (
    one.bankCode !== other.bankCode ||
    one.branchCode !== other.branchCode ||
    one.kind !== other.kind ||
    one.number !== other.number ||
    one.nameKana !== other.nameKana
  )
}
