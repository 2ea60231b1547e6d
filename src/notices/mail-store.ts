/** お知らせ・メール — the SQL of the outbox. */
import { sql } from 'kysely'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Language } from '#kit/visitor.ts'
import type { MailId } from '#outside/mail/port.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { StoredFacts } from './mails-text.ts'

export interface QueuedMail {
  readonly id: MailId
  readonly companyId: CompanyId
  readonly userId: UserId | null
  readonly to: string
  readonly language: Language
  readonly template: string
  readonly facts: StoredFacts
  readonly createdAt: Temporal.Instant
}
export interface ClaimedMail extends QueuedMail {
  readonly attempts: number // this one among them
}

export async function insertMail(tx: Tx, mail: QueuedMail): Promise<void> {
  const { id, companyId, userId, to, language, template, facts, createdAt } = mail
  await sql`
    insert into notices.mail (
      id, company_id, user_id, to_address, language, template, facts, next_try_at, created_at
    )
    values (
      ${id}, ${companyId}, ${userId}, ${to}, ${language}, ${template},
      ${JSON.stringify(facts)}::jsonb, ${createdAt}, ${createdAt}
    )`.execute(tx)
}

/**
 * Takes the mail that waits longest, until the lease ends: it is committed before the sending, so
 * that no lock is held meanwhile, and what a worker leaves behind when it dies falls due again.
 */
export async function claimDue(
  tx: Tx,
  { now, leaseEnd }: { readonly now: Temporal.Instant; readonly leaseEnd: Temporal.Instant },
): Promise<ClaimedMail | null> {
  const { rows } = await sql<{
    id: MailId
    company_id: CompanyId
    user_id: UserId | null
    to_address: string
    language: Language
    template: string
    facts: StoredFacts
    created_at: string
    attempts: number
  }>`
    with due as (
      select id from notices.mail
      where state = 'waiting' and next_try_at <= ${now}
      order by next_try_at, id
      limit 1
      for update skip locked
    )
    update notices.mail m
    set attempts = m.attempts + 1, next_try_at = ${leaseEnd}
    from due where m.id = due.id
    returning m.id, m.company_id, m.user_id, m.to_address, m.language, m.template, m.facts,
      m.created_at, m.attempts`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  const { id, company_id: companyId, user_id: userId, to_address: to, language, template } = row
  const { facts, attempts, created_at: createdAt } = row
  const what = { id, companyId, userId, to, language, template, facts, attempts }
  return { ...what, createdAt: instant(createdAt) }
}

/** Whoever has sent it: a worker that was slower than its lease says so too. */
export async function markSent(tx: Tx, id: MailId, at: Temporal.Instant): Promise<void> {
  await sql`
    update notices.mail
    set state = 'sent', sent_at = ${at}, next_try_at = null, last_error = null
    where id = ${id} and state = 'waiting'`.execute(tx)
}

/** Nothing, where another worker has taken it meanwhile. */
export async function putOff(
  tx: Tx,
  { id, attempts }: ClaimedMail,
  { until, error }: { readonly until: Temporal.Instant; readonly error: string },
): Promise<void> {
  await sql`
    update notices.mail set next_try_at = ${until}, last_error = ${error}
    where id = ${id} and state = 'waiting' and attempts = ${attempts}`.execute(tx)
}

export async function giveUp(tx: Tx, { id, attempts }: ClaimedMail, error: string): Promise<void> {
  await sql`
    update notices.mail set state = 'given-up', next_try_at = null, last_error = ${error}
    where id = ${id} and state = 'waiting' and attempts = ${attempts}`.execute(tx)
}

export async function deleteEnded(tx: Tx, before: Temporal.Instant): Promise<void> {
  await sql`
    delete from notices.mail
    where state <> 'waiting' and created_at < ${before}`.execute(tx)
}
