/** What every way out must do with a mail. Called by each adapter's own test. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { readMessage } from './message.ts'
import type { Mail, MailSender } from './port.ts'

export interface OpenedMail {
  readonly sender: MailSender
  /** The messages that have left, as bytes; one that came twice may be there once or twice. */
  arrived(): Promise<readonly Uint8Array[]>
  close(): Promise<void>
}

let made = 0
export function aMail(more: Partial<Mail> = {}): Mail {
  made += 1
  const at = Temporal.Instant.from('2026-11-22T10:15:30+09:00').add({ seconds: made })
  return {
    id: newId<'mail'>(at.epochMilliseconds),
    at,
    to: 'tanaka@sample.example',
    subject: `【まどぐち銀行】トークンの利用開始のお知らせ（${made}）`,
    text: 'いつもご利用ありがとうございます。\n',
    ...more,
  }
}

export function mailContract(open: () => Promise<OpenedMail>): void {
  let opened: OpenedMail
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())

  const send = (mail: Mail) => opened.sender.send(mail)
  const granted = { granted: true, value: undefined }
  async function arrivedOf({ id }: Mail) {
    const all = await opened.arrived()
    return all.filter((message) => Buffer.from(message).includes(`<${id}@`))
  }

  describe('every way out', () => {
    test.for([
      ['plain', 'Notice', 'One line.\n'],
      ['Japanese', '電子証明書の有効期限が近づいています', '髙橋 﨑子 様\n\n　日時：2026/11/22\n'],
      ['with dots alone on a line', 'Dots', '.\n..\n.\r-like\n'.replace('\r', ' ')],
      ['a long subject', `長い件名 ${'あ'.repeat(150)} 終`, 'text'],
      ['a long line', 'Long', `${'x'.repeat(3_000)}\n${'漢'.repeat(3_000)}\n`],
      ['beyond the basic plane', '𠮷野家 😀', '𠮷\n'],
      ['header-like text', 'Subject: ? = _ <b@sample.example>', 'Bcc: all@sample.example\n\nX: y'],
    ] as const)('carries a mail as it was written: %s', async ([, subject, text]) => {
      const mail = aMail({ subject, text })
      expect(await send(mail)).toEqual(granted)
      const [message, ...more] = await arrivedOf(mail)
      expect(more).toEqual([])
      expect(readMessage(message!)).toEqual(mail)
    })

    test('says who writes, in UTF-8, automatically, and nothing else', async () => {
      const mail = aMail()
      await send(mail)
      const [message] = await arrivedOf(mail)
      const [head] = Buffer.from(message!).toString().split('\r\n\r\n')
      const names = [...head!.matchAll(/^([A-Za-z-]+):/gm)].map(([, name]) => name!.toLowerCase())
      expect(names.toSorted()).toEqual([
        ...['auto-submitted', 'content-transfer-encoding', 'content-type', 'date', 'from'],
        ...['message-id', 'mime-version', 'subject', 'to'],
      ])
      expect(head).toMatch(/^From: .*<no-reply@bank\.example>$/m)
      expect(head).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m)
      expect(head).toMatch(/^Date: Sun, 22 Nov 2026 10:1\d:\d\d \+0900$/m)
    })

    test('sent again, a mail is recognisable by its Message-ID', async () => {
      const mail = aMail()
      for (const _time of ['first', 'again']) expect(await send(mail)).toEqual(granted)
      const copies = (await arrivedOf(mail)).map((message) => Buffer.from(message).toString())
      expect(copies.length).toBeGreaterThan(0)
      expect(new Set(copies).size).toBe(1)
    })

    test('carries many at once', async () => {
      const mails = Array.from({ length: 20 }, () => aMail())
      expect(await Promise.all(mails.map(send))).toEqual(mails.map(() => granted))
      for (const mail of mails) expect(await arrivedOf(mail)).toHaveLength(1)
    })

    test.for([
      ['address-malformed', { to: '' }],
      ['address-malformed', { to: 'tanaka' }],
      ['address-malformed', { to: 'tanaka@localhost' }],
      ['address-malformed', { to: 'a@sample.example, b@sample.example' }],
      ['address-malformed', { to: 'a@sample.example\r\nBcc: b@sample.example' }],
      ['address-malformed', { to: 'a@sample.example\n' }],
      ['address-malformed', { to: '<a@sample.example> NOTIFY=SUCCESS' }],
      ['address-malformed', { to: 'たなか@sample.example' }],
      ['address-malformed', { to: `a@${'sample.'.repeat(40)}example` }],
      ['subject-malformed', { subject: 'a\r\nBcc: b@sample.example' }],
      ['subject-malformed', { subject: '=?UTF-8?B?44GC?=' }],
      ['subject-malformed', { subject: 'a\nb' }],
      ['subject-malformed', { subject: 'a\u2028b' }],
      ['subject-malformed', { subject: 'half \uD83D' }],
      ['subject-malformed', { subject: 'a'.repeat(201) }],
      ['text-malformed', { text: 'a\0b' }],
      ['text-malformed', { text: 'a\r\n.\r\nMAIL FROM:<b@sample.example>' }],
      ['text-malformed', { text: 'half \uDE00' }],
      ['text-malformed', { text: 'a'.repeat(20_001) }],
    ] as const)('%s: %j goes nowhere', async ([reason, more]) => {
      const mail = aMail(more)
      expect(await send(mail)).toEqual({ granted: false, reason })
      expect(await arrivedOf(mail)).toEqual([])
    })

    test.for(['.a..b.@docomo.example', "o'neil+bank@sample.example", 'a@x-1.co.jp'])(
      'takes the address %s',
      async (to) => {
        const mail = aMail({ to })
        expect(await send(mail)).toEqual(granted)
        expect(readMessage((await arrivedOf(mail))[0]!).to).toBe(to)
      },
    )
  })
}
