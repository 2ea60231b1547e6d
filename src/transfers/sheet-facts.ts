/** Names for a sheet: of the account and of the requester. */
import type { TransfersNeeds } from './needs.ts'
import type { SheetFacts } from './sheet.ts'
import type { Transfer } from './transfer.ts'
import type { Tx } from '#platform/database/database.ts'

export async function sheetFactsFor(
  { administration }: Pick<TransfersNeeds, 'administration'>,
  tx: Tx,
  { companyId, requester, accountKey }: Pick<Transfer, 'companyId' | 'requester' | 'accountKey'>,
): Promise<SheetFacts> {
  const user = await administration.userById(tx, requester)
  // As the company sees them: an approver reads the name of an account that is not his.
  const all = await administration.accountsFor(tx, { companyId, userId: requester, role: 'master' })
  return {
    account: all.find(({ key }) => key === accountKey) ?? null,
    requesterName: user?.name ?? '',
  }
}
