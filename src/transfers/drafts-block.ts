/** 作成中 on the top page: one's own orders that are not submitted, the last touched first. */
import type { Visitor } from '#kit/visitor.ts'
import { countEditable, listed } from './lists-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { inBoth } from './words.ts'

export interface DraftLine {
  readonly id: string
  readonly state: 'draft'
  readonly kind: { readonly ja: string; readonly en: string }
  readonly name: string
  readonly paymentDay: string
  readonly count: number
  readonly amount: string // whole yen
  readonly approvableUntil: null
  readonly path: string
}

export interface DraftsBlock {
  readonly orders: readonly DraftLine[]
  readonly total: number
  readonly counts: { readonly awaitingApproval: number; readonly drafts: number }
}

export function draftsBlock(
  { database }: Pick<TransfersNeeds, 'database'>,
  visitor: Visitor,
  limit: number,
): Promise<DraftsBlock> {
  const { companyId, userId } = visitor
  return database.asCompany(companyId, async (tx) => {
    const anything = { states: null, from: null, to: null, accountKey: null, text: null }
    const asked = { companyId, show: 'editable', of: userId, after: null, limit } as const
    const found = await listed(tx, { ...asked, ...anything })
    const total = await countEditable(tx, visitor)
    const orders = found.map(({ id, kind, name, paymentDay, items, payable }) => ({
      ...{ id, name, state: 'draft' as const, kind: inBoth(({ kinds }) => kinds[kind]) },
      ...{ paymentDay: paymentDay.toString(), count: items.length, amount: String(payable) },
      ...{ approvableUntil: null, path: `/transfers/${id}/edit` },
    }))
    return { orders, total, counts: { awaitingApproval: 0, drafts: total } }
  })
}
