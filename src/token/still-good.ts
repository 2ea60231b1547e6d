/**
 * Between the count of a try and the use of a right code, the token may have been suspended, taken
 * away or discarded: asked once more, in the transaction that makes the change. Device before
 * instance, as 廃棄 locks them.
 */
import type { Tx } from '#platform/database/database.ts'
import { deviceBySerial } from './devices-store.ts'
import * as instances from './instances-store.ts'
import type { Instance } from './instances-store.ts'
import type { Registration } from './registration-store.ts'
import type { Signer } from './signing.ts'

type Token = Pick<Instance, 'id' | 'serial'>

/** May this user still sign with it? */
export async function isStillGood(tx: Tx, signer: Signer, token: Token): Promise<boolean> {
  const now = await locked(tx, token)
  const held = await instances.instanceHeldBy(tx, signer)
  return now !== null && held?.id === token.id && isUsable(now)
}

/** May its registration, or the share of it, still be completed? */
export async function canComplete(
  tx: Tx,
  { shared }: Pick<Registration, 'shared'>,
  token: Token,
): Promise<boolean> {
  const now = await locked(tx, token)
  return now !== null && (shared ? isUsable(now) : now.state === 'pending')
}

async function locked(tx: Tx, { id, serial }: Token): Promise<Instance | null> {
  const device = await deviceBySerial(tx, serial, { lock: true })
  return device?.state === 'assigned' ? instances.instanceById(tx, id, { lock: true }) : null
}

function isUsable({ state, suspendedAs }: Instance): boolean {
  return (state === 'unused' || state === 'in-use') && suspendedAs === null
}
