/** 電子証明書の定期処理 — mails before the end, lists kept fresh, and what may be forgotten. */
import type { Tx } from '#platform/database/database.ts'
import { daysLeft, mailDaysDue } from './certificate.ts'
import { endingBefore, noteMail } from './certificates-store.ts'
import { forgetAuthentications } from './issue-store.ts'
import { currentList, type ListNeeds } from './lists.ts'
import type { CertificateDesk } from './needs.ts'
import { forgetTickets } from './ticket-store.ts'

type MailNeeds = Pick<CertificateDesk, 'database' | 'administration' | 'mails' | 'parameters'>

/**
 * 有効期限のお知らせ: once for each of its days, and one mail at a time where a day was missed.
 * @returns how many certificates were told of
 */
export async function tellExpiring(needs: MailNeeds, now: Temporal.Instant): Promise<number> {
  const { database, administration, mails, parameters } = needs
  const { mailDays } = parameters
  const until = now.add({ hours: 24 * Math.max(0, ...mailDays) })
  const ending = await database.asBank((tx) => endingBefore(tx, { now, until }))
  let told = 0
  for (const certificate of ending) {
    const { companyId, userId, notAfter: validUntil } = certificate
    const sent = await database.asBank(async (tx) => {
      let isNew = false
      for (const daysBefore of mailDaysDue(certificate, now, mailDays)) {
        isNew = (await noteMail(tx, certificate, { daysBefore, now })) || isNew
      }
      const user = isNew ? await administration.userById(tx, userId) : null
      if (user === null) return false
      const facts = { userName: user.name, validUntil, daysLeft: daysLeft(certificate, now) }
      const mail = { companyId, userId, template: 'certificate-expiring', facts } as const
      await mails.queueToUserAndMasters(tx, mail, now)
      return true
    })
    if (sent) told += 1
  }
  return told
}

export async function refreshLists(needs: ListNeeds, now: Temporal.Instant): Promise<void> {
  await currentList(needs, 'root', now)
  await currentList(needs, 'issuing', now)
}

/** Certificates and letters stay: they say who could log in, and why. As the bank. */
export async function forget(tx: Tx, now: Temporal.Instant): Promise<void> {
  const dayAgo = now.subtract({ hours: 24 })
  await forgetAuthentications(tx, dayAgo)
  await forgetTickets(tx, dayAgo)
}
