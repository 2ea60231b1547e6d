/**
 * Mail by SMTP: to the bank's own mail server, which carries it further.
 *
 * The way there is always encrypted, but to this very machine: by TLS from the start (`smtps://`)
 * or by STARTTLS, without which nothing is sent. A new connection for each mail, so that a server
 * that was restarted is no matter.
 */
import { createTransport } from 'nodemailer'
import { granted, refused } from '#kit/outcome.ts'
import { checkedMail } from './form.ts'
import { writtenMessage, type MailFrom } from './message.ts'
import type { MailRefusal, MailSender } from './port.ts'

export interface OpenSmtp {
  /** `smtps://user:password@mail.bank.example`, or `smtp://` where STARTTLS is spoken. */
  readonly url: string
  readonly from: MailFrom
  /** How long one sending may take, and how long its server may be silent. */
  readonly timeoutSeconds?: number
}

export function openSmtp({ url, from, timeoutSeconds = 60 }: OpenSmtp): MailSender {
  const transport = createTransport(smtpOptions(url, timeoutSeconds))
  return {
    async send(mail) {
      const checked = checkedMail(mail)
      if (!checked.granted) return checked
      const envelope = { from: from.address, to: mail.to }
      const raw = await writtenMessage(mail, from)
      try {
        const signal = AbortSignal.timeout(timeoutSeconds * 1_000)
        await transport.sendMail({ envelope, raw, signal })
        return granted(undefined)
      } catch (fault) {
        const refusal = refusalIn(fault)
        if (refusal === null) throw withoutAddresses(fault)
        return refused(refusal)
      }
    },
  }
}

export function smtpOptions(url: string, timeoutSeconds: number) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const user = decodeURIComponent(username)
  const silence = (timeoutSeconds * 1_000) / 3
  return {
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host),
    ...(user !== '' && { auth: { user, pass: decodeURIComponent(password) } }),
    ...{ connectionTimeout: silence, greetingTimeout: silence, socketTimeout: silence },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  }
}

interface SmtpFault {
  readonly code?: string
  readonly command?: string
  readonly responseCode?: number
  readonly response?: string
}

/**
 * Only what is said for good (5xx) and of this mail. A login, a sender or a relaying that the
 * server does not want (RFC 3463 5.7: policy) is the bank's to put right, and no mail is lost.
 */
function refusalIn(fault: unknown): MailRefusal | null {
  const { command, responseCode = 0, response = '' } = fault as SmtpFault
  if (responseCode < 500 || /^\d{3}[ -]5\.7\./.test(response)) return null
  if (command === 'RCPT TO') return 'address-refused'
  return command === 'DATA' ? 'mail-refused' : null
}

/** Servers like to quote the address in their answer; the log and the tables shall not have it. */
function withoutAddresses(fault: unknown): Error {
  const { code = 'no code', command, responseCode } = fault as SmtpFault
  const network = /^E(CONNECTION|DNS|SOCKET|TIMEDOUT|TLS)$/.test(code) && responseCode === undefined
  const words = [code, command, responseCode, network && (fault as Error).message].filter(Boolean)
  const told = new Error(`the mail server did not take the mail: ${words.join(', ')}`)
  return Object.assign(told, { code })
}
