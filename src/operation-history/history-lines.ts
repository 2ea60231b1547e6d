/** From stored records to the contract's lines: ids of people become their present names. */
import type { User } from '#administration/index.ts'
import { businessOf } from '#kit/operations.ts'
import type { HistoryLine } from './contract.ts'
import type { Position, StoredRecord } from './operation-history-store.ts'

export type People = ReadonlyMap<string, Pick<User, 'name' | 'loginId'>>

export function peopleOf(users: readonly User[]): People {
  return new Map(users.map((user) => [user.id, user]))
}

export function lineOf(record: StoredRecord, people: People): HistoryLine {
  const person = record.userId === null ? undefined : people.get(record.userId)
  return {
    at: record.at.toString(),
    sequence: String(record.sequence),
    userName: person?.name ?? null,
    loginId: person?.loginId ?? null,
    terminal: record.terminal,
    address: record.address,
    business: businessOf(record.operation),
    operation: record.operation,
    result: record.result,
    reason: record.reason,
    facts: withNames(record.facts, people),
    inquiryNumber: record.inquiryNumber,
  }
}

/** `userId` names the person whom the operation was about. */
function withNames(facts: Readonly<Record<string, string>>, people: People) {
  const { userId, ...others } = facts
  if (userId === undefined) return facts
  return { ...others, user: people.get(userId)?.name ?? userId }
}

export function positionText({ at, sequence }: Position): string {
  return `${at.epochNanoseconds / 1_000n}.${sequence}`
}

/** @param text checked by the contract */
export function readPosition(text: string): Position {
  const [microseconds, sequence] = text.split('.') as [string, string]
  const at = new Temporal.Instant(BigInt(microseconds) * 1_000n)
  return { at, sequence: BigInt(sequence) }
}
