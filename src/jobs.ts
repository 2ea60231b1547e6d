/** Scheduled work of the whole bank: each job calls one function of one door. */
import type { Settings } from '#settings.ts'
import type { Certificates } from '#certificates/index.ts'
import type { Identity } from '#identity/index.ts'
import type { ApprovalsRoom } from '#approvals/index.ts'
import type { Mails, Messages } from '#notices/index.ts'
import type { PayeesDoor } from '#payees/index.ts'
import type { Database } from '#platform/database/database.ts'
import type { Tokens } from '#token/index.ts'
import type { Transfers } from '#transfers/index.ts'
import { forgetUse } from '#administration/index.ts'
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
  readonly messages: Pick<Messages, 'purge'>
  readonly approvals: Pick<ApprovalsRoom, 'expireOverdue' | 'remind'>
  readonly payees: Pick<PayeesDoor, 'purge'>
  readonly transfers: Pick<Transfers, 'carryOutDue' | 'expireDrafts' | 'purge'>
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
  await jobs.every('carry-out-transfers', '* * * * *', () => bank.transfers.carryOutDue())
  await jobs.every('remind-approvers', '*/10 * * * *', async () => {
    await bank.approvals.remind(clock.now())
  })
  await jobs.every('expire-orders', '10 1 * * *', async () => {
    await bank.approvals.expireOverdue(clock.now())
    await bank.transfers.expireDrafts()
  })
  await jobs.every('renew-certificate-lists', '15 * * * *', () => bank.certificates.renewLists())
  await jobs.every('tell-of-expiring-certificates', '0 9 * * *', () =>
    bank.certificates.tellOfExpiry(),
  )
  await jobs.every('forget-ended-sessions', '20 3 * * *', () =>
    bank.database.asBank((tx) => bank.identity.purge(tx, clock.now())),
  )
  await jobs.every('forget-what-has-ended', '40 3 * * *', async () => {
    const { tokens, certificates, mails, messages, payees, transfers } = bank
    for (const room of [tokens, certificates, mails, messages, payees, transfers]) {
      await bank.database.asBank((tx) => room.purge(tx, clock.now()))
    }
    const before = dayInJapan(clock.now()).subtract({ days: 100 })
    await bank.database.asBank((tx) => forgetUse(tx, before))
  })
  return {
    async stop() {
      await jobs.stop()
      await bank.seal()
    },
  }
}
