/** 有効期限切れ — drafts that nobody has touched for 70 days (internet-banking.md §5.2, §6.3). */
import { staleDrafts } from './lists-store.ts'
import type { TransfersNeeds } from './needs.ts'
import * as store from './transfers-store.ts'

const perRun = 500

export async function expireDrafts(needs: TransfersNeeds): Promise<void> {
  const { database, clock, parameters } = needs
  const at = clock.now()
  const before = at.subtract({ hours: 24 * parameters.draftDays })
  await database.asBank(async (tx) => {
    for (const { companyId, id, state } of await staleDrafts(tx, before, perRun)) {
      await store.end(tx, { companyId, id, from: state, to: 'expired' }, { at })
      await store.addStep(tx, { companyId, id }, { step: 'expired', by: null }, at)
    }
  })
}
