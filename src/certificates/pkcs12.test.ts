/** The .p12 and the request, as others read them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled, openssl } from '../../test/tools.ts'
import { buildPkcs12, makeRequest, newKeyPair, type KeyPair } from './web/pkcs12.ts'

const folder = mkdtempSync(join(tmpdir(), 'pkcs12-'))
afterAll(() => rmSync(folder, { recursive: true }))

const password = 'Himitsu 2026!'
const file = (name: string) => join(folder, name)

let pair: KeyPair
beforeAll(async () => {
  pair = await newKeyPair()
  writeFileSync(file('request.der'), await makeRequest(pair, 'tanaka01'))
})

test('a password that is not printable ASCII is refused', async () => {
  const given = {
    privateKey: pair.privateKey,
    certificate: new Uint8Array(9),
    chain: [],
    name: 'a',
  }
  for (const password of ['', 'ひみつ', 'a\n']) {
    await expect(buildPkcs12({ ...given, password })).rejects.toThrow('printable ASCII')
  }
})

describe.skipIf(!isInstalled('openssl'))('OpenSSL', () => {
  const asPem = ['-inform', 'DER', '-in', file('request.der')]
  let p12: Uint8Array
  beforeAll(async () => {
    const curve = ['-pkeyopt', 'ec_paramgen_curve:P-256']
    openssl(['genpkey', '-algorithm', 'EC', ...curve, '-out', file('ca.pem')])
    const own = ['req', '-x509', '-key', file('ca.pem'), '-subj', '/CN=A small CA']
    openssl([...own, '-outform', 'DER', '-out', file('ca.der')])
    const by = ['-CA', file('ca.der'), '-CAkey', file('ca.pem'), '-CAcreateserial']
    openssl(['x509', '-req', ...asPem, ...by, '-outform', 'DER', '-out', file('own.der')])
    p12 = await buildPkcs12({
      privateKey: pair.privateKey,
      certificate: readFileSync(file('own.der')),
      chain: [readFileSync(file('ca.der'))],
      ...{ name: 'tanaka01', password, rounds: 2_048 },
    })
    writeFileSync(file('own.p12'), p12)
  })

  test('finds the signature of the request right, and its name', () => {
    const { right, says } = openssl(['req', ...asPem, '-noout', '-verify', '-subject'])
    expect(right).toBe(true)
    expect(says).toMatch(/CN ?= ?tanaka01/)
  })

  test('finds a request with an RSA key right', async () => {
    const publicExponent = Uint8Array.of(1, 0, 1)
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent }
    const pair = await crypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
    const words = ['req', '-inform', 'DER', '-noout', '-text', '-verify']
    const { right, says } = openssl(words, await makeRequest(pair, 'suzuki01'))
    expect(right).toBe(true)
    expect(says).toContain('2048 bit')
  })

  test('opens the .p12: the key, the certificate with its name, the chain', () => {
    const open = ['pkcs12', '-in', file('own.p12'), '-nodes', '-info', '-passin']
    const { right, says } = openssl([...open, `pass:${password}`])
    expect(right).toBe(true)
    expect(says.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(says.match(/BEGIN PRIVATE KEY/g)).toHaveLength(1)
    expect(says.match(/friendlyName: tanaka01/g)).toHaveLength(2)
    expect(says).toContain('MAC: sha256, Iteration 2048')
    expect(says.match(/AES-256-CBC, Iteration 2048, PRF hmacWithSHA256/g)).toHaveLength(2)
    expect(openssl([...open, 'pass:wrong']).right).toBe(false)
  })

  test('is not alone: Node opens it too', () => {
    const open = (passphrase: string) => createSecureContext({ pfx: Buffer.from(p12), passphrase })
    expect(() => open(password)).not.toThrow()
    expect(() => open('wrong')).toThrow()
  })

  test.skipIf(!isInstalled('pk12util'))('is not alone: the store of Chromium takes it', () => {
    const store = ['-d', `sql:${folder}`]
    spawnSync('certutil', ['-N', ...store, '--empty-password'])
    spawnSync('pk12util', ['-i', file('own.p12'), ...store, '-W', password])
    const { stdout } = spawnSync('certutil', ['-L', ...store], { encoding: 'utf8' })
    expect(stdout).toMatch(/^tanaka01 +u,u,u$/m)
  })
})
