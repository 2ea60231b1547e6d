/**
 * 受付窓口のサーバ証明書 — the bank's own, from its files; in the demo one for `localhost`, made by the
 * demo's authority and kept in the data folder.
 */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CertificateAuthority, HostCertificates } from '#outside/certificate-authority/port.ts'
import type { Clock } from '#outside/clock/port.ts'

export interface ServerCertificate {
  readonly certificate: string // PEM, with its chain
  readonly key: string // PEM
}

interface TlsNeeds {
  readonly authority: Pick<CertificateAuthority, 'chain'> & HostCertificates
  readonly clock: Clock
  readonly folder: string
  readonly files: { readonly certificate: string; readonly key: string } | null
}

const validDays = 365
const renewDays = 30

/** @throws when a file of the bank cannot be read, or the key is another certificate's */
export async function ownTls(needs: TlsNeeds): Promise<ServerCertificate> {
  if (needs.files === null) return demoCertificate(needs)
  const own = await readBoth(needs.files)
  if (!new X509Certificate(own.certificate).checkPrivateKey(createPrivateKey(own.key))) {
    throw new Error('CERT_TLS_KEY is not the key of CERT_TLS_CERT')
  }
  return own
}

async function readBoth(files: {
  readonly certificate: string
  readonly key: string
}): Promise<ServerCertificate> {
  const [certificate, key] = await Promise.all([
    readFile(files.certificate, 'utf8'),
    readFile(files.key, 'utf8'),
  ])
  return { certificate, key }
}

/** Made anew before its end, or under another authority. */
async function demoCertificate({ authority, clock, folder }: TlsNeeds): Promise<ServerCertificate> {
  const files = { certificate: join(folder, 'server.pem'), key: join(folder, 'server-key.pem') }
  const { issuing } = await authority.chain()
  if (existsSync(files.certificate) && existsSync(files.key)) {
    const kept = await readBoth(files)
    if (stillServes(kept, new X509Certificate(issuing), clock.now())) return kept
  }
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const notBefore = clock.now().subtract({ hours: 1 })
  const der = await authority.issueHostCertificate({
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    names: ['localhost'],
    addresses: [
      [127, 0, 0, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ],
    notBefore,
    notAfter: notBefore.add({ hours: 24 * validDays }),
  })
  const certificate = [der, issuing].map((one) => new X509Certificate(one).toString()).join('')
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(files.key, key, { mode: 0o600 })
  await writeFile(files.certificate, certificate, { mode: 0o600 })
  return { certificate, key }
}

function stillServes(
  { certificate, key }: ServerCertificate,
  issuer: X509Certificate,
  now: Temporal.Instant,
): boolean {
  const own = new X509Certificate(certificate)
  const end = Temporal.Instant.fromEpochMilliseconds(own.validToDate.getTime())
  const long = Temporal.Instant.compare(now.add({ hours: 24 * renewDays }), end) < 0
  return long && own.verify(issuer.publicKey) && own.checkPrivateKey(createPrivateKey(key))
}
