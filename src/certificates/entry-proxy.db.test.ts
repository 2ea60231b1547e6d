/** 電子証明書ログイン behind a proxy: the header of RFC 9440, from the proxy and from nobody else. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tanaka } from '../../test/cast.ts'
import { certificateWorld, type CertificateWorld, type Held } from '../../test/certificates.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { plainly } from '../../test/https.ts'
import type { EntryListener } from './index.ts'

const path = `/login?entry=${Buffer.alloc(32, 7).toString('base64url')}`
const origin = 'https://cert.bank.example'

/** A bank whose listener trusts these proxies; the test calls from 127.0.0.1. */
function bankBehind(trusted: readonly string[]) {
  const bank = {} as {
    db: TestDatabase
    world: CertificateWorld
    listener: EntryListener
    held: Held
  }
  beforeAll(async () => {
    bank.db = await testDatabase()
    bank.world = await certificateWorld(bank.db, {
      entry: { kind: 'proxy', trusted, port: 0, origin },
    })
    bank.listener = (await bank.world.certificates.openEntryListener())!
    bank.held = await bank.world.hold(tanaka)
  })
  afterAll(async () => {
    await bank.listener?.close()
    await bank.world?.close()
    await bank.db?.close()
  })
  beforeEach(() => bank.world.counter.clock.passes(61))
  return {
    header: () => `:${bank.held.certificate.raw.toString('base64')}:`,
    call: (headers: Readonly<Record<string, string>>) => plainly(bank.listener.port, path, headers),
    reasons: async () =>
      (await bank.world.history('certificate-login')).map(({ reason }) => reason),
    addresses: async () => {
      const { rows } = await bank.db.owner.query<{ address: string }>(
        `select payload::jsonb #>> '{origin,address}' as address from operation_history.record
          where operation = 'certificate-login' order by ctid`,
      )
      return rows.map(({ address }) => address)
    },
    revoke: () =>
      bank.db.owner.query(
        "update certificates.certificate set state = 'revoked', ended_at = now(), end_reason = 'x'",
      ),
  }
}

describe('from a trusted proxy', () => {
  const bank = bankBehind(['127.0.0.0/8'])

  test('the certificate in the header opens the way, and the client’s address is written down', async () => {
    const forwarded = { 'x-forwarded-for': '198.51.100.66, 203.0.113.9' }
    const answer = await bank.call({ 'client-cert': bank.header(), ...forwarded })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toContain('/login/certificate#ticket=')
    expect((await bank.addresses()).at(-1)).toBe('203.0.113.9')
  })

  test('a header that holds no certificate is none', async () => {
    for (const header of [
      '',
      ':AAAA:',
      bank.header().slice(1),
      `${bank.header()}, ${bank.header()}`,
    ]) {
      const answer = await bank.call({ 'client-cert': header })
      expect(answer.body).toContain('電子証明書が提示されませんでした。')
    }
    expect((await bank.call({})).status).toBe(403)
  })

  test('what the proxy let pass is judged again', async () => {
    await bank.revoke()
    const verified = { 'x-client-verify': '0', 'client-cert': bank.header() }
    const answer = await bank.call(verified)
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('失効しています。')
  })
})

describe('from anybody else', () => {
  const bank = bankBehind(['192.0.2.0/24', '::1'])

  test('the header is not looked at, and written down', async () => {
    const forwarded = { 'x-forwarded-for': '192.0.2.1' }
    const answer = await bank.call({ 'client-cert': bank.header(), ...forwarded })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('電子証明書が提示されませんでした。')
    expect(await bank.reasons()).toEqual(['client-cert-header-ignored', 'certificate-missing'])
    expect(new Set(await bank.addresses())).toEqual(new Set(['127.0.0.1']))
  })
})

describe('a bank', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await testDatabase()
  })
  afterAll(() => db?.close())

  test('without such a listener opens none, and has no address to send browsers to', async () => {
    const world = await certificateWorld(db)
    expect(await world.certificates.openEntryListener()).toBeNull()
    const answer = await world.browser().call('POST', '/api/certificate-login')
    expect(answer.code).toBe('certificate-login-closed')
    await world.close()
  })
})

test('a port that is taken is named with its variable', async () => {
  const db = await testDatabase()
  const entry = { kind: 'proxy', trusted: ['::1'], origin } as const
  const first = await certificateWorld(db, { entry: { ...entry, port: 0 } })
  const listener = (await first.certificates.openEntryListener())!
  const db2 = await testDatabase()
  const second = await certificateWorld(db2, { entry: { ...entry, port: listener.port } })
  await expect(second.certificates.openEntryListener()).rejects.toThrow(/CERT_PORT/)
  await listener.close()
  await Promise.all([first.close(), second.close()])
  await Promise.all([db.close(), db2.close()])
})
