/** メールの文面: every mail says what a mail of the bank must say, and nothing that it must not. */
import { describe, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { checkedMail } from '../outside/mail/form.ts'
import { messageKinds } from './contract.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'
import { mailText, storedFacts, type MailFacts, type MailTemplate } from './mails-text.ts'

const bankNames = { ja: 'まどぐち銀行', en: 'Madoguchi Bank' }
const at = Temporal.Instant.from('2026-11-22T15:04:05Z')
const validUntil = Temporal.Instant.from('2027-11-23T00:00:00+09:00')
const done = { userName: '田中 一郎', at }

const deadline = Temporal.Instant.from('2026-11-25T15:00:00+09:00')
const order = {
  kind: '総合振込',
  kindEnglish: 'Supplier payments',
  name: '十一月分',
  paymentDay: '2026-11-30',
  requesterName: '田中 一郎',
  at,
}
const orderBy = { ...order, by: '佐藤 花子' }
const orderUntil = { ...order, deadline }
const receivedOrder = { ...order, receiptNumber: '20261122-000123' }
const payee = { ...done, payeeName: '株式会社受取商店' }

const facts: MailFacts = {
  'order-submitted': orderUntil,
  'approval-asked': orderUntil,
  'final-approval-asked': { ...orderUntil, by: '佐藤 花子' },
  'order-approved': orderBy,
  'order-sent-back': orderBy,
  'order-recalled': orderBy,
  'order-deleted': orderBy,
  'approval-withdrawn': orderBy,
  'order-failed': { ...order, by: null },
  'approval-deadline-near': orderUntil,
  'order-expired': orderUntil,
  'transfer-accepted': receivedOrder,
  'transfer-carried-out': receivedOrder,
  'transfer-not-carried-out': { ...receivedOrder, reason: 'insufficient-funds' },
  'transfer-returned': receivedOrder,
  'booking-cancelled': { ...receivedOrder, by: null },
  'payee-registered': payee,
  'payee-changed': payee,
  'payee-deleted': payee,
  'payees-by-file': { ...done, registered: 12, changed: 3, deleted: 0 },
  'payee-check-suspended': done,
  'token-registered': { ...done, serialEnd: '0042' },
  'token-detached': { ...done, by: '佐藤 花子' },
  'token-suspended': done,
  'token-released': { ...done, by: '佐藤 花子' },
  'token-reset': { ...done, by: null },
  'certificate-issued': { ...done, validUntil },
  'certificate-renewed': { ...done, validUntil },
  'certificate-revoked': { ...done, reason: 'lost' },
  'certificate-expiring': { userName: '田中 一郎', validUntil, daysLeft: 40 },
}
const templates = Object.keys(facts) as MailTemplate[]

/** Through JSON, as the outbox keeps them. */
const written = (template: MailTemplate, language: 'ja' | 'en', of = facts[template]) =>
  mailText(
    { template, language, facts: JSON.parse(JSON.stringify(storedFacts(of))) as never },
    bankNames,
  )

describe.each(templates)('%s', (template) => {
  test.for(['ja', 'en'] as const)('tells who, what and when, and warns: %s', (language) => {
    const { subject, text } = written(template, language)
    expect(subject).toContain(bankNames[language])
    expect(text).toContain(bankNames[language])
    expect(text).toContain('田中 一郎')
    // In Japan it is the next day already.
    const moment =
      template === 'certificate-expiring' ? '2027/11/23 00:00:00' : '2026/11/23 00:04:05'
    expect(text).toContain(moment)
    expect(text).toContain(language === 'ja' ? 'お取引店までお電話で' : 'call your branch')
    expect(text).toContain(
      language === 'ja' ? '電話の相手に番号を伝えないでください。' : 'Do not tell such a number',
    )
    expect(subject + text).not.toMatch(/https?:|www\.|undefined|null|NaN|\[object/)
  })

  test.for(['ja', 'en'] as const)('can be sent as it is: %s', (language) => {
    const id = newId<'mail'>(at.epochMilliseconds)
    const mail = { id, at, to: 'tanaka@sample.example', ...written(template, language) }
    expect(checkedMail(mail)).toEqual({ granted: true, value: mail })
    for (const line of mail.text.split('\n')) expect(line.length).toBeLessThanOrEqual(110)
  })
})

test('the whole of one mail', () => {
  expect(written('token-registered', 'ja')).toEqual({
    subject: '【まどぐち銀行】トークン登録のお知らせ',
    text: `平素よりまどぐち銀行のインターネットバンキングをご利用いただき、誠にありがとうございます。

トランザクション認証の利用開始登録が完了し、トークンが登録されました。

・日時：2026/11/23 00:04:05
・利用者名：田中 一郎 様
・シリアル番号：下4桁 0042

お心当たりのない場合は、ただちにお取引店までお電話でご連絡ください。
電話番号は、ご契約時の書面など、お手元の書類でお確かめください。

当行の職員が、電話やメールで、パスワードやトークンに表示された番号をお尋ねすることはありません。
電話の相手に番号を伝えないでください。

このメールにリンクは記載しておりません。
このメールは送信専用です。ご返信いただいてもお答えできませんので、ご了承ください。

まどぐち銀行
`,
  })
})

test.for(templates)('%s tells the same facts in both languages, and no amount', (template) => {
  const rows = (language: 'ja' | 'en') =>
    written(template, language)
      .text.split('\n')
      .filter((line) => /^(・|- )/.test(line))
  expect(rows('en')).toHaveLength(rows('ja').length)
  const said = { ...facts[template] } as Record<string, unknown>
  const names = { ja: ['kindEnglish'], en: ['kind'] } // each has its own
  for (const language of ['ja', 'en'] as const) {
    const { subject, text } = written(template, language)
    for (const [name, value] of Object.entries(said)) {
      if (typeof value !== 'string' || [...names[language], 'reason'].includes(name)) continue
      expect(text).toContain(name === 'paymentDay' ? '2026/11/30' : value)
    }
    expect(subject + text).not.toMatch(/[円¥￥]|\byen\b|金額|amount|\d,\d{3}/i)
  }
})

test.for(messageKinds)('the message %s is said in both languages, without an amount', (kind) => {
  for (const words of [ja, en]) {
    const says = words.messages.says[kind](storedFacts(facts[kind]))
    expect(says).not.toMatch(/undefined|null|\[object|[円¥￥]|\byen\b/)
    expect(says.length).toBeGreaterThan(10)
  }
})

test('the name of an order makes no link', () => {
  const name = '至急 https://bank.example.com/login と www.example.jp'
  const { text } = written('approval-asked', 'ja', { ...orderUntil, name })
  expect(text).not.toMatch(/:\/\/|www\.|\w\.\w/)
  expect(text).toContain('至急 https：／／bank．example．com/login')
})

test('says who did it, or that the bank did', () => {
  expect(written('token-released', 'ja').text).toContain('・手続きをした方：佐藤 花子 様')
  expect(written('token-reset', 'ja').text).toContain('・手続きをした方：当行')
  expect(written('token-reset', 'en').text).toContain('- Done by: the bank')
})

test('a name adds no line of its own', () => {
  const userName = '田中\r\n\r\n至急 090-0000-0000 へお電話ください\u2028\uD83D'
  const { text } = written('token-suspended', 'ja', { userName, at })
  expect(text).toContain('・利用者名：田中 至急 090-0000-0000 へお電話ください �')
  expect(text.split('\n')).toHaveLength(written('token-suspended', 'ja').text.split('\n').length)
})

test('a mail that this release does not know is a fault', () => {
  const mail = { template: 'token-eaten', language: 'ja', facts: {} } as const
  expect(() => mailText(mail, bankNames)).toThrow('there is no mail token-eaten')
})

test('a fact that is missing does not compile', () => {
  // @ts-expect-error -- serialEnd
  const missing: MailFacts['token-registered'] = done
  // @ts-expect-error -- no such reason
  const wrong: MailFacts['certificate-revoked'] = { ...done, reason: 'whim' }
  expect([missing, wrong]).toHaveLength(2)
})
