/**
 * A mail as it travels (RFC 5322): UTF-8 plain text in base64, nothing attached. Written for the
 * SMTP server and for the drop alike; read again for the page that shows the drop.
 */
import MimeNode from 'nodemailer/lib/mime-node'
import { bankZone } from '#kit/japan-time.ts'
import type { Mail, MailId } from './port.ts'

/** 差出人 */
export interface MailFrom {
  readonly name: string
  readonly address: string
}

export async function writtenMessage(mail: Mail, from: MailFrom): Promise<Buffer> {
  const message = new MimeNode('text/plain; charset=utf-8')
  message.setHeader({
    From: from,
    To: { name: '', address: mail.to },
    Subject: mail.subject,
    Date: dateHeader(mail.at),
    'Message-ID': `<${mail.id}@${from.address.slice(from.address.indexOf('@') + 1)}>`,
    'Auto-Submitted': 'auto-generated', // RFC 3834: no absence notice answers us
    'Content-Transfer-Encoding': 'base64',
  })
  message.setContent(mail.text.replaceAll('\n', '\r\n'))
  return message.build()
}

/** Reads what `writtenMessage` has written; no mail of anybody else. */
export function readMessage(bytes: Uint8Array): Mail {
  const [head = '', body = ''] = Buffer.from(bytes).toString('utf8').split('\r\n\r\n', 2)
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const header = (name: string) => {
    const line = unfolded.find((one) => one.toLowerCase().startsWith(`${name}: `))
    if (line === undefined) throw new Error(`this message has no ${name}`)
    return line.slice(name.length + 2)
  }
  return {
    id: /^<([^@>]+)@/.exec(header('message-id'))![1] as MailId,
    at: momentOf(header('date')),
    to: header('to').replaceAll(/[<>"]/g, ''),
    subject: wordsOf(header('subject')),
    text: Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n'),
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const two = (part: number) => String(part).padStart(2, '0')

/** `Sun, 22 Nov 2026 10:15:30 +0900` (RFC 5322 §3.3) */
function dateHeader(at: Temporal.Instant): string {
  const { dayOfWeek, year, month, day, hour, minute, second } = at.toZonedDateTimeISO(bankZone)
  const date = `${weekdays[dayOfWeek - 1]}, ${two(day)} ${months[month - 1]} ${year}`
  return `${date} ${two(hour)}:${two(minute)}:${two(second)} +0900`
}

function momentOf(header: string): Temporal.Instant {
  const parts = /^\w+, (\d\d) (\w+) (\d{4}) ([\d:]{8}) \+0900$/.exec(header)
  if (parts === null) throw new Error('the date of this message is not ours')
  const [, day, month, year, time] = parts
  const number = two(months.indexOf(month!) + 1)
  return Temporal.Instant.from(`${year}-${number}-${day}T${time}+09:00`)
}

/** RFC 2047: words in base64 or quoted-printable, plain text between. */
function wordsOf(header: string): string {
  return header
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, form: string, text: string) =>
      form.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : unquoted(text),
    )
}

function unquoted(text: string): string {
  const bytes = text.replaceAll('_', ' ').replaceAll('=', '%')
  return decodeURIComponent(bytes)
}
