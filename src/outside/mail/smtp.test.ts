/** Mail by SMTP: the contract, and every way in which a mail server can say no, or nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readMessage } from './message.ts'
import { aMail, mailContract } from './port.contract.ts'
import { mailServer, type MailServer } from './smtp.fixture.ts'
import { openSmtp, smtpOptions } from './smtp.ts'

const from = { name: 'まどぐち銀行', address: 'no-reply@bank.example' }
const sending = (port: number, login = '') =>
  openSmtp({ url: `smtp://${login}127.0.0.1:${port}`, from, timeoutSeconds: 1.5 })

mailContract(async () => {
  const server = await mailServer()
  return {
    sender: sending(server.port),
    arrived: async () => server.taken,
    close: () => server.close(),
  }
})

describe('a mail server', () => {
  let server: MailServer
  beforeAll(async () => {
    server = await mailServer()
  })
  afterAll(() => server?.close())
  beforeEach(() => {
    server.unkind = {}
    server.policy = false
    server.taken.length = 0
    server.commands.length = 0
  })

  test.for([
    ['address-refused', { RCPT: 550 }],
    ['address-refused', { RCPT: 553 }],
    ['mail-refused', { '.': 554 }],
    ['mail-refused', { DATA: 554 }],
  ] as const)('that says no for good refuses the mail: %s, %j', async ([reason, unkind]) => {
    server.unkind = unkind
    expect(await sending(server.port).send(aMail())).toEqual({ granted: false, reason })
  })

  test.for([
    ['at the greeting', { HELLO: 554 }],
    ['to us as the sender', { MAIL: 550 }],
    ['for now, to the address', { RCPT: 450 }],
    ['for now, to the mail', { '.': 451 }],
    ['by cutting the line', { MAIL: 0 }],
    ['by silence at the greeting', { HELLO: -1 }],
    ['by silence after the mail', { '.': -1 }],
  ] as const)('that says no %s gets the mail again later', async ([, unkind]) => {
    server.unkind = unkind
    const started = performance.now()
    const fault = await sending(server.port)
      .send(aMail())
      .catch((thrown: unknown) => thrown)
    expect(fault).toBeInstanceOf(Error)
    expect(String(fault)).toContain('the mail server did not take the mail: E')
    expect(String(fault)).not.toContain('tanaka')
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  test('that relays nothing for us is a fault of the bank, and no mail is lost by it', async () => {
    server.unkind = { RCPT: 554 }
    server.policy = true
    await expect(sending(server.port).send(aMail())).rejects.toThrow('EENVELOPE, RCPT TO, 554')
  })

  test('whose answer is lost gets the mail again under the same Message-ID', async () => {
    const mail = aMail()
    server.unkind = { '.': 0 }
    await expect(sending(server.port).send(mail)).rejects.toThrow('ECONNECTION')
    server.unkind = {}
    expect(await sending(server.port).send(mail)).toMatchObject({ granted: true })
    expect(server.taken.map((letter) => readMessage(letter).id)).toEqual([mail.id, mail.id])
  })

  test('that nobody runs is a fault', async () => {
    const gone = await mailServer()
    await gone.close()
    await expect(sending(gone.port).send(aMail())).rejects.toThrow('ESOCKET')
  })

  test('that does not let us in is a fault, and the password stands in no word of it', async () => {
    server.unkind = { AUTH: 535 }
    const fault = await sending(server.port, 'bank:hush-h4sh@')
      .send(aMail())
      .catch((thrown: unknown) => thrown)
    expect(String(fault)).toContain('EAUTH')
    expect(JSON.stringify([String(fault), { ...(fault as object) }])).not.toContain('hush')
    expect(server.commands).not.toContain('MAIL')
  })

  test('lets us in with the name and the password of the address', async () => {
    server.unkind = { AUTH: 235 }
    expect(await sending(server.port, 'bank:p%40ss@').send(aMail())).toMatchObject({
      granted: true,
    })
    expect(server.commands).toContain('AUTH')
  })
})

describe('the way to the mail server', () => {
  test.for([
    ['smtp://mail.bank.example', { port: 587, secure: false, requireTLS: true }],
    ['smtp://mail.bank.example:25', { port: 25, secure: false, requireTLS: true }],
    ['smtps://mail.bank.example', { port: 465, secure: true }],
    ['smtp://localhost:1025', { port: 1025, secure: false, requireTLS: false }],
    ['smtp://[::1]:1025', { host: '::1', requireTLS: false }],
    ['smtp://127.0.0.1.bank.example', { requireTLS: true }],
    ['smtps://u%40bank:p%3Aw@mail.bank.example', { auth: { user: 'u@bank', pass: 'p:w' } }],
  ] as const)('%s is %j', ([url, options]) => {
    expect(smtpOptions(url, 60)).toMatchObject(options)
  })
})
