/**
 * A batch of groups as the columns that `ledger.post_batch` takes.
 *
 * The arrays are written as PostgreSQL's own text here, in one pass: the driver would quote every
 * number, which for ten thousand transfers takes longer than posting them.
 */
import type { Group, Transfer } from './transfer.ts'

/** In the order of the function's parameters, without the first (`posted_at`). */
export function columnsOf(groups: readonly Group[]): readonly (string | null)[] {
  const transfers = groups.flat()
  const accounts = accountsOf(transfers)
  const places = new Map<bigint, number>()
  accounts.forEach((account, index) => places.set(account, index + 1))
  const column = (cell: (transfer: Transfer) => string | number | bigint) =>
    `{${transfers.map(cell).join(',')}}`
  /** One cell where all are the same, as days and texts of a bulk payment are. */
  const spread = <Value extends string | number>(
    value: (transfer: Transfer) => Value,
    written: (value: Value) => string | number = (asItIs) => asItIs,
  ) => {
    const first = value(transfers[0]!)
    const same = transfers.every((transfer) => value(transfer) === first)
    return same ? `{${written(first)}}` : column((transfer) => written(value(transfer)))
  }

  return [
    column(({ id }) => id),
    `{${accounts.join(',')}}`,
    column(({ debit }) => places.get(debit)!),
    column(({ credit }) => places.get(credit)!),
    column(({ amount }) => amount),
    spread(({ kind }) => kind),
    spread(daysOnce(({ bookedOn }) => bookedOn)),
    spread(daysOnce(({ valueOn }) => valueOn)),
    spread(({ debitMemo }) => debitMemo, quoted),
    spread(({ creditMemo }) => creditMemo, quoted),
    transfers.some(({ settles }) => settles !== undefined)
      ? column(({ settles }) => settles ?? 'NULL')
      : null,
    groupEnds(groups),
  ]
}

/** Ascending, each once: the order in which the ledger locks them. */
function accountsOf(transfers: readonly Transfer[]): BigInt64Array {
  const all = new Set<bigint>()
  for (const { debit, credit } of transfers) all.add(debit).add(credit)
  return BigInt64Array.from(all).sort()
}

function groupEnds(groups: readonly Group[]): string | null {
  if (groups.every(({ length }) => length === 1)) return null
  let end = 0
  return `{${groups.map(({ length }) => (end += length)).join(',')}}`
}

/** Most transfers of a batch share the object of their day; its text is made once. */
function daysOnce(day: (transfer: Transfer) => Temporal.PlainDate) {
  let last: Temporal.PlainDate | undefined
  let text = ''
  return (transfer: Transfer) => {
    const next = day(transfer)
    if (next !== last) {
      last = next
      text = next.toString()
    }
    return text
  }
}

function quoted(text: string): string {
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, String.raw`\$&`) : text}"`
}
