/** Scheduled work of the whole bank: each job calls one function of one door. */
import type { Settings } from '#settings.ts'
import type { Certificates } from '#certificates/index.ts'
import type { Identity } from '#identity/index.ts'
import type { Mails } from '#notices/index.ts'
import type { Database } from '#platform/database/database.ts'
import type { Tokens } from '#token/index.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { DatabaseServer } from '#platform/database/server.ts'
import { openJobs, type Jobs } from '#platform/jobs/index.ts'

/** Whose work is done by the clock, of what main.ts has made. */
export interface Bank {
  readonly database: Database
  readonly coreBanking: { readonly books: Books }
  readonly identity: Pick<Identity, 'purge'>
  readonly tokens: Pick<Tokens, 'purge'>
  readonly certificates: Pick<Certificates, 'purge' | 'renewLists' | 'tellOfExpiry'>
  readonly mails: Pick<Mails, 'purge' | 'deliver'>
  seal(): Promise<unknown>
}

/** What the built-in core system has to do; a bank's own does it itself. */
interface Books {
  expireHolds(): Promise<unknown>
  closeDay(day: Temporal.PlainDate): Promise<unknown>
}

export async function startJobs(
  { log, clock }: Settings,
  server: Pick<DatabaseServer, 'address'>,
  bank: Bank,
): Promise<Pick<Jobs, 'stop'>> {
  const jobs = await openJobs({
    address: server.address,
    log: (message, fault) => log.warn({ err: fault }, message),
  })
  const { books } = bank.coreBanking
  await jobs.every('seal-operation-history', '*/5 * * * *', async () => void (await bank.seal()))
  await jobs.every('deliver-mails', '* * * * *', async () => void (await bank.mails.deliver()))
  await jobs.every('expire-holds', '* * * * *', async () => {
    await books.expireHolds()
  })
  // 日締め; idempotent, and a night that was missed is closed with the next.
  await jobs.every('close-day', '30 0 * * *', async () => {
    await books.closeDay(dayInJapan(clock.now()).subtract({ days: 1 }))
  })
  await jobs.every('renew-certificate-lists', '15 * * * *', () => bank.certificates.renewLists())
  await jobs.every('tell-of-expiring-certificates', '0 9 * * *', () =>
    bank.certificates.tellOfExpiry(),
  )
  await jobs.every('forget-ended-sessions', '20 3 * * *', () =>
    bank.database.asBank((tx) => bank.identity.purge(tx, clock.now())),
  )
  await jobs.every('forget-what-has-ended', '40 3 * * *', async () => {
    for (const room of [bank.tokens, bank.certificates, bank.mails]) {
      await bank.database.asBank((tx) => room.purge(tx, clock.now()))
    }
  })
  return {
    async stop() {
      await jobs.stop()
      await bank.seal()
    },
  }
}
