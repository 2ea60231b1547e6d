/** Scheduled work of the whole bank: each job calls one function of one door. */
import type { Bank, Settings } from '#main.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { DatabaseServer } from '#platform/database/server.ts'
import { openJobs, type Jobs } from '#platform/jobs/index.ts'

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
