/**
 * The micro-batcher: many callers, one commit.
 *
 * Whoever arrives while a batch is on its way to the database waits for it to return and then
 * travels with everybody else who came meanwhile. There is no timer: a lone caller goes at once,
 * and the busier it gets the larger the batches grow. One hot account is thereby updated once per
 * batch instead of once per transfer, and one flush of the disk serves them all.
 */
export interface Batcher<Parcel, Answer> {
  /**
   * @throws BatcherBusy at once when too much is waiting; nothing was or will be done
   * @throws OutcomeUnknown when the database could not be asked for long; the same parcel may be
   *   sent again
   */
  send(parcel: Parcel): Promise<Answer>
  /** Waits for everything that was accepted. */
  close(): Promise<void>
}

export interface BatcherNeeds<Parcel, Answer> {
  /** Delivers all or nothing; called again with the same parcels after a lost answer. */
  readonly deliver: (parcels: readonly Parcel[]) => Promise<readonly Answer[]>
  readonly sizeOf: (parcel: Parcel) => number
  /** Is it open whether the delivery took effect, or can it succeed if tried again? */
  readonly mayRepeat: (fault: unknown) => boolean
  readonly batchMax?: number
  readonly waitingMax?: number
  readonly patienceMilliseconds?: number
}

interface Waiting<Parcel, Answer> {
  readonly parcel: Parcel
  readonly size: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (fault: unknown) => void
}

export function batcher<Parcel, Answer>(
  needs: BatcherNeeds<Parcel, Answer>,
): Batcher<Parcel, Answer> {
  const { sizeOf, batchMax = 1_000, waitingMax = 20_000 } = needs
  const queue: Waiting<Parcel, Answer>[] = []
  let waiting = 0
  let running: Promise<void> | null = null
  let closed = false

  function send(parcel: Parcel): Promise<Answer> {
    const size = sizeOf(parcel)
    // A parcel larger than the whole queue may still travel, alone.
    if (closed || (waiting > 0 && waiting + size > waitingMax)) {
      return Promise.reject(new BatcherBusy(waiting))
    }
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    queue.push({ parcel, size, resolve, reject })
    waiting += size
    // Everybody who calls in the same turn of the event loop travels in the first batch.
    running ??= new Promise<void>((turn) => setImmediate(turn)).then(run)
    return promise
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch = nextBatch()
      // oxlint-disable-next-line no-await-in-loop -- one batch at a time is the point
      await deliver(batch)
      for (const { size } of batch) waiting -= size
    }
    running = null
  }

  function nextBatch(): Waiting<Parcel, Answer>[] {
    let size = 0
    let count = 0
    for (const next of queue) {
      if (count > 0 && size + next.size > batchMax) break
      size += next.size
      count += 1
    }
    return queue.splice(0, count)
  }

  async function deliver(batch: readonly Waiting<Parcel, Answer>[]): Promise<void> {
    try {
      const answers = await persistently(
        needs,
        batch.map(({ parcel }) => parcel),
      )
      batch.forEach(({ resolve }, index) => resolve(answers[index]!))
    } catch (fault) {
      if (batch.length === 1 || fault instanceof OutcomeUnknown) {
        for (const { reject } of batch) reject(fault)
        return
      }
      // One parcel is faulty, e.g. holds a character that the database refuses: find out which,
      // so that its neighbours do not suffer.
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (const one of batch) await deliver([one])
    }
  }

  return {
    send,
    close: async () => {
      closed = true
      await running
    },
  }
}

/** Tries until there is an answer, a fault that says that nothing happened, or no patience left. */
async function persistently<Parcel, Answer>(
  { deliver, mayRepeat, patienceMilliseconds = 60_000 }: BatcherNeeds<Parcel, Answer>,
  parcels: readonly Parcel[],
): Promise<readonly Answer[]> {
  const givenUpAt = performance.now() + patienceMilliseconds
  for (let pause = 10; ; pause = Math.min(pause * 2, 1_000)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a retry follows its failure
      return await deliver(parcels)
    } catch (fault) {
      if (!mayRepeat(fault)) throw fault
      if (performance.now() + pause > givenUpAt) throw new OutcomeUnknown(fault)
      // oxlint-disable-next-line no-await-in-loop -- as above
      await new Promise((again) => setTimeout(again, pause))
    }
  }
}

/**
 * Too much is waiting already. Both faults carry the SQLSTATE that says the same, which the
 * listener answers with 503 and a time to come back: 53300 too many connections, 08007 transaction
 * resolution unknown.
 */
export class BatcherBusy extends Error {
  override readonly name = 'BatcherBusy'
  readonly code = '53300'

  constructor(waiting: number) {
    super(`the ledger takes no more postings now: ${waiting} are waiting`)
  }
}

/** It is not known whether it took effect; the same ids may be posted again to find out. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
  readonly code = '08007'

  constructor(cause: unknown) {
    super('the ledger could not be reached; repeat with the same ids to learn the outcome', {
      cause,
    })
  }
}
