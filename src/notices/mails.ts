/**
 * メール — what the bank writes to its users: queued in the caller's transaction, sent by a job.
 *
 * At least once: a mail whose answer was lost is sent again under the same Message-ID. It is
 * given up after about two days, or at once where its server says no for good.
 */
import type { Administration, User } from '#administration/index.ts'
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Language } from '#kit/visitor.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { Mail, MailRefusal, MailSender } from '#outside/mail/port.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import * as store from './mail-store.ts'
import {
  mailText,
  storedFacts,
  type BankNames,
  type MailFacts,
  type MailTemplate,
} from './mails-text.ts'

export interface MailNeeds {
  readonly database: Pick<Database, 'asBank'>
  readonly administration: Pick<Administration, 'usersOf'>
  readonly sender: MailSender
  readonly clock: Clock
  readonly bankNames: BankNames
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void
}

export interface NewMail<Template extends MailTemplate> {
  readonly companyId: CompanyId
  readonly template: Template
  readonly facts: MailFacts[Template]
  readonly language?: Language // Japanese unless told
}

export interface Mails {
  /** Puts one mail into the outbox. As the company or as the bank. */
  queue<Template extends MailTemplate>(
    tx: Tx,
    mail: NewMail<Template> & { readonly to: string; readonly userId: UserId | null },
    now: Temporal.Instant,
  ): Promise<void>
  /** To the user, and to those who answer for him: マスターユーザ and 管理者ユーザ, each once. */
  queueToUserAndMasters<Template extends MailTemplate>(
    tx: Tx,
    mail: NewMail<Template> & { readonly userId: UserId },
    now: Temporal.Instant,
  ): Promise<void>
  /** To these users where they are active (利用中), each address once. */
  queueTo<Template extends MailTemplate>(
    tx: Tx,
    mail: NewMail<Template> & { readonly userIds: readonly UserId[] },
    now: Temporal.Instant,
  ): Promise<void>
  /** Sends what is due. Any number of workers may do so at once. */
  deliver(): Promise<{ readonly sent: number; readonly failed: number }>
  /** Forgets what was sent or given up long ago. Runs as the bank. */
  purge(tx: Tx, now: Temporal.Instant): Promise<void>
}

const attemptsMax = 20 // with waits of 1, 2, 4 … 240 minutes: about two days
const waitMinutesMax = 240
/** Longer than the port lets a sending take. */
const lease = { minutes: 5 }
/** So many in a row, and the server is away rather than the mails being at fault. */
const faultsInARowMax = 3
const mailsPerRun = 200
const keptHours = 100 * 24

export function createMails(needs: MailNeeds): Mails {
  const { database, administration, clock } = needs
  return {
    queue,
    async queueToUserAndMasters(tx, mail, now) {
      const users = await administration.usersOf(tx, mail.companyId)
      for (const { id, mail: to } of recipients(users, mail.userId)) {
        await queue(tx, { ...mail, userId: id, to }, now)
      }
    },
    async queueTo(tx, { userIds, ...mail }, now) {
      if (userIds.length === 0) return
      const users = await administration.usersOf(tx, mail.companyId)
      const meant = users.filter(({ id, state }) => userIds.includes(id) && state === 'active')
      for (const { id, mail: to } of oncePerAddress(meant)) {
        await queue(tx, { ...mail, userId: id, to }, now)
      }
    },
    async deliver() {
      const done = { sent: 0, failed: 0 }
      let faultsInARow = 0
      while (done.sent + done.failed < mailsPerRun && faultsInARow < faultsInARowMax) {
        const now = clock.now()
        const mail = await database.asBank((tx) =>
          store.claimDue(tx, { now, leaseEnd: now.add(lease) }),
        )
        if (mail === null) break
        const end = await attempt(needs, mail)
        done[end === 'sent' ? 'sent' : 'failed'] += 1
        faultsInARow = end === 'put-off' ? faultsInARow + 1 : 0
      }
      return done
    },
    purge: (tx, now) => store.deleteEnded(tx, now.subtract({ hours: keptHours })),
  }
}

const queue: Mails['queue'] = async (tx, mail, now) => {
  const { companyId, userId, to, template, facts, language = 'ja' } = mail
  const id = newId<'mail'>(now.epochMilliseconds)
  const queued = { id, companyId, userId, to, language, template, createdAt: now }
  await store.insertMail(tx, { ...queued, facts: storedFacts(facts) })
}

/** One mail per address. Who was stopped reads of his own things, and not of other people's. */
function recipients(users: readonly User[], userId: UserId): readonly User[] {
  const concerned = users.filter(
    ({ id, role, state }) => id === userId || (role !== 'general' && state === 'active'),
  )
  const own = concerned.filter(({ id }) => id === userId)
  return oncePerAddress([...own, ...concerned])
}

function oncePerAddress(users: readonly User[]): readonly User[] {
  const byAddress = new Map<string, User>()
  for (const user of users) {
    const address = user.mail.toLowerCase()
    if (address !== '' && !byAddress.has(address)) byAddress.set(address, user)
  }
  return [...byAddress.values()]
}

async function attempt(
  needs: MailNeeds,
  mail: store.ClaimedMail,
): Promise<'sent' | 'given-up' | 'put-off'> {
  const { database, clock, log } = needs
  const { id, template, attempts } = mail
  const giveUp = async (error: string) => {
    await database.asBank((tx) => store.giveUp(tx, mail, error))
    log('a mail was given up', { id, template, attempts, error })
    return 'given-up' as const
  }
  if (attempts > attemptsMax) return giveUp('never-ended') // its workers died, or it cannot be written

  const outcome = await sending(needs, mail)
  if ('fault' in outcome) {
    const { fault: err } = outcome
    const error = nameOf(err)
    if (attempts === attemptsMax) return giveUp(error)
    const until = clock.now().add({ minutes: Math.min(2 ** (attempts - 1), waitMinutesMax) })
    await database.asBank((tx) => store.putOff(tx, mail, { until, error }))
    log('a mail could not be sent and is tried again', { id, template, attempts, err })
    return 'put-off'
  }
  if (!outcome.granted) return giveUp(outcome.reason)
  await database.asBank((tx) => store.markSent(tx, id, clock.now()))
  return 'sent'
}

/** A fault here is the mail server's, which the port foresees; it decides when to try again. */
async function sending(
  { sender, bankNames }: MailNeeds,
  { id, createdAt: at, to, ...rest }: store.ClaimedMail,
): Promise<Outcome<void, MailRefusal> | { readonly fault: unknown }> {
  const mail: Mail = { id, at, to, ...mailText(rest, bankNames) }
  return sender.send(mail).catch((fault: unknown) => ({ fault }))
}

/** Its code, or its name: a message may quote an address, which the table has once already. */
function nameOf(fault: unknown): string {
  const { code, name } = fault as { code?: unknown; name?: unknown }
  const word = [code, name].find((one) => typeof one === 'string' && one !== '')
  return ((word as string | undefined) ?? 'unnamed').slice(0, 100)
}
