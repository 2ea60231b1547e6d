/** What of a mail is never handed on: whatever could become a header, a second address, or noise. */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Mail, MailRefusal } from './port.ts'

/** ASCII without the signs that have a meaning in a header; dots anywhere, as 携帯 addresses have. */
const addressForm = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/i
const addressMax = 254 // RFC 5321 §4.5.3.1.3
const subjectMax = 200
const textMax = 20_000

export function checkedMail(
  mail: Mail,
): Outcome<Mail, Extract<MailRefusal, `${string}-malformed`>> {
  const { to, subject, text } = mail

  if (to.length > addressMax || !addressForm.test(to)) return refused('address-malformed')
  if (!readable(subject) || subject.length > subjectMax) return refused('subject-malformed')
  if (subject.includes('=?')) return refused('subject-malformed') // would be read as RFC 2047 words
  if (!text.split('\n').every(readable) || text.length > textMax) return refused('text-malformed')
  return granted(mail)
}

/** No control characters, a line break among them, and no half surrogates. */
function readable(line: string): boolean {
  return line.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(line)
}
