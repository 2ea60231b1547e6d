/**
 * Scheduled work — what the bank does by the clock: expire holds, seal the operation history,
 * close days. Started only where ROLE is `worker` or `all`.
 *
 * However many workers run, each time of a schedule is done by one of them, and not while the
 * time before is still being done. A handler may still run twice (a worker dies after its work
 * and before it says so), so it claims its rows with `for update skip locked` and changes nothing
 * the second time.
 */
import { PgBoss } from 'pg-boss'
import { bankZone } from '#kit/japan-time.ts'
import { workerConnection, type DatabaseAddress } from '../database/address.ts'

export interface Jobs {
  /**
   * @param name for the log, in English with dashes; one schedule per name
   * @param cron five fields, to the minute, in Japan's time
   */
  every(name: string, cron: string, work: () => Promise<void>): Promise<void>
  /** Takes no more work and waits for what is being done, half a minute at the most. */
  stop(): Promise<void>
}

export interface OpenJobs {
  readonly address: DatabaseAddress
  readonly log: (message: string, fault?: unknown) => void
}

const schema = 'pgboss' // made by migrations/

/** The tables must be there: `openDatabase` makes them with its migrations. */
export async function openJobs({ address, log }: OpenJobs): Promise<Jobs> {
  const boss = new PgBoss({
    ...workerConnection(address),
    schema,
    max: 3,
    migrate: false,
    createSchema: false,
    // These would need the owner's rights; the queue is small.
    reindex: false,
    cronMonitorIntervalSeconds: 15,
    cronWorkerIntervalSeconds: 5,
  })
  boss.on('error', (fault) => log('scheduled work: the queue has a fault', fault))
  await boss.start()

  return {
    every: async (name, cron, work) => {
      await boss.createQueue(name, queue)
      await boss.schedule(name, cron, null, { tz: bankZone })
      await boss.work(name, { pollingIntervalSeconds: 5 }, () => run(name, work, log))
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000 }),
  }
}

const queue = {
  policy: 'exclusive', // one waiting or running, never two
  retryLimit: 3,
  retryBackoff: true,
  expireInSeconds: 15 * 60,
  deleteAfterSeconds: 24 * 60 * 60,
} as const

async function run(name: string, work: () => Promise<void>, log: OpenJobs['log']): Promise<void> {
  try {
    await work()
  } catch (fault) {
    log(`scheduled work failed and will be tried again: ${name}`, fault)
    throw fault
  }
}
