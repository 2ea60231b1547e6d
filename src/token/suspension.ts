/** トークンの利用停止 — begun by wrong codes or by who has lost the device; recorded, and told by mail. */
import type { Origin } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { holdersOf } from './holdings-store.ts'
import { suspend, type Instance } from './instances-store.ts'
import type { TokenDesk } from './needs.ts'
import type { Signer } from './signing.ts'

export async function recordSuspension(
  { history, mails, administration }: TokenDesk,
  tx: Tx,
  {
    signer,
    instance,
    came: { now: at, origin },
    as,
  }: {
    signer: Signer
    instance: Instance
    came: { now: Temporal.Instant; origin: Origin }
    as: 'wrong-codes' | 'by-user'
  },
): Promise<void> {
  if (!(await suspend(tx, { id: instance.id, as }, at))) return // another process was faster
  const { companyId } = signer
  for (const userId of await holdersOf(tx, instance.id)) {
    const user = await administration.userById(tx, userId)
    const facts = { userName: user?.name ?? '', at }
    await mails.queueToUserAndMasters(
      tx,
      { companyId, userId, template: 'token-suspended', facts },
      at,
    )
  }
  const operation = 'token-suspension'
  await history.record(tx, { at, ...signer, operation, result: 'done', reason: as, origin })
}
