/**
 * Where the next page of a statement begins, as an opaque text.
 *
 * It carries the last line that was shown and the days that the period stood for, so that pages
 * stay one statement over midnight. A MAC binds it to the session and to every condition: a cursor
 * of another inquiry, or one that was made up, is refused and tells nothing.
 */
import { timingSafeEqual } from 'node:crypto'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { StatementPosition } from '#outside/core-banking/port.ts'
import type { Period } from './period.ts'

type Vault = Pick<KeyVault, 'mac'>

export interface CursorFacts extends Period {
  readonly after: StatementPosition
}

const macBytes = 16

/** @param inquiry every condition of the inquiry and who asks, always in the same order */
export async function writeCursor(
  vault: Vault,
  inquiry: readonly (string | undefined)[],
  { from, to, after }: CursorFacts,
): Promise<string> {
  const facts = [from, to, after.bookedOn, after.sequence].map(String).join(' ')
  const mac = await macOf(vault, inquiry, facts)
  return `${Buffer.from(facts).toString('base64url')}.${Buffer.from(mac).toString('base64url')}`
}

/** @returns null for a cursor that was not made for this inquiry */
export async function readCursor(
  vault: Vault,
  inquiry: readonly (string | undefined)[],
  cursor: string,
): Promise<CursorFacts | null> {
  const parts = cursor.split('.')
  const [facts, mac] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (parts.length !== 2 || !facts || mac?.length !== macBytes) return null
  const text = facts.toString()
  if (!timingSafeEqual(await macOf(vault, inquiry, text), mac)) return null

  const [from, to, bookedOn, sequence] = text.split(' ') as [string, string, string, string]
  const { PlainDate } = Temporal
  return {
    from: PlainDate.from(from),
    to: PlainDate.from(to),
    after: { bookedOn: PlainDate.from(bookedOn), sequence: BigInt(sequence) },
  }
}

async function macOf(
  vault: Vault,
  inquiry: readonly (string | undefined)[],
  facts: string,
): Promise<Uint8Array> {
  const message = JSON.stringify([...inquiry.map((condition) => condition ?? null), facts])
  return (await vault.mac('page-cursors', Buffer.from(message))).subarray(0, macBytes)
}
