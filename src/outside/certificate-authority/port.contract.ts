/** What every authority must do, whoever runs it. Called by each adapter's own test. */
import { execFile } from 'node:child_process'
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled, openssl } from '../../../test/tools.ts'
import {
  loginUri,
  type AuthorityChain,
  type CertificateAuthority,
  type CertificateStatus,
} from './port.ts'

const now = Temporal.Now.instant()
const inAYear = now.add({ hours: 24 * 365 })

/** @param open the same authority each time, as another process would open it */
export function certificateAuthorityContract(open: () => CertificateAuthority): void {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string) => join(folder, name)
  const pem = (bytes: Uint8Array) => new X509Certificate(bytes).toString()

  const ask = (more: { loginId?: string; publicKey?: Uint8Array } = {}) =>
    open().issueClientCertificate({
      publicKey: aPublicKey('ec'),
      loginId: 'tanaka01',
      userNumber: '0193-7',
      serviceName: 'まどぐち銀行',
      ...{ notBefore: now, notAfter: inAYear, ...more },
    })
  const list = async (issuer: 'root' | 'issuing', revoked: readonly Uint8Array[]) =>
    open().revocationList(issuer, {
      number: 70_000,
      thisUpdate: now,
      nextUpdate: now.add({ hours: 24 }),
      revoked: revoked.map((one) => ({
        serialNumber: serialOf(one),
        at: now,
        reason: 'superseded',
      })),
    })

  let chain: AuthorityChain
  beforeAll(async () => {
    chain = await open().chain()
    writeFileSync(file('root.pem'), pem(chain.root))
    writeFileSync(file('issuing.pem'), pem(chain.issuing))
  })

  describe('every authority', () => {
    test('has one root and one issuing CA, for processes that start at once too', async () => {
      const chains = await Promise.all(Array.from({ length: 4 }, () => open().chain()))
      const seen = chains.map(({ root, issuing }) => Buffer.concat([root, issuing]).toString('hex'))
      expect(new Set(seen).size).toBe(1)
      const [root, issuing] = [chain.root, chain.issuing].map((bytes) => new X509Certificate(bytes))
      expect([root!.ca, issuing!.ca]).toEqual([true, true])
      expect(root!.verify(root!.publicKey)).toBe(true)
      expect(issuing!.verify(root!.publicKey) && issuing!.checkIssued(root!)).toBe(true)
    })

    test('issues a certificate that says whose it is and for what', async () => {
      const bytes = await ask()
      const issued = new X509Certificate(bytes)
      const issuing = new X509Certificate(chain.issuing)
      expect(issued.subject).toBe('C=JP\nO=まどぐち銀行\nOU=0193-7\nCN=tanaka01')
      expect(issued.subjectAltName).toBe(`URI:${loginUri('tanaka01')}`)
      expect(issued.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']) // clientAuth
      expect([issued.ca, issued.checkIssued(issuing)]).toEqual([false, true])
      expect(issued.verify(issuing.publicKey)).toBe(true)
      expect(issued.validFromDate.getTime()).toBe(toTheSecond(now))
      expect(issued.validToDate.getTime()).toBe(toTheSecond(inAYear))
      expect(issued.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/)
    })

    test('issues no two certificates alike', async () => {
      const publicKey = aPublicKey('rsa')
      const serials = await Promise.all([ask({ publicKey }), ask({ publicKey })])
      expect(serialOf(serials[0])).not.toBe(serialOf(serials[1]))
    })

    test('names a login ID with signs so that it cannot be taken for another', async () => {
      const issued = new X509Certificate(await ask({ loginId: 'a/b,CN=sato2026 "x"' }))
      expect(issued.toLegacyObject().subject.CN).toBe('a/b,CN=sato2026 "x"')
      expect(issued.subjectAltName).toBe('URI:urn:madoguchi:login:a%2Fb%2CCN%3Dsato2026%20%22x%22')
    })

    test('issues nothing that outlives it', async () => {
      const notAfter = now.add({ hours: 24 * 365 * 11 })
      const asked = { publicKey: aPublicKey('ec'), loginId: 'tanaka01', userNumber: '1' }
      const more = { serviceName: 'x', notBefore: now, notAfter }
      await expect(open().issueClientCertificate({ ...asked, ...more })).rejects.toThrow('outlive')
    })

    test('answers rubbish, and what is almost a request, without a fault', async () => {
      const status = async () => ({ status: 'good' }) as const
      const almost = ['30053003300130', '3003180158'].map((hex) => Buffer.from(hex, 'hex'))
      const rubbish = [new Uint8Array(), randomBytes(50), ...almost]
      for (const request of rubbish) {
        const answer = await open().ocspAnswer(request, status)
        expect(Buffer.from(answer).toString('hex')).toBe('30030a0101') // malformedRequest
      }
    })
  })

  describe.skipIf(!isInstalled('openssl'))('every authority, as OpenSSL sees it', () => {
    const verify = (more: readonly string[]) =>
      openssl([
        ...['verify', '-CAfile', file('root.pem'), '-untrusted', file('issuing.pem')],
        ...['-purpose', 'sslclient', '-x509_strict', ...more],
      ])

    test('its certificates are right to the letter, for P-256 and for RSA', async () => {
      for (const kind of ['ec', 'rsa'] as const) {
        writeFileSync(file('one.pem'), pem(await ask({ publicKey: aPublicKey(kind) })))
        expect(verify([file('one.pem')]).says).toMatch(/one\.pem: OK/)
      }
      const { says } = openssl(['x509', '-in', file('one.pem'), '-noout', '-text'])
      for (const word of ['issuing.crl', '/pki/ocsp', 'issuing.crt', 'TLS Web Client Auth']) {
        expect(says).toContain(word)
      }
    })

    test('its lists revoke, and both are needed', async () => {
      const [good, revoked] = [await ask(), await ask()]
      writeFileSync(file('good.pem'), pem(good))
      writeFileSync(file('revoked.pem'), pem(revoked))
      const lists = [await list('issuing', [revoked]), await list('root', [])]
      const [ours, roots] = lists.map((bytes) => openssl(['crl', '-inform', 'DER'], bytes).says)
      writeFileSync(file('both.pem'), `${ours}${roots}`)
      const both = ['-crl_check_all', '-CRLfile', file('both.pem')]
      expect(verify([...both, file('good.pem')])).toMatchObject({ right: true })
      expect(verify([...both, file('revoked.pem')]).says).toMatch(/error 23 .*certificate revoked/)
      writeFileSync(file('ours.pem'), ours!)
      const alone = ['-crl_check_all', '-CRLfile', file('ours.pem'), file('good.pem')]
      expect(verify(alone).says).toMatch(/unable to get certificate CRL/)
      const told = openssl(['crl', '-inform', 'DER', '-noout', '-text'], lists[0]).says
      expect(told).toMatch(/X509v3 CRL Number:\s+70000[\s\S]*Superseded/)
    })

    test('its answers say good, revoked and unknown, with the nonce', async () => {
      const told: Record<string, CertificateStatus> = {
        good: { status: 'good' },
        revoked: { status: 'revoked', at: now, reason: 'superseded' },
        unknown: { status: 'unknown' },
      }
      const of = new Map<string, CertificateStatus>()
      for (const [name, status] of Object.entries(told)) {
        const certificate = await ask()
        of.set(serialOf(certificate), status)
        writeFileSync(file(`${name}.pem`), pem(certificate))
      }
      for (const hash of ['-sha1', '-sha256']) {
        for (const name of Object.keys(told)) {
          const says = await asked(name, hash, async (serial) => of.get(serial)!)
          expect(says).toContain('Response verify OK')
          expect(says).toContain(`${name}.pem: ${name}`)
          expect(says).not.toMatch(/nonce/i)
        }
      }
    })

    test('it knows nothing of the certificates of others', async () => {
      const own = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', file('x.key')]
      openssl([...own, '-subj', '/CN=Stranger', '-out', file('stranger.pem')])
      const status = () => Promise.reject(new Error('nobody may be asked'))
      const more = ['-noverify', '-issuer', file('stranger.pem')]
      expect(await asked('stranger', '-sha1', status, more)).toContain('stranger.pem: unknown')
    })

    /** OpenSSL asks by HTTP, as every outsider does; it compares the nonce itself. */
    async function asked(
      name: string,
      hash: string,
      status: Parameters<CertificateAuthority['ocspAnswer']>[1],
      issuer: readonly string[] = ['-issuer', file('issuing.pem')],
    ): Promise<string> {
      const server = createServer(async (request, response) => {
        const answer = await open().ocspAnswer(await buffer(request), status)
        response.writeHead(200, { 'content-type': 'application/ocsp-response' }).end(answer)
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const trust = ['-CAfile', file('root.pem'), '-verify_other', file('issuing.pem')]
      const one = [...issuer, hash, '-cert', file(`${name}.pem`), ...trust]
      try {
        const words = ['ocsp', '-url', `http://127.0.0.1:${port}/`, ...one]
        const { stdout, stderr } = await promisify(execFile)('openssl', words)
        return `${stdout}${stderr}`
      } finally {
        server.close()
      }
    }
  })
}

function aPublicKey(kind: 'ec' | 'rsa'): Uint8Array {
  const { publicKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return publicKey.export({ type: 'spki', format: 'der' })
}

function serialOf(bytes: Uint8Array): string {
  return new X509Certificate(bytes).serialNumber.toLowerCase()
}

const toTheSecond = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1_000) * 1_000
