/**
 * 内蔵の認証局 — root, issuing CA and answers, with every key in the vault.
 *
 * The root signs the issuing CA and its own list, nothing else. The certificates of both are made
 * once and kept in the database, so that every process serves the same. The responder's is made
 * anew by each process: it travels with the answer.
 */
import { createPublicKey, X509Certificate } from 'node:crypto'
import type { Clock } from '#outside/clock/port.ts'
import type { CaPurpose, KeyVault } from '#outside/key-vault/port.ts'
import type { Database } from '#platform/database/database.ts'
import { insertOwnCertificate, ownCertificate } from './authority-store.ts'
import { ocspAnswer, type Responder } from './ocsp.ts'
import type { AuthorityChain, CertificateAuthority, HostCertificates } from './port.ts'
import {
  authorityExtensions,
  certificate,
  clientProfile,
  distinguishedName,
  hostProfile,
  keyIdOf,
  readCertificate,
  responderProfile,
  type Addresses,
} from './profile.ts'
import { revocationList } from './revocation-list.ts'
import type { Signer } from './signing.ts'

export interface BuiltInAuthorityNeeds {
  readonly database: Pick<Database, 'asBank'>
  readonly vault: Pick<KeyVault, 'signP256' | 'publicKeyP256'>
  readonly clock: Clock
  readonly addresses: Addresses
  /** Stands in the names of root and issuing CA: English, for lists that show no Japanese. */
  readonly bankName: string
}

const rootYears = 20
const issuingYears = 10
const responderDays = 30
/** A clock that is a little behind ours must not find a new certificate from the future. */
const leewayMinutes = 10

export function openCertificateAuthority(
  needs: BuiltInAuthorityNeeds,
): CertificateAuthority & HostCertificates {
  const { addresses, clock } = needs
  const chain = remembered(() => ownChain(needs))
  const issuing = async () => signerOf(needs, 'issuing-ca', (await chain()).issuing)
  const responder = responderOf(needs, chain)

  return {
    chain,
    issueClientCertificate: async (asked) => {
      const signer = await issuing()
      assertWithin(asked.notAfter, (await chain()).issuing)
      return certificate(signer, clientProfile(asked, addresses))
    },
    issueHostCertificate: async (asked) => certificate(await issuing(), hostProfile(asked)),
    revocationList: async (issuer, list) =>
      revocationList(
        issuer === 'issuing'
          ? await issuing()
          : await signerOf(needs, 'root-ca', (await chain()).root),
        list,
      ),
    ocspAnswer: async (request, statusOf) =>
      ocspAnswer(await responder(), request, { now: clock.now(), statusOf }),
  }
}

/** A failure is not kept: the next call tries again. */
function remembered<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | null = null
  return () => {
    kept ??= make().catch((fault: unknown) => {
      kept = null
      throw fault
    })
    return kept
  }
}

/** Reads both, or makes what is missing; whoever comes second reads what the first one made. */
async function ownChain(needs: BuiltInAuthorityNeeds): Promise<AuthorityChain> {
  const { database, clock, bankName, addresses } = needs
  const name = (role: string) =>
    distinguishedName([
      ['C', 'JP'],
      ['O', bankName],
      ['CN', `${bankName} ${role}`],
    ])
  const from = clock.now().subtract({ minutes: leewayMinutes })
  const years = (count: number) => ({ notBefore: from, notAfter: inYears(from, count) })

  const root = await once('root', async () => {
    const publicKey = await publicKeyOf(needs, 'root-ca')
    const subject = name('Root CA')
    const own = { ...signing(needs, 'root-ca'), name: subject, keyId: await keyIdOf(publicKey) }
    const extensions = authorityExtensions(null)
    return certificate(own, { subject, publicKey, extensions, ...years(rootYears) })
  })
  const issuing = await once('issuing', async () => {
    const publicKey = await publicKeyOf(needs, 'issuing-ca')
    const signer = await signerOf(needs, 'root-ca', root)
    const extensions = authorityExtensions(addresses)
    const subject = name('Issuing CA')
    return certificate(signer, { subject, publicKey, extensions, ...years(issuingYears) })
  })
  return { root, issuing }

  async function once(issuer: 'root' | 'issuing', make: () => Promise<Uint8Array>) {
    const known = await database.asBank((tx) => ownCertificate(tx, issuer))
    if (known !== null) return known
    const made = await make()
    return database.asBank(async (tx) => {
      await insertOwnCertificate(tx, { issuer, der: made, at: clock.now() })
      const kept = await ownCertificate(tx, issuer)
      if (kept === null) throw new Error(`the certificate of ${issuer} was kept and is gone`)
      return kept
    })
  }
}

function responderOf(
  needs: BuiltInAuthorityNeeds,
  chain: () => Promise<AuthorityChain>,
): () => Promise<Responder> {
  let present: { readonly until: Temporal.Instant; readonly responder: Responder } | null = null
  return async () => {
    const now = needs.clock.now()
    if (present !== null && Temporal.Instant.compare(now, present.until) < 0) {
      return present.responder
    }
    const { issuing } = await chain()
    const signer = await signerOf(needs, 'issuing-ca', issuing)
    const publicKey = await publicKeyOf(needs, 'ocsp')
    const notBefore = now.subtract({ minutes: leewayMinutes })
    const notAfter = now.add({ hours: 24 * responderDays })
    const subject = distinguishedName([
      ['C', 'JP'],
      ['O', needs.bankName],
      ['CN', `${needs.bankName} OCSP`],
    ])
    const profile = responderProfile({ publicKey, subject, notBefore, notAfter })
    const responder = {
      signer: { ...signing(needs, 'ocsp'), name: subject, keyId: await keyIdOf(publicKey) },
      certificate: await certificate(signer, profile),
      issuer: issuing,
    }
    present = { until: now.add({ hours: 12 * responderDays }), responder }
    return responder
  }
}

function signing({ vault }: BuiltInAuthorityNeeds, purpose: CaPurpose): Pick<Signer, 'sign'> {
  return { sign: (message) => vault.signP256(purpose, message) }
}

/** The vault must hold the key of this very certificate: a database without its vault is refused. */
async function signerOf(
  needs: BuiltInAuthorityNeeds,
  purpose: CaPurpose,
  own: Uint8Array,
): Promise<Signer> {
  const { subject: name, publicKey } = readCertificate(own)
  if (!(await publicKeyOf(needs, purpose)).equals(publicKey)) {
    throw new Error(`the vault's ${purpose} key is not that of the certificate in the database`)
  }
  return { ...signing(needs, purpose), name, keyId: await keyIdOf(publicKey) }
}

async function publicKeyOf({ vault }: BuiltInAuthorityNeeds, purpose: CaPurpose): Promise<Buffer> {
  const key = createPublicKey(await vault.publicKeyP256(purpose))
  return key.export({ type: 'spki', format: 'der' })
}

function assertWithin(end: Temporal.Instant, issuing: Uint8Array): void {
  const ours = new X509Certificate(issuing).validToDate.getTime()
  if (end.epochMilliseconds > ours) throw new Error('a certificate must not outlive the issuing CA')
}

function inYears(from: Temporal.Instant, years: number): Temporal.Instant {
  return from.toZonedDateTimeISO('UTC').add({ years }).toInstant()
}
