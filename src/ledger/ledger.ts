/**
 * 元帳 — the books of the built-in core system.
 *
 * Opens its own connections as `madoguchi_bank`, which may read the books and call the functions
 * that write them, and nothing else.
 */
import pg from 'pg'
import { refused, type Outcome } from '#kit/outcome.ts'
import type { Clock } from '#outside/clock/port.ts'
import { appConnection, type DatabaseAddress } from '#platform/database/address.ts'
import { batcher } from './batcher.ts'
import { ledgerStore, mayRepeat, type Mistake } from './ledger-store.ts'
import { statementStore, type Statements } from './statement-store.ts'
import { outcomeOf, type Group, type Hold, type PostOutcome } from './transfer.ts'

export interface Ledger extends Statements {
  /** The same account again changes nothing. `floor` null: an internal account. */
  openAccount(account: { id: bigint; currency: string; floor: bigint | null }): Promise<void>
  /** null: nobody knows the account; false: it is not empty and stays open. */
  closeAccount(id: bigint): Promise<boolean | null>
  /** Posts the group all or none. Durable when it returns. */
  post(group: Group): Promise<PostOutcome>
  /** Posts many groups in one durable transaction, each with its own outcome. */
  postAll(groups: readonly Group[]): Promise<readonly PostOutcome[]>
  hold(hold: Hold): Promise<PostOutcome>
  release(id: string): Promise<Outcome<void, 'unknown-hold' | 'hold-already-settled'>>
  /** Gives back what is held beyond its time. @returns how many holds ended */
  expireHolds(): Promise<number>
  /** 日締め: nothing can be booked on that day or before any more. @returns accounts kept */
  closeDay(day: Temporal.PlainDate): Promise<number>
  /** Proves the books; an empty list means that they are right. */
  mistakes(): Promise<readonly Mistake[]>
  close(): Promise<void>
}

export function openLedger(needs: {
  address: DatabaseAddress
  clock: Clock
  log?: (message: string, fault?: unknown) => void
  connections?: number
}): Ledger {
  const { clock, log = () => {} } = needs
  const pool = connect(needs.address, needs.connections ?? 6, log)
  const store = ledgerStore(pool)
  const postings = batcher<readonly Group[], readonly PostOutcome[]>({
    sizeOf: (groups) => groups.reduce((sum, { length }) => sum + length, 0),
    deliver: async (parcels) => {
      const codes = await store.postBatch(parcels.flat(), clock.now())
      if (codes.length === 0) return parcels.map((groups) => groups.map(() => allPosted))
      let start = 0
      return parcels.map(({ length }) => codes.slice(start, (start += length)).map(outcomeOf))
    },
    mayRepeat: (fault) => {
      const again = mayRepeat(fault)
      if (again) log('a batch of postings is sent again', fault)
      return again
    },
  })

  async function postAll(groups: readonly Group[]): Promise<readonly PostOutcome[]> {
    const full = groups.filter(({ length }) => length > 0)
    const answers = full.length === 0 ? [] : await postings.send(full)
    if (full.length === groups.length) return answers
    let next = 0
    return groups.map(({ length }) => (length > 0 ? answers[next++]! : refused('group-is-empty')))
  }

  return {
    ...statementStore(pool),
    openAccount: (account) => store.openAccount(account, clock.now()),
    closeAccount: (id) => store.closeAccount(id),
    post: async (group) => (await postAll([group]))[0]!,
    postAll,
    hold: async (hold) => outcomeOf(await again(() => store.makeHold(hold, clock.now()))),
    release: async (id) => {
      const outcome = outcomeOf(await again(() => store.releaseHold(id, clock.now())))
      if (outcome.granted) return { granted: true, value: undefined }
      const { reason } = outcome
      if (reason === 'unknown-hold' || reason === 'hold-already-settled') return refused(reason)
      throw new Error(`a release was refused as ${reason}`)
    },
    expireHolds: () => expireHolds(() => store.expireHolds(clock.now(), 1_000)),
    closeDay: async (day) => {
      await store.closeBooks(day)
      return store.keepClosingBalances(day)
    },
    mistakes: () => store.mistakes(),
    close: async () => {
      await postings.close()
      await pool.end()
    },
  }
}

const allPosted: PostOutcome = outcomeOf(0)

function connect(
  address: DatabaseAddress,
  connections: number,
  log: (message: string, fault?: unknown) => void,
): pg.Pool {
  const pool = new pg.Pool({
    ...appConnection(address),
    max: connections,
    onConnect: async (client) => {
      await client.query('set role madoguchi_bank')
    },
  })
  pool.on('error', (fault) => log('an idle connection of the ledger broke', fault))
  return pool
}

/** In chunks, so that no account stays locked for long. */
async function expireHolds(next: () => Promise<number>): Promise<number> {
  let ended = 0
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- the next chunk follows the last
    const some = await next()
    if (some === 0) return ended
    ended += some
  }
}

/** Holds carry their own ids, so a lost answer is asked for again. */
async function again<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    if (tries === 1 || !mayRepeat(fault)) throw fault
    await new Promise((pause) => setTimeout(pause, 100))
    return again(work, tries - 1)
  }
}
