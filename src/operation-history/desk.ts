/**
 * What every inquiry of the history does around its question: read the conditions, write down
 * that it was asked, and turn records into lines.
 */
import type { Administration } from '#administration/index.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Operation } from '#kit/operations.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import { refuse } from '#platform/http/routes.ts'
import type { HistoryFilters, HistoryLine } from './contract.ts'
import { lineOf, peopleOf, type People } from './history-lines.ts'
import type { HistorySearch, SearchRefusal } from './history-search.ts'
import * as store from './operation-history-store.ts'
import type { OperationHistory } from './record.ts'

export interface HistoryRoutesNeeds {
  readonly database: Pick<Database, 'asCompany'>
  readonly administration: Pick<Administration, 'usersOf'>
  readonly operationHistory: Pick<OperationHistory, 'record'>
  readonly parameters: {
    readonly bankName: string
    readonly historyDaysShown: number
    /** A PDF is laid out in memory; more lines are taken as CSV. */
    readonly historyPdfLinesMax: number
  }
}

/** Of a handler's call, what is written down. */
export interface Asked {
  readonly visitor: Visitor
  readonly origin: Origin
  readonly now: Temporal.Instant
}

export async function peopleFor(
  { administration }: HistoryRoutesNeeds,
  tx: Tx,
  { companyId }: Visitor,
): Promise<People> {
  return peopleOf(await administration.usersOf(tx, companyId))
}

/** Writes the inquiry itself into the history. */
export function note(
  { operationHistory }: HistoryRoutesNeeds,
  tx: Tx,
  { visitor: { companyId, userId }, origin, now: at }: Asked,
  entry: { operation: Operation; facts: Record<string, string>; refusal?: string },
): Promise<void> {
  const { operation, facts, refusal } = entry
  const common = { at, companyId, userId, operation, facts, origin }
  return operationHistory.record(
    tx,
    refusal === undefined
      ? { ...common, result: 'done' }
      : { ...common, result: 'refused', reason: refusal },
  )
}

const fieldAtFault = {
  'period-reversed': 'from',
  'period-outside-history': 'from',
  'own-history-only': 'userId',
} as const satisfies Record<SearchRefusal, string>

/** Only the attempt to read what others did is recorded; the rest are slips of the pen. */
export async function refusal<Reason extends SearchRefusal>(
  needs: HistoryRoutesNeeds,
  asked: Asked,
  operation: Operation,
  reason: Reason,
) {
  if (reason === 'own-history-only') {
    const entry = { operation, facts: {}, refusal: reason }
    await needs.database.asCompany(asked.visitor.companyId, (tx) => note(needs, tx, asked, entry))
  }
  return refuse(reason, { errors: [{ path: fieldAtFault[reason], code: reason }] })
}

const pageSize = 1_000

/** All lines up to a sequence, newest first; memory stays flat. */
export async function* pages(
  needs: HistoryRoutesNeeds,
  visitor: Visitor,
  wanted: HistorySearch,
  upTo: bigint,
): AsyncIterable<readonly HistoryLine[]> {
  const { companyId } = visitor
  let after: store.Position | null = null
  let more = true
  while (more) {
    const page: Parameters<typeof store.search>[3] = { after, limit: pageSize, upTo }
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const [records, people] = await needs.database.asCompany(
      companyId,
      async (tx) =>
        [
          await store.search(tx, companyId, wanted, page),
          await peopleFor(needs, tx, visitor),
        ] as const,
    )
    yield records.map((record) => lineOf(record, people))
    more = records.length === pageSize
    after = records.at(-1) ?? null
  }
}

/** What is recorded of an inquiry: its conditions and how many lines it gave. */
export function factsOf(
  { from: _from, to: _to, ...others }: HistoryFilters,
  wanted: HistorySearch,
  lines: string,
): Record<string, string> {
  const { from, to } = daysOf(wanted)
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  return { from, to, ...(Object.fromEntries(given) as Record<string, string>), lines }
}

export function daysOf({ since, before }: HistorySearch): { from: string; to: string } {
  const last = before.subtract({ nanoseconds: 1 })
  return { from: dayInJapan(since).toString(), to: dayInJapan(last).toString() }
}
