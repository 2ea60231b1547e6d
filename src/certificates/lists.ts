/**
 * 失効一覧 — the lists that outsiders fetch: one of the issuing CA, one of the root, for whoever
 * checks a chain needs both (certificates-and-security.md B3-1).
 *
 * Kept ready in the database and made anew when one is asked for after a certificate has ended, or
 * at half of its time; a job asks as well, so that none grows old unseen.
 */
import type { ListIssuer } from '#outside/certificate-authority/port.ts'
import type { Tx } from '#platform/database/database.ts'
import * as store from './lists-store.ts'
import type { StoredList } from './lists-store.ts'
import type { CertificateDesk } from './needs.ts'

export type ListNeeds = Pick<CertificateDesk, 'database' | 'authority' | 'parameters'>

/** A clock that is a little behind ours must not find a list from the future. */
const leewayMinutes = 10

export async function currentList(
  needs: ListNeeds,
  issuer: ListIssuer,
  now: Temporal.Instant,
): Promise<StoredList> {
  const kept = await needs.database.asBank(async (tx) => {
    const list = await store.storedList(tx, issuer)
    return list !== null && (await isFresh(tx, issuer, list, now)) ? list : null
  })
  if (kept !== null) return kept
  // The chain is read on a connection of its own, so before there is a transaction.
  await needs.authority.chain()
  return needs.database.asBank(async (tx) => {
    await store.lockLists(tx)
    const before = await store.storedList(tx, issuer)
    if (before !== null && (await isFresh(tx, issuer, before, now))) return before
    const list = await newList(needs, tx, { issuer, number: (before?.number ?? 0) + 1, now })
    await store.saveList(tx, issuer, list)
    return list
  })
}

async function isFresh(
  tx: Tx,
  issuer: ListIssuer,
  { thisUpdate, nextUpdate, endedCount }: StoredList,
  now: Temporal.Instant,
): Promise<boolean> {
  const half = thisUpdate.add({ seconds: thisUpdate.until(nextUpdate).total('seconds') / 2 })
  if (Temporal.Instant.compare(now, half) >= 0) return false
  return issuer === 'root' || (await store.endedCount(tx)) === endedCount
}

async function newList(
  { authority, parameters }: ListNeeds,
  tx: Tx,
  { issuer, number, now }: { issuer: ListIssuer; number: number; now: Temporal.Instant },
): Promise<StoredList> {
  const days = issuer === 'root' ? parameters.rootListDays : parameters.listDays
  const thisUpdate = now.subtract({ minutes: leewayMinutes })
  const nextUpdate = now.add({ hours: 24 * days })
  // Counted first: what ends meanwhile is counted by the next one who asks.
  const endedCount = issuer === 'root' ? 0 : await store.endedCount(tx)
  const revoked = issuer === 'root' ? [] : await store.endedAndUnexpired(tx, now)
  const list = { number, thisUpdate, nextUpdate, revoked }
  const der = await authority.revocationList(issuer, list)
  return { number, der, thisUpdate, nextUpdate, endedCount }
}
