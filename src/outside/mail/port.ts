/**
 * メール — one plain text to one address, on its way out of the house.
 *
 * The same mail may be sent again: its Message-ID is made of `id`, so whoever receives it twice
 * can tell. A sending takes a minute at the most. It throws where nobody can say whether the mail
 * has left (the server is away, is busy, or its answer was lost); the caller sends it again later.
 */
import type { Id } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'

export type MailId = Id<'mail'>

export interface MailSender {
  /** Granted when the next server has taken the mail, which is not yet that it was delivered. */
  send(mail: Mail): Promise<Outcome<void, MailRefusal>>
}

export interface Mail {
  readonly id: MailId
  readonly at: Temporal.Instant // when it was written; the same at every sending
  readonly to: string // one address, without a name
  readonly subject: string // 件名: one line
  readonly text: string // 本文: plain text, lines ended by \n
}

/** In the order in which they are checked. After any of them another try is of no use. */
export type MailRefusal =
  | 'address-malformed'
  | 'subject-malformed'
  | 'text-malformed'
  | 'address-refused' // the server knows no such mailbox
  | 'mail-refused' // the server takes the address and not the mail
