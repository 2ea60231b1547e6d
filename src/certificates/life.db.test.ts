/** 更新, 失効, and what outsiders and users are told of it. */
import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { certificateWorld, type CertificateWorld } from '../../test/certificates.ts'
import { nakamura, sato, suzuki, tanaka, yamada } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import type { TestDevice } from '../../test/device.ts'
import type { Browser } from '../../test/identity.ts'

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
    delete from certificates.expiry_mail; delete from certificates.ticket;
    update certificates.authentication set certificate_id = null;
    delete from certificates.certificate; delete from certificates.revocation_list;
    delete from notices.mail; delete from token.challenge; delete from token.tally;
    delete from platform.pace_level`)
})

const own = '/api/certificates/own'
const day = 24 * 60 * 60
const stored = async () => {
  const { rows } = await db.owner.query<{ id: string; state: string }>(
    'select id, state from certificates.certificate order by replaces nulls first',
  )
  return rows
}
const lastOf = async (operation: string) => (await world.history(operation)).at(-1)
/** As after the first login by it. */
const used = (id: string) =>
  db.owner.query(
    `update certificates.certificate set state = 'valid', first_login_at = issued_at where id = $1`,
    [id],
  )
/** Of which so many days are left. */
async function valid(daysLeft: number) {
  const held = await world.hold(tanaka)
  await used(held.id)
  const until = world.now().add({ seconds: daysLeft * day })
  await db.owner.query('update certificates.certificate set not_after = $2 where id = $1', [
    held.id,
    until.toString(),
  ])
  return held
}
async function loggedIn(member = tanaka) {
  const browser = world.browser()
  expect((await browser.loginAs(member)).status).toBe(200)
  return browser
}
async function signed(browser: Browser) {
  const { body: challenge } = await browser.call('POST', `${own}/renewal`)
  const { code } = await device.sign(challenge.qr)
  return { challengeId: challenge.id, transactionCode: code }
}
const renew = (browser: Browser, body: object) =>
  browser.call('POST', `${own}/renewal/certificate`, body)

describe('a renewal', () => {
  test('is offered 40 days before the end, and not a moment sooner', async () => {
    const browser = await loggedIn()
    expect((await browser.call('GET', own)).body).toEqual({ certificate: null })
    await valid(41)
    const early = await browser.call('GET', own)
    expect(early.body.certificate).toMatchObject({ renewable: false, renewed: false })
    expect((await browser.call('POST', `${own}/renewal`)).code).toBe('not-renewable-yet')
    await db.owner.query(
      "update certificates.certificate set not_after = not_after - interval '1 day'",
    )
    expect((await browser.call('GET', own)).body.certificate).toMatchObject({
      ...{ renewable: true, renewed: false },
      renewableFrom: world.now().toString(),
      validUntil: world
        .now()
        .add({ seconds: 40 * day })
        .toString(),
    })
  })

  test('leaves the present one standing; a lost answer is given again', async () => {
    const { id } = await valid(30)
    const browser = await loggedIn()
    const page = await world.page()
    const proof = await signed(browser)
    const renewed = await renew(browser, { request: page.request, ...proof })
    expect(renewed).toMatchObject({ status: 200, body: { loginId: 'tanaka01' } })
    expect(renewed.body.coolDownUntil).toBeNull()
    expect((await stored()).map(({ state }) => state)).toEqual(['valid', 'unused'])
    expect((await renew(browser, { request: page.request, ...proof })).body).toEqual(renewed.body)
    const other = await world.page()
    const spent = await renew(browser, { request: other.request, ...proof })
    expect(spent.code).toBe('challenge-spent')
    expect((await browser.call('GET', own)).body.certificate).toMatchObject({ id, renewed: true })
    expect(await world.mails()).toContain(`certificate-renewed ${sato.mail}`)
    expect((await world.history('certificate-renewal')).map(({ result }) => result)).toContain(
      'done',
    )
  })

  test('the same request twice at once gives one certificate, to both', async () => {
    await valid(30)
    const browser = await loggedIn()
    const { request } = await world.page()
    const proof = await signed(browser)
    const press = () => renew(browser, { request, ...proof })
    const answers = await Promise.all([press(), press(), press()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await stored()).toHaveLength(2)
  })

  test('needs the code of the device, for this very certificate', async () => {
    await valid(30)
    const browser = await loggedIn()
    const { request } = await world.page()
    const { challengeId, transactionCode } = await signed(browser)
    const wrong = { challengeId, transactionCode: '00000000' }
    if (transactionCode !== wrong.transactionCode) {
      expect((await renew(browser, { request, ...wrong })).code).toBe('code-wrong')
    }
    const bad = { request: 'AAAA', challengeId, transactionCode }
    expect((await renew(browser, bad)).code).toBe('request-malformed')
    world.counter.clock.passes(60)
    await db.owner.query('update certificates.certificate set not_after = $1', [
      world.now().toString(),
    ])
    expect((await renew(browser, { ...bad, request })).code).toBe('no-certificate')
    expect(await lastOf('certificate-renewal')).toMatchObject({ reason: 'no-certificate' })
  })
})

describe('証明書失効', () => {
  const revoke = (browser: Browser, id: string, confirmationPassword: string) =>
    browser.call('POST', `/api/certificates/${id}/revocation`, { confirmationPassword })

  test('by an administrator, with the confirmation password, is at once', async () => {
    const { id, certificate } = await world.hold(tanaka)
    const browser = await loggedIn(yamada)
    const serialNumber = certificate.serialNumber.toLowerCase()
    const { body } = await browser.call('GET', '/api/certificates')
    expect(body.certificates).toEqual([
      expect.objectContaining({
        ...{ id, serialNumber, userName: tanaka.name, loginId: 'tanaka01', state: 'unused' },
      }),
    ])
    const wrong = await revoke(browser, id, 'Chigau123')
    expect(wrong.code).toBe('confirmation-wrong')
    expect((await revoke(browser, id, yamada.confirmationPassword)).status).toBe(204)
    const entry = world.certificates.entry
    const isValid = await db.database.asBank((tx) => entry.isValid(tx, id, world.now()))
    expect(isValid).toBe(false)
    expect((await browser.call('GET', '/api/certificates')).body.certificates[0].state).toBe(
      'revoked',
    )
    expect((await revoke(browser, id, yamada.confirmationPassword)).code).toBe('certificate-over')
  })

  test('is told by mail and recorded, and so is what was refused', async () => {
    const { id, certificate } = await world.hold(tanaka)
    const browser = await loggedIn(yamada)
    await revoke(browser, id, yamada.confirmationPassword)
    const mails = [tanaka, sato, yamada].map(({ mail }) => `certificate-revoked ${mail}`)
    expect((await world.mails()).toSorted()).toEqual(mails.toSorted())
    expect(await lastOf('certificate-revocation')).toMatchObject({
      ...{ user: world.users.yamada.id, result: 'done' },
      facts: { certificate: certificate.serialNumber.toLowerCase(), loginId: 'tanaka01' },
    })
    world.counter.clock.passes(1)
    await revoke(browser, id, 'Chigau123')
    expect(await lastOf('certificate-revocation')).toMatchObject({
      ...{ result: 'refused', reason: 'confirmation-wrong' },
    })
  })

  test('the master may end his own, and nobody another company’s', async () => {
    const { id } = await world.hold(sato)
    const stranger = await loggedIn(nakamura)
    expect((await revoke(stranger, id, nakamura.confirmationPassword)).code).toBe(
      'certificate-unknown',
    )
    expect((await stranger.call('GET', '/api/certificates')).body).toEqual({ certificates: [] })
    const browser = await loggedIn(sato)
    expect((await revoke(browser, 'no-id', sato.confirmationPassword)).code).toBe(
      'certificate-unknown',
    )
    expect((await revoke(browser, id, sato.confirmationPassword)).status).toBe(204)
  })

  test('is not for general users', async () => {
    const { id } = await world.hold(tanaka)
    const browser = await loggedIn(suzuki)
    expect((await browser.call('GET', '/api/certificates')).code).toBe('administrator-required')
    expect((await revoke(browser, id, suzuki.confirmationPassword)).code).toBe(
      'administrator-required',
    )
  })
})

describe('the bank’s desk', () => {
  const command = async (...words: string[]) => {
    const lines: string[] = []
    const code = await world.certificates.command(words, world.now(), (line) => lines.push(line))
    return { code, says: lines.join('\n') }
  }

  test('lists, and revokes with a reason', async () => {
    const { id } = await world.hold(tanaka)
    expect((await command('list')).says).toContain(`${id}  tanaka01  unused`)
    const { companyId } = world.users.nakamura
    expect((await command('list', '--company', companyId)).says).toBe('0 certificates')
    expect(await command('revoke', id, '--reason', '紛失のお届け')).toMatchObject({ code: 0 })
    expect(await command('revoke', id, '--reason', 'x')).toMatchObject({
      ...{ code: 1, says: 'refused: certificate-over' },
    })
    const { rows } = await db.owner.query(
      'select end_reason, ended_by from certificates.certificate',
    )
    expect(rows).toEqual([{ end_reason: '紛失のお届け', ended_by: null }])
  })

  test('sets the ログイン方式 of a company, and records it', async () => {
    const said = await command('login-method', tanaka.loginId, 'either')
    expect(said).toMatchObject({ code: 0, says: expect.stringContaining(': either') })
    expect((await command('login-method', tanaka.loginId, 'fingerprint')).code).toBe(2)
    expect((await command('login-method', 'nobody99', 'either')).code).toBe(1)
  })

  test.each([
    [[], 2],
    [['letter'], 2],
    [['letter', 'a', 'b'], 2],
    [['letter', 'nobody99'], 1],
    [['list', '--company', 'x'], 1],
    [['revoke', 'x'], 2],
    [['revoke', 'x', '--reason', ' '], 2],
    [['revoke', 'x', '--reason', 'lost'], 1],
  ])('answers %j with %i', async (words, code) => {
    expect((await command(...words)).code).toBe(code)
  })
})

test('the demo issues one certificate, and leaves it alone at the next start', async () => {
  const user = world.users.tanaka
  const make = () => world.certificates.makeDemoCertificate({ user, password: 'demo' })
  expect(await make()).toBeInstanceOf(Uint8Array)
  expect(await make()).toBeNull()
  expect((await stored()).map(({ state }) => state)).toEqual(['unused'])
})

describe('有効期限のお知らせ', () => {
  const told = async () => {
    await world.certificates.tellOfExpiry()
    return (await world.mails()).filter((mail) => mail === `certificate-expiring ${tanaka.mail}`)
      .length
  }
  const left = (days: number) =>
    db.owner.query('update certificates.certificate set not_after = $1', [
      world
        .now()
        .add({ seconds: days * day })
        .toString(),
    ])

  test('comes 40 and 10 days before the end, once each', async () => {
    await valid(41)
    expect(await told()).toBe(0)
    await left(40)
    expect([await told(), await told()]).toEqual([1, 1])
    await left(10)
    expect([await told(), await told()]).toEqual([2, 2])
    const { rows } = await db.owner.query<{ left: string }>(
      "select distinct facts::jsonb ->> 'daysLeft' as left from notices.mail order by 1",
    )
    expect(rows.map(({ left }) => left)).toEqual(['10', '40'])
  })

  test('comes once where a day was missed, and never after the end', async () => {
    await valid(5)
    expect([await told(), await told()]).toEqual([1, 1])
    world.counter.clock.passes(60)
    await left(0)
    expect(await told()).toBe(1)
  })

  test('does not come where the next one waits already', async () => {
    await valid(30)
    const browser = await loggedIn()
    await renew(browser, { request: (await world.page()).request, ...(await signed(browser)) })
    expect(await told()).toBe(0)
  })
})

describe('/pki', () => {
  const get = (url: string) => world.pki.app.inject({ url })
  const list = async () => {
    const { rows } = await db.owner.query<{ number: bigint; ended: bigint }>(
      `select number, ended_count as ended from certificates.revocation_list where issuer = 'issuing'`,
    )
    return { number: Number(rows[0]!.number), ended: Number(rows[0]!.ended) }
  }

  test('gives the authority’s certificates and both lists to everybody', async () => {
    const types = { crt: 'application/pkix-cert', crl: 'application/pkix-crl' }
    for (const [name, issuer] of [
      ['root', 0],
      ['issuing', 1],
    ] as const) {
      for (const kind of ['crt', 'crl'] as const) {
        const { statusCode, headers, rawPayload } = await get(`/pki/${name}.${kind}`)
        expect([statusCode, headers['content-type'], rawPayload[0]]).toEqual([
          200,
          types[kind],
          0x30,
        ])
        if (kind === 'crt') expect(new X509Certificate(rawPayload).ca).toBe(issuer < 2)
      }
    }
  })

  test('the list is kept, and made anew at each end and at half of its time', async () => {
    const first = (await get('/pki/issuing.crl')).rawPayload
    expect((await get('/pki/issuing.crl')).rawPayload.equals(first)).toBe(true)
    const { number, ended } = await list()
    const { id } = await world.hold(tanaka)
    await world.certificates.command(['revoke', id, '--reason', 'x'], world.now(), () => {})
    expect((await get('/pki/issuing.crl')).rawPayload.equals(first)).toBe(false)
    expect(await list()).toEqual({ number: number + 1, ended: ended + 1 })
    world.counter.clock.passes(3.5 * day)
    await world.certificates.renewLists()
    expect((await list()).number).toBe(number + 2)
  })

  test('the list is made once, however many ask at once', async () => {
    const asked = Array.from({ length: 6 }, () => get('/pki/issuing.crl'))
    const answers = await Promise.all(asked)
    expect(new Set(answers.map(({ rawPayload }) => rawPayload.toString('hex'))).size).toBe(1)
    expect((await list()).number).toBe(1)
  })

  test('OCSP answers by POST and by GET; nothing is cached, and rubbish is no fault', async () => {
    const malformed = Buffer.from('30030a0101', 'hex')
    const headers = { 'content-type': 'application/ocsp-request' }
    const post = (payload: Buffer) =>
      world.pki.app.inject({ method: 'POST', url: '/pki/ocsp', headers, payload })
    const answer = await post(Buffer.from('3000', 'hex'))
    expect(answer.headers['content-type']).toBe('application/ocsp-response')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.rawPayload).toEqual(malformed)
    for (const path of ['MAA', 'MAA%3D', 'a/b/c', 'x'.repeat(900)]) {
      expect((await get(`/pki/ocsp/${path}`)).rawPayload).toEqual(malformed)
    }
    expect((await post(Buffer.alloc(5_000))).statusCode).toBe(413)
    const html = {
      method: 'POST',
      url: '/pki/ocsp',
      headers: { 'content-type': 'text/html' },
    } as const
    expect((await world.pki.app.inject({ ...html, payload: 'x' })).statusCode).toBe(415)
  })
})

test('what was begun and left is forgotten after a day', async () => {
  const browser = world.browser()
  const { loginId, loginPassword } = tanaka
  await browser.call('POST', '/api/certificate-issue', { loginId, loginPassword })
  const count = async () => {
    await db.database.asBank((tx) => world.certificates.purge(tx, world.now()))
    const { rows } = await db.owner.query('select 1 from certificates.authentication')
    return rows.length
  }
  expect(await count()).toBeGreaterThan(0)
  world.counter.clock.passes(day + 15 * 60 + 1)
  expect(await count()).toBe(0)
})
