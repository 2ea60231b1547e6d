/** 電子証明書発行 over the counter, with a real token: the way, and every wrong turn (C2 #6). */
import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { certificateWorld, type CertificateWorld } from '../../test/certificates.ts'
import { nakamura, sato, suzuki, tanaka, yamada, type CastMember } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import type { TestDevice } from '../../test/device.ts'
import type { Browser } from '../../test/identity.ts'

const path = '/api/certificate-issue'
let db: TestDatabase
let world: CertificateWorld
let device: TestDevice // tanaka's
beforeAll(async () => {
  db = await testDatabase()
  world = await certificateWorld(db)
  device = await world.giveToken(tanaka, '3104800001')
})
afterAll(async () => {
  await world?.close()
  await db?.close()
})
beforeEach(async () => {
  world.counter.clock.passes(1)
  await db.owner.query(`
    update certificates.authentication set certificate_id = null;
    delete from certificates.ticket; delete from certificates.certificate;
    delete from certificates.authentication; delete from certificates.letter;
    delete from notices.mail; delete from identity.cool_down;
    delete from token.challenge; delete from token.tally; delete from platform.pace_level;
    update token.instance set fails = 0, suspended_at = null, suspended_as = null;
    update administration.company set login_method = 'either'`)
})

const form = ({ loginId, loginPassword }: CastMember) => ({ loginId, loginPassword })
const authenticate = (browser: Browser, member = tanaka) => browser.call('POST', path, form(member))

async function begun(member = tanaka) {
  const browser = world.browser()
  const answer = await authenticate(browser, member)
  return { browser, answer, page: await world.page() }
}
const post = (browser: Browser, body: object) =>
  browser.call('POST', `${path}/certificate`, {
    ...{ request: 'AAAA', challengeId: null, transactionCode: null, letterCode: null, ...body },
  })
const stored = async (loginId = tanaka.loginId) => {
  const { rows } = await db.owner.query<{
    state: string
    proof: string
    end_reason: string | null
  }>(
    `select state, proof, end_reason from certificates.certificate where login_id = $1
      order by issued_at, id`,
    [loginId],
  )
  return rows
}
const lastOf = async (operation: string) => (await world.history(operation)).at(-1)

async function letterFor(loginId: string): Promise<string> {
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  expect(await world.certificates.command(['letter', loginId], world.now(), print)).toBe(0)
  return lines[1]!
}

describe('with a token', () => {
  test('the password and the code of the device give a certificate', async () => {
    const { browser, answer, page } = await begun()
    expect(answer).toMatchObject({
      status: 200,
      body: { loginId: 'tanaka01', userName: '田中 一郎', proof: 'token' },
    })
    expect(answer.body.companyName).toBe('株式会社サンプル商事')
    const { challenge } = answer.body
    expect(challenge).toMatchObject({ template: 'certificate-issue' })
    const { shown, code } = await device.sign(challenge.qr)
    expect(shown).toEqual({ 'login-id': 'tanaka01', text: '株式会社サンプル商事' })

    const proof = { challengeId: challenge.id, transactionCode: code }
    const issued = await post(browser, { request: page.request, ...proof })
    expect(issued).toMatchObject({ status: 200, body: { loginId: 'tanaka01' } })
    const certificate = new X509Certificate(Buffer.from(issued.body.certificate, 'base64'))
    const [issuing, root] = (issued.body.chain as string[]).map(
      (one) => new X509Certificate(Buffer.from(one, 'base64')),
    )
    expect(certificate.verify(issuing!.publicKey) && issuing!.verify(root!.publicKey)).toBe(true)
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', page.pair.publicKey))
    const own = certificate.publicKey.export({ type: 'spki', format: 'der' })
    expect(own.equals(spki)).toBe(true)
    expect(issued.body.validUntil).toBe(
      world
        .now()
        .add({ hours: 24 * 365 })
        .toString(),
    )
    expect(issued.body.coolDownUntil).toBeNull()
    expect(await stored()).toEqual([{ state: 'unused', proof: 'token', end_reason: null }])
  })

  test('is told to the user and the administrators by mail, and recorded', async () => {
    const { browser, page } = await begun()
    const { body } = await world.issue(browser, device, page)
    const serial = new X509Certificate(Buffer.from(body.certificate, 'base64')).serialNumber
    expect(await lastOf('certificate-issue')).toMatchObject({
      ...{ user: world.users.tanaka.id, result: 'done' },
      facts: { certificate: serial.toLowerCase() },
    })
    const mails = [tanaka, sato, yamada].map(({ mail }) => `certificate-issued ${mail}`)
    expect((await world.mails()).toSorted()).toEqual(mails.toSorted())
  })

  test('a lost answer is given again, for the same request in the same browser', async () => {
    const { browser, page } = await begun()
    const first = await world.issue(browser, device, page)
    const again = await post(browser, { request: page.request })
    expect(again).toMatchObject({ status: 200, body: first.body })
    const other = await world.page()
    expect((await post(browser, { request: other.request })).code).toBe('authentication-over')
    expect((await post(world.browser(), { request: page.request })).code).toBe(
      'authentication-over',
    )
    expect(await stored()).toHaveLength(1)
  })

  test('the same request twice at once gives one certificate, to both', async () => {
    const { browser, answer, page } = await begun()
    const { challenge } = answer.body
    const { code } = await device.sign(challenge.qr)
    const proof = { challengeId: challenge.id, transactionCode: code }
    const press = () => post(browser, { request: page.request, ...proof })
    const answers = await Promise.all([press(), press(), press()])
    expect(new Set(answers.map(({ body }) => body.certificate)).size).toBe(1)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await stored()).toHaveLength(1)
  })

  test('one code gives one certificate, for two keys at once too', async () => {
    const { browser, answer } = await begun()
    const { challenge } = answer.body
    const { code } = await device.sign(challenge.qr)
    const press = async () => {
      const { request } = await world.page()
      return post(browser, { request, challengeId: challenge.id, transactionCode: code })
    }
    const answers = await Promise.all(Array.from({ length: 10 }, press))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const refused = answers.filter(({ status }) => status !== 200).map(({ code }) => code)
    for (const code of refused) expect(['challenge-spent', 'authentication-over']).toContain(code)
    expect(await stored()).toHaveLength(1)
  })

  test('a wrong code gives none, and a right one after it does', async () => {
    const { browser, answer, page } = await begun()
    const { challenge } = answer.body
    const { code } = await device.sign(challenge.qr)
    const wrong = String((Number(code) + 1) % 100_000_000).padStart(8, '0')
    const ask = (transactionCode: string | null) =>
      post(browser, { request: page.request, challengeId: challenge.id, transactionCode })
    expect(await ask(wrong)).toMatchObject({
      ...{ status: 422, code: 'code-wrong' },
      body: { facts: { triesLeft: '2' } },
    })
    expect(await lastOf('certificate-issue')).toMatchObject({
      ...{ result: 'refused', reason: 'code-wrong' },
    })
    expect((await ask(null)).code).toBe('challenge-unknown')
    expect(await stored()).toEqual([])
    expect((await ask(code)).status).toBe(200)
  })

  test('the code of one authentication is none of another', async () => {
    const [one, other] = [await begun(), await begun()]
    const { code } = await device.sign(one.answer.body.challenge.qr)
    const body = { request: other.page.request, transactionCode: code }
    const answer = await post(other.browser, { ...body, challengeId: one.answer.body.challenge.id })
    expect(answer.code).toBe('challenge-unknown')
  })

  test('a token that was stopped ends the way, and no letter opens it', async () => {
    const code = await letterFor(tanaka.loginId)
    const { browser, page } = await begun()
    await db.owner.query("update token.instance set suspended_at = now(), suspended_as = 'by-user'")
    expect((await authenticate(world.browser())).code).toBe('token-suspended')
    expect((await post(browser, { request: page.request, letterCode: code })).code).toBe(
      'challenge-unknown',
    )
  })
})

describe('before there is a token', () => {
  test('the code of a letter gives the certificate, once', async () => {
    const code = await letterFor(suzuki.loginId)
    expect(await lastOf('certificate-letter')).toMatchObject({ result: 'done' })
    const { browser, answer, page } = await begun(suzuki)
    expect(answer.body).toMatchObject({ proof: 'letter', challenge: null })
    expect((await browser.call('POST', `${path}/challenge`)).code).toBe('token-missing')
    const typed = code.toLowerCase().replaceAll('-', ' ')
    const issued = await post(browser, { request: page.request, letterCode: typed })
    expect(issued).toMatchObject({ status: 200, body: { loginId: suzuki.loginId } })

    const next = await begun(suzuki)
    const again = await post(next.browser, { request: next.page.request, letterCode: code })
    expect(again.code).toBe('letter-code-spent')
    expect(await stored(suzuki.loginId)).toEqual([
      { state: 'unused', proof: 'letter', end_reason: null },
    ])
  })

  test('its code is nowhere in the clear', async () => {
    const code = await letterFor(suzuki.loginId)
    const { rows } = await db.owner.query('select * from certificates.letter')
    expect(JSON.stringify(rows)).not.toContain(code)
    expect(world.counter.logged()).not.toContain(code)
  })

  test('five wrong codes spend it, and then the right one is refused', async () => {
    const code = await letterFor(suzuki.loginId)
    const { browser, page } = await begun(suzuki)
    const ask = (letterCode: string | null) => post(browser, { request: page.request, letterCode })
    for (const triesLeft of ['4', '3', '2', '1', '0']) {
      const answer = await ask('AAAA-AAAA-AAAA-AAAA-AAAA-AAAA')
      expect(answer).toMatchObject({ code: 'letter-code-wrong', body: { facts: { triesLeft } } })
    }
    expect((await ask(code)).code).toBe('letter-code-spent')
  })

  test('twenty wrong ones at once count as five', async () => {
    await letterFor(suzuki.loginId)
    const { browser, page } = await begun(suzuki)
    const ask = () => post(browser, { request: page.request, letterCode: 'WRONG' })
    const codes = (await Promise.all(Array.from({ length: 20 }, ask))).map(({ code }) => code)
    expect(codes.filter((code) => code === 'letter-code-wrong')).toHaveLength(5)
    expect(codes.filter((code) => code === 'letter-code-spent')).toHaveLength(15)
  })

  test('a newer letter, and ninety days, end an older one', async () => {
    const old = await letterFor(suzuki.loginId)
    const code = await letterFor(suzuki.loginId)
    const { browser, page } = await begun(suzuki)
    const ask = (letterCode: string) => post(browser, { request: page.request, letterCode })
    expect((await ask(old)).code).toBe('letter-code-wrong')
    await db.owner.query(
      'update certificates.letter set expires_at = $1 where replaced_at is null',
      [world.now().toString()],
    )
    expect((await ask(code)).code).toBe('letter-code-spent')
  })

  test('nobody’s letter opens another’s certificate', async () => {
    const code = await letterFor(nakamura.loginId)
    const { browser, page } = await begun(suzuki)
    expect((await post(browser, { request: page.request, letterCode: code })).code).toBe(
      'letter-code-spent',
    )
  })

  test('whoever has a token by then signs with it', async () => {
    const code = await letterFor(nakamura.loginId)
    const { browser, page } = await begun(nakamura)
    await world.giveToken(nakamura, '3104800777')
    expect((await post(browser, { request: page.request, letterCode: code })).code).toBe(
      'authentication-over',
    )
  })
})

describe('a certificate is not issued', () => {
  test('for a wrong password, which is counted with the login’s', async () => {
    const answer = await authenticate(world.browser(), { ...tanaka, loginPassword: 'Chigau123' })
    expect(answer).toMatchObject({ status: 401, code: 'login-failed', cookies: [] })
    expect(await lastOf('certificate-issue')).toMatchObject({
      ...{ result: 'refused', reason: 'login-password-wrong', user: world.users.tanaka.id },
    })
  })

  test('where the contract says ID and password', async () => {
    await db.owner.query("update administration.company set login_method = 'password'")
    const answer = await authenticate(world.browser())
    expect(answer).toMatchObject({ status: 409, code: 'certificates-not-used', cookies: [] })
  })

  test('beside one that is valid, before and after the proof', async () => {
    const { browser, page } = await begun()
    await world.issue(browser, device, page)
    await db.owner.query(
      "update certificates.certificate set state = 'valid', first_login_at = now()",
    )
    const answer = await authenticate(world.browser())
    expect(answer).toMatchObject({
      ...{ status: 409, code: 'certificate-still-valid' },
      body: {
        facts: {
          validUntil: world
            .now()
            .add({ hours: 24 * 365 })
            .toString(),
        },
      },
    })
    expect(await lastOf('certificate-issue')).toMatchObject({ reason: 'certificate-still-valid' })
  })

  test('after a quarter of an hour', async () => {
    const { browser, answer, page } = await begun()
    expect(answer.body.expiresAt).toBe(world.now().add({ minutes: 15 }).toString())
    await db.owner.query('update certificates.authentication set expires_at = $1', [
      world.now().toString(),
    ])
    expect((await post(browser, { request: page.request })).code).toBe('authentication-over')
    expect((await browser.call('POST', `${path}/challenge`)).code).toBe('authentication-over')
    expect((await post(world.browser(), { request: page.request })).code).toBe(
      'authentication-over',
    )
  })

  test('to a user or a company that was stopped since', async () => {
    const { browser, page } = await begun()
    await db.owner.query("update administration.company set state = 'stopped'")
    expect((await post(browser, { request: page.request })).code).toBe('authentication-over')
    await db.owner.query("update administration.company set state = 'active'")
  })

  test('for what is no request, or a key that another certificate has', async () => {
    const { browser, page } = await begun()
    expect((await post(browser, { request: 'AAAA' })).code).toBe('request-malformed')
    await world.issue(browser, device, page)
    const next = await begun()
    const taken = await world.issue(next.browser, device, page)
    expect(taken.code).toBe('key-not-taken')
  })
})

describe('issued again', () => {
  test('it takes the place of one never used, begins a cool-down, and is told again', async () => {
    const first = await begun()
    await world.issue(first.browser, device, first.page)
    world.counter.clock.passes(60)
    const second = await begun()
    const issued = await world.issue(second.browser, device, second.page)
    const until = world.now().add({ hours: 24 }).toString()
    expect(issued).toMatchObject({ status: 200, body: { coolDownUntil: until } })
    expect(await stored()).toEqual([
      { state: 'superseded', proof: 'token', end_reason: 'issued-again' },
      { state: 'unused', proof: 'token', end_reason: null },
    ])
    const again = await post(second.browser, { request: second.page.request })
    expect(again.body).toEqual(issued.body)
    expect((await world.mails()).filter((mail) => mail.includes(tanaka.mail))).toHaveLength(2)
  })
})

test('no entry cookie is stored in the clear', async () => {
  const { browser } = await begun()
  const token = browser.cookies.get('__Host-entry')!
  expect(token).toMatch(/^[\w-]{43}$/)
  const { rows } = await db.owner.query('select * from certificates.authentication')
  expect(JSON.stringify(rows)).not.toContain(token)
})
