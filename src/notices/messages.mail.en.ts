/** Notices: the mails of the bank, in English. */
import { momentInJapan } from '#kit/japan-time.ts'
import { orderMails } from './messages.mail-orders.en.ts'
import type { ja, RevocationReason } from './messages.mail.ja.ts'

interface Done {
  readonly userName: string
  readonly at: Temporal.Instant
}

const revocationReasons: Readonly<Record<RevocationReason, string>> = {
  'by-administrator': 'revoked by an administrator of your company',
  'by-bank': 'revoked by the bank',
  replaced: 'a new certificate was issued',
  lost: 'reported as lost or stolen',
}

const inJapan = (at: Temporal.Instant) => `${momentInJapan(at)} (Japan time)`
const who = ({ userName, at }: Done) =>
  [
    ['When', inJapan(at)],
    ['User', userName],
  ] as const
const whoAndBy = (done: Done & { readonly by: string | null }) =>
  [...who(done), ['Done by', done.by ?? 'the bank']] as const
const valid = (done: Done & { readonly validUntil: Temporal.Instant }) =>
  [...who(done), ['Valid until', inJapan(done.validUntil)]] as const

const phone = 'Take the telephone number from a paper that you have from us, such as your contract.'

export const en: typeof ja = {
  subject: ({ bank, title }) => `[${bank}] ${title}`,
  greeting: ({ bank }) => `Thank you for using the internet banking service of ${bank}.`,
  row: ({ label, value }) => `- ${label}: ${value}`,
  ask: `If you know nothing of this, please call your branch at once.\n${phone}`,
  warning:
    'We never ask for passwords, or for numbers shown by your token, by telephone or by mail.\n' +
    'Do not tell such a number to anybody on the telephone.',
  closing: 'This mail contains no links. It was sent automatically; replies are not read.',
  mails: {
    ...orderMails,
    'token-registered': (facts) => ({
      title: 'A token was registered',
      happened: 'A token was registered for transaction authentication and can now be used.',
      rows: [...who(facts), ['Serial number', `ending in ${facts.serialEnd}`]],
    }),
    'token-detached': (facts) => ({
      title: 'A token was taken from a user',
      happened: 'A token was taken from this user, who must register one at the next login.',
      rows: whoAndBy(facts),
    }),
    'token-suspended': (facts) => ({
      title: 'A token was suspended',
      happened:
        'A token was suspended, because a wrong code was entered too often or because the user asked for it.',
      rows: who(facts),
    }),
    'token-released': (facts) => ({
      title: 'The suspension of a token was lifted',
      happened: 'The suspension of a token was lifted; it can be used again.',
      rows: whoAndBy(facts),
    }),
    'token-reset': (facts) => ({
      title: 'A token was reset',
      happened: 'A token was reset; the user must register one at the next login.',
      rows: whoAndBy(facts),
    }),
    'certificate-issued': (facts) => ({
      title: 'A client certificate was issued',
      happened: 'A client certificate was issued.',
      rows: valid(facts),
    }),
    'certificate-renewed': (facts) => ({
      title: 'A client certificate was renewed',
      happened: 'A client certificate was renewed.',
      rows: valid(facts),
    }),
    'certificate-revoked': (facts) => ({
      title: 'A client certificate was revoked',
      happened: 'A client certificate was revoked. It can no longer be used to log in.',
      rows: [...who(facts), ['Reason', revocationReasons[facts.reason]]],
    }),
    'certificate-expiring': ({ userName, validUntil, daysLeft }) => ({
      title: 'Your client certificate expires soon',
      happened:
        `Days until the client certificate expires: ${daysLeft}.\n` +
        'Please renew it before then, on the top page after login.\n' +
        'We never guide you through a renewal by telephone.',
      rows: [
        ['User', userName],
        ['Valid until', inJapan(validUntil)],
      ],
      ask: `If you have a question, please call your branch.\n${phone}`,
    }),
  },
  page: {
    title: 'Mails of the demo',
    lead: 'In this demo no mail leaves the house; mails arrive here, the newest first, up to 50.',
    wait: 'It takes about a minute for a mail to arrive. Reload the page to see it.',
    none: 'There are no mails yet.',
  },
}
