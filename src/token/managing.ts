/** トークンの管理 — 初期化, 失効, 利用停止解除, 紛失時の利用停止, 廃棄: carried out. Rules: managing-rules.ts. */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Operation } from '#kit/operations.ts'
import type { Tx } from '#platform/database/database.ts'
import * as holdings from './holdings-store.ts'
import type { Holding } from './holdings-store.ts'
import * as instances from './instances-store.ts'
import type { TokenAction } from './managing-rules.ts'
import type { TokenDesk } from './needs.ts'
import type { Came } from './registration.ts'

/** Who does it: a user of the company, or somebody at the bank. */
export interface Actor {
  readonly companyId: CompanyId
  readonly userId: UserId | null // null: the bank
  readonly name: string | null
}

export const operations = {
  reset: 'token-reset',
  detach: 'token-detachment',
  release: 'token-release',
} as const satisfies Record<TokenAction, Operation>

/** Changes, tells those concerned, and records; the rules were asked before. */
export async function carryOut(
  needs: TokenDesk,
  tx: Tx,
  {
    action,
    holding,
    actor,
    came,
  }: { action: TokenAction; holding: Holding; actor: Actor; came: Came },
): Promise<void> {
  const { now: at, origin } = came
  const concerned =
    action === 'detach' ? [holding.userId] : await holdings.holdersOf(tx, holding.instanceId)
  await change(tx, { action, holding, at })
  for (const userId of concerned) await tell(needs, tx, { action, userId, actor, at })
  await needs.history.record(tx, {
    at,
    companyId: actor.companyId,
    userId: actor.userId,
    operation: operations[action],
    result: 'done',
    facts: { serial: holding.serial, userId: holding.userId },
    origin,
  })
}

async function change(
  tx: Tx,
  { action, holding, at: now }: { action: TokenAction; holding: Holding; at: Temporal.Instant },
): Promise<void> {
  const { instanceId: id, userId } = holding
  if (action === 'release') return instances.release(tx, id)
  if (action === 'reset') {
    await holdings.endHoldings(tx, { instanceId: id }, { as: 'reset', now })
    return instances.endInstance(tx, { id, as: 'reset' }, now)
  }
  await holdings.endHoldings(tx, { userId }, { as: 'detached', now })
  const left = await holdings.holdersOf(tx, id)
  if (left.length === 0) await instances.endInstance(tx, { id, as: 'detached' }, now)
}

async function tell(
  { mails, administration }: TokenDesk,
  tx: Tx,
  {
    action,
    userId,
    actor: { companyId, name: by },
    at,
  }: { action: TokenAction; userId: UserId; actor: Actor; at: Temporal.Instant },
): Promise<void> {
  const userName = (await administration.userById(tx, userId))?.name ?? ''
  const template = (
    { reset: 'token-reset', detach: 'token-detached', release: 'token-released' } as const
  )[action]
  const facts = { userName, at, by }
  await mails.queueToUserAndMasters(tx, { companyId, userId, template, facts }, at)
}
