/** 電子証明書ログイン over real TLS: pages for what is wrong, a ticket for what is right (C2 #7-#9). */
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sato, suzuki, tanaka } from '../../test/cast.ts'
import { certificateWorld, type CertificateWorld } from '../../test/certificates.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aBrowser, type Told } from '../../test/https.ts'
import { isInstalled, openssl } from '../../test/tools.ts'
import type { EntryListener } from './index.ts'

const origin = 'https://localhost:8443'
let db: TestDatabase
let world: CertificateWorld
let listener: EntryListener
beforeAll(async () => {
  db = await testDatabase()
  world = await certificateWorld(db, { entry: { kind: 'tls', files: null, port: 0, origin } })
  listener = (await world.certificates.openEntryListener())!
})
afterAll(async () => {
  await listener?.close()
  await world?.close()
  await db?.close()
})
beforeEach(async () => {
  world.counter.clock.passes(61) // nobody is refused for the pace of the test before
  await db.owner.query(`
    delete from certificates.ticket; delete from certificates.certificate;
    delete from platform.pace_level; delete from identity.session;
    update administration.app_user set login_id = 'tanaka01' where login_id = 'tanaka99'`)
})

const anyEntry = Buffer.alloc(32, 7).toString('base64url')
const login = (entry = anyEntry, language = 'ja') => `/login?entry=${entry}&language=${language}`
const show = (own: Parameters<typeof aBrowser>[0], path = login()) =>
  aBrowser(own)(listener.port, path)
const update = (what: string) => db.owner.query(`update certificates.certificate set ${what}`)
const lastRecord = async () => (await world.history('certificate-login')).at(-1)
const ticketIn = ({ headers }: Told) =>
  /^http:\/\/localhost:8080\/login\/certificate#ticket=([\w-]{43})$/.exec(
    headers.location ?? '',
  )?.[1]

/** A certificate of ours for any key, which the registry does not know. */
async function ofOurs(loginId: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = await world.authority.issueClientCertificate({
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    ...{ loginId, userNumber: '1', serviceName: 'x', notBefore: world.now() },
    notAfter: world.now().add({ hours: 1 }),
  })
  return asPem(der, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
}
const asPem = (der: Uint8Array, key: string) => ({ key, cert: new X509Certificate(der).toString() })

describe('a page says what is wrong', () => {
  const says = (page: Told, words: string) => {
    expect(page.status).toBe(403)
    expect(page.body).toContain('<html lang="ja">')
    expect(page.body).toContain(words)
    expect(page.body).toContain('href="http://localhost:8080/login"')
    expect(page.body).toMatch(/お問い合わせ番号<\/dt><dd>[0-9A-Z-]{14}</)
  }

  test('without a certificate', async () => {
    says(await show(null), '電子証明書が提示されませんでした。')
    expect(await lastRecord()).toMatchObject({
      ...{ company: null, user: null, result: 'refused', reason: 'certificate-missing' },
    })
  })

  test('with one that the registry does not know', async () => {
    says(await show(await ofOurs('tanaka01')), '当行に登録されていません。')
    expect(await lastRecord()).toMatchObject({ company: null, reason: 'certificate-unknown' })
  })

  test('with one that serves another purpose', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const der = await world.authority.issueHostCertificate({
      publicKey: publicKey.export({ type: 'spki', format: 'der' }),
      ...{ names: ['localhost'], addresses: [], notBefore: world.now() },
      notAfter: world.now().add({ hours: 1 }),
    })
    const own = asPem(der, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
    says(await show(own), '当行が発行したものではありません。')
  })

  const revocations = [
    ['revoked', "state = 'revoked', ended_at = now(), end_reason = 'x'", '失効しています。'],
    [
      'superseded',
      "state = 'superseded', ended_at = now(), end_reason = 'x'",
      '新しい電子証明書に替わった',
    ],
  ] as const
  test.each(revocations)('with one that is %s', async (state, change, words) => {
    const held = await world.hold(tanaka)
    await update(change)
    const page = await show(held)
    says(page, words)
    expect(page.body).toContain('<dd>tanaka01</dd>')
    expect(await lastRecord()).toMatchObject({
      ...{ user: world.users.tanaka.id, result: 'refused', reason: `certificate-${state}` },
      facts: {
        certificate: held.certificate.serialNumber.toLowerCase(),
        thumbprint: held.certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      },
    })
  })

  test('with one whose time is over, or has not come', async () => {
    const held = await world.hold(tanaka)
    const { clock } = world.counter
    clock.passes(365 * 24 * 60 * 60)
    says(await show(held), '有効期限が切れています。')
    clock.passes(-366 * 24 * 60 * 60)
    says(await show(held), 'まだ有効期間に入っていません。')
    clock.passes(24 * 60 * 60)
    expect((await show(held)).status).toBe(303)
  })

  test('with one whose login ID is another by now', async () => {
    const held = await world.hold(tanaka)
    await db.owner.query(
      "update administration.app_user set login_id = 'tanaka99' where login_id = 'tanaka01'",
    )
    says(await show(held), '現在のログインIDと異なります。')
  })

  test('in English where the counter was', async () => {
    const page = await show(null, login(anyEntry, 'en'))
    expect(page.body).toContain('<html lang="en">')
    expect(page.body).toContain('No certificate was shown.')
    expect(page.body).not.toMatch(/[ぁ-ん]/)
  })

  test('where there is no way in, or the method is another', async () => {
    for (const path of ['/login', '/login?entry=short', '/login?entry=%00']) {
      expect((await show(null, path)).status).toBe(400)
    }
    expect((await show(null, '/')).status).toBe(404)
    expect((await show(null, '//evil.example/login')).status).toBe(404)
    const post = await aBrowser(null)(listener.port, login(), { method: 'POST' })
    expect([post.status, post.headers.allow]).toEqual([405, 'GET'])
  })

  test('is the same for sixty calls, and then asks for patience', async () => {
    const answers: number[] = []
    for (let call = 0; call < 61; call += 1) answers.push((await show(null, '/login')).status)
    expect(answers.filter((status) => status === 429)).toHaveLength(1)
  })
})

describe.skipIf(!isInstalled('openssl'))('a certificate of strangers', () => {
  function stranger(more: readonly string[]) {
    const words = ['req', '-x509', '-nodes', '-days', '900', '-keyout', '-', ...more]
    const { says } = openssl(words)
    const pem = (kind: string) =>
      new RegExp(`-----BEGIN ${kind}[^]*?END ${kind}-----`).exec(says)![0]
    return { key: pem('PRIVATE KEY'), cert: pem('CERTIFICATE') }
  }

  test.each([
    ['another authority', ['-newkey', 'rsa:2048', '-subj', '/CN=tanaka01']],
    // By name it is ours: the issuer's name is that of our issuing CA.
    [
      'our name, with RSA',
      ['-newkey', 'rsa:2048', '-subj', '/C=JP/O=Madoguchi Bank/CN=Madoguchi Bank Issuing CA'],
    ],
    [
      'our name, with P-256',
      [
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-subj',
        '/C=JP/O=Madoguchi Bank/CN=Madoguchi Bank Issuing CA',
      ],
    ],
  ])('of %s is foreign', async (_what, words) => {
    const eku = [
      '-addext',
      'extendedKeyUsage=clientAuth',
      '-addext',
      'basicConstraints=critical,CA:false',
    ]
    const page = await show(stranger([...words, ...eku]))
    expect(page.status).toBe(403)
    expect(page.body).toContain('当行が発行したものではありません。')
    expect(page.body).not.toContain('ログインID</dt>')
    expect(await lastRecord()).toMatchObject({
      ...{ company: null, reason: 'certificate-foreign' },
      facts: { thumbprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
  })
})

test('every answer is sealed against scripts, frames and caches', async () => {
  for (const path of [login(), '/', '/healthz']) {
    const { headers } = await show(null, path)
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['set-cookie']).toBeUndefined()
    // Over plain http on this machine it would close the counter to the browser.
    expect(headers['strict-transport-security']).toBeUndefined()
  }
})

test('TLS 1.1 is not spoken', async () => {
  const old = aBrowser(null, {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'ALL@SECLEVEL=0',
  })
  await expect(old(listener.port, login())).rejects.toThrow(/EPROTO|protocol|alert|reset/i)
})

describe('the way in', () => {
  /** 「電子証明書ログイン」 at the counter, and the certificate at the listener. */
  async function shown(own: Parameters<typeof aBrowser>[0]) {
    const browser = world.browser()
    const { body } = await browser.call('POST', '/api/certificate-login')
    expect(body.address).toMatch(/^https:\/\/localhost:8443\/login\?entry=[\w-]{43}&language=ja$/)
    const answer = await show(own, body.address.slice(origin.length))
    return { browser, answer, ticket: ticketIn(answer) ?? null }
  }
  const take = (browser: ReturnType<CertificateWorld['browser']>, ticket: string | null) =>
    browser.call('POST', '/api/certificate-login/ticket', { ticket: ticket ?? '' })
  const password = (browser: ReturnType<CertificateWorld['browser']>, member = tanaka) =>
    browser.call('POST', '/api/session', {
      ...{ loginId: member.loginId, loginPassword: member.loginPassword, byCertificate: true },
    })

  test('leads by a ticket to the password, and by both into the bank', async () => {
    const held = await world.hold(tanaka)
    const { browser, answer, ticket } = await shown(held)
    expect(answer.status).toBe(303)
    expect(await lastRecord()).toMatchObject({ user: world.users.tanaka.id, result: 'done' })
    const taken = await take(browser, ticket)
    expect(taken.body).toEqual({
      ...{ loginId: 'tanaka01', expiresAt: world.now().add({ minutes: 15 }).toString() },
    })
    expect(await password(browser)).toMatchObject({ status: 200, body: { next: 'home' } })
    const { rows } = await db.owner.query('select state from certificates.certificate')
    expect(rows).toEqual([{ state: 'valid' }])
    expect((await browser.call('GET', '/api/session')).status).toBe(200)
  })

  test('ends at the password where the contract says ID and password by now', async () => {
    const held = await world.hold(tanaka)
    const { browser, ticket } = await shown(held)
    await take(browser, ticket)
    await db.owner.query(`update administration.company set login_method = 'password'`)
    expect(await password(browser)).toMatchObject({ status: 401, code: 'login-failed' })
    await db.owner.query(`update administration.company set login_method = 'either'`)
    expect((await password(browser)).status).toBe(200)
  })

  test('ends with the first login by the next certificate for the one before', async () => {
    const first = await world.hold(tanaka)
    await update("state = 'valid', first_login_at = now()")
    await db.owner.query('update certificates.certificate set not_after = $1', [
      world.now().add({ seconds: 1 }).toString(),
    ])
    world.counter.clock.passes(1)
    const next = await world.hold(tanaka)
    await db.owner.query('update certificates.certificate set not_after = $1', [
      world.now().add({ hours: 24 }).toString(),
    ])
    for (const held of [first, next]) {
      const { browser, ticket } = await shown(held)
      await take(browser, ticket)
      await password(browser)
    }
    const page = await show(first)
    expect(page.body).toContain('新しい電子証明書に替わった')
  })

  test('gives a ticket to one browser, once, for a minute', async () => {
    const held = await world.hold(tanaka)
    const { browser, ticket } = await shown(held)
    expect((await take(world.browser(), ticket)).code).toBe('ticket-over')
    const other = (await shown(held)).browser
    expect((await take(other, ticket)).code).toBe('ticket-over')
    const both = await Promise.all([take(browser, ticket), take(browser, ticket)])
    expect(both.map(({ status }) => status).toSorted((one, two) => one - two)).toEqual([200, 410])

    const late = await shown(held)
    world.counter.clock.passes(60)
    expect((await take(late.browser, late.ticket)).code).toBe('ticket-over')
  })

  test('keeps neither ticket nor entry cookie in the clear', async () => {
    const { browser, ticket } = await shown(await world.hold(tanaka))
    const { rows } = await db.owner.query('select * from certificates.ticket')
    expect(rows).toHaveLength(1)
    const text = JSON.stringify(rows)
    expect(text).not.toContain(ticket)
    expect(text).not.toContain(browser.cookies.get('__Host-entry'))
  })

  test('is over without the ticket, a quarter of an hour after it, and after one login', async () => {
    const held = await world.hold(tanaka)
    const skipped = await shown(held)
    expect((await password(skipped.browser)).code).toBe('certificate-login-over')
    const late = await shown(held)
    await take(late.browser, late.ticket)
    world.counter.clock.passes(15 * 60)
    expect((await password(late.browser)).code).toBe('certificate-login-over')
    const again = await shown(held)
    await take(again.browser, again.ticket)
    const cookie = again.browser.cookies.get('__Host-entry')!
    expect((await password(again.browser)).status).toBe(200)
    again.browser.cookies.set('__Host-entry', cookie)
    expect((await password(again.browser)).code).toBe('certificate-login-over')
  })

  test('opens for the certificate’s user, whatever ID was typed', async () => {
    const { browser, ticket } = await shown(await world.hold(tanaka))
    await take(browser, ticket)
    expect((await password(browser, sato)).code).toBe('login-failed')
    const body = {
      loginId: suzuki.loginId,
      loginPassword: tanaka.loginPassword,
      byCertificate: true,
    }
    expect((await browser.call('POST', '/api/session', body)).status).toBe(200)
    const { user } = (await browser.call('GET', '/api/session')).body
    expect(user.loginId).toBe(tanaka.loginId)
  })

  test('closes at the revocation: before the password, and in the session that began by it', async () => {
    const held = await world.hold(tanaka)
    const inside = await shown(held)
    await take(inside.browser, inside.ticket)
    await password(inside.browser)
    const between = await shown(held)
    await take(between.browser, between.ticket)
    const outside = await shown(held)

    await world.certificates.command(['revoke', held.id, '--reason', 'x'], world.now(), () => {})
    expect(await inside.browser.call('GET', '/api/session')).toMatchObject({
      ...{ status: 401, code: 'session-stopped' },
    })
    expect((await password(between.browser)).code).toBe('certificate-login-over')
    expect((await take(outside.browser, outside.ticket)).code).toBe('ticket-over')
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'closes at the revocation for a %s connection that is resumed',
    async (version) => {
      const held = await world.hold(tanaka)
      const browser = aBrowser(held, { minVersion: version, maxVersion: version })
      expect((await browser(listener.port, login())).status).toBe(303)
      const second = await browser(listener.port, login())
      expect([second.status, second.resumed]).toEqual([303, true])
      await update("state = 'revoked', ended_at = now(), end_reason = 'x'")
      const third = await browser(listener.port, login())
      expect([third.status, third.resumed]).toEqual([403, true])
      expect(third.body).toContain('失効しています。')
    },
  )
})

test('a header that claims a certificate is not looked at, and written down', async () => {
  const { certificate } = await world.hold(tanaka)
  const header = `:${certificate.raw.toString('base64')}:`
  const spoofed = await aBrowser(null)(listener.port, login(), {
    headers: { 'client-cert': header },
  })
  expect(spoofed.status).toBe(403)
  expect(spoofed.body).toContain('電子証明書が提示されませんでした。')
  const reasons = (await world.history('certificate-login')).slice(-2).map(({ reason }) => reason)
  expect(reasons).toEqual(['client-cert-header-ignored', 'certificate-missing'])
})

test('/healthz says that the listener is alive', async () => {
  const { status, body } = await show(null, '/healthz')
  expect([status, JSON.parse(body)]).toEqual([200, { alive: true }])
})
