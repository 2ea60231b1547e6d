/**
 * 発行 — the one place where a certificate comes into being: for an issue, a renewal and the demo.
 *
 * Runs in the transaction that uses up the proof, under the user's lock: of two issues at once the
 * second finds what the first has left behind.
 */
import { createHash, X509Certificate } from 'node:crypto'
import type { User } from '#administration/index.ts'
import { newId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Certificate, CertificateId, Proof } from './certificate.ts'
import { endCertificate, insertCertificate } from './certificates-store.ts'
import type { Issued } from './contract.ts'
import type { CertificateDesk } from './needs.ts'
import type { RequestedKey } from './signing-request.ts'

export type IssuingNeeds = Pick<CertificateDesk, 'authority' | 'bankNames' | 'parameters'>

export interface NewCertificate {
  readonly user: Pick<User, 'id' | 'companyId' | 'loginId'>
  readonly key: RequestedKey
  readonly proof: Proof
  /** Ends at once: it was never used, or its answer never arrived. */
  readonly unused: Pick<Certificate, 'id'> | null
  /** Ends with the first login by the new one. */
  readonly replaces: Pick<Certificate, 'id'> | null
}

export async function issueUnderLock(
  { authority, bankNames, parameters }: IssuingNeeds,
  tx: Tx,
  { user, key, proof, unused, replaces }: NewCertificate,
  now: Temporal.Instant,
): Promise<Certificate> {
  const { id: userId, companyId, loginId } = user
  const issuedAt = now.round({ smallestUnit: 'second', roundingMode: 'floor' }) // as X.509 tells it
  const notAfter = issuedAt.add({ hours: 24 * parameters.validityDays })
  const der = await authority.issueClientCertificate({
    publicKey: key.publicKey,
    ...{ loginId, userNumber: userId, serviceName: bankNames.ja, notBefore: issuedAt, notAfter },
  })
  if (unused !== null) {
    const ending = { id: unused.id, as: 'superseded', by: null, reason: 'issued-again' } as const
    await endCertificate(tx, ending, now)
  }
  const issued = {
    id: newId<'certificate'>(now.epochMilliseconds) satisfies CertificateId,
    ...{ companyId, userId, loginId, keyHash: key.hash, der, notAfter, issuedAt },
    serialNumber: new X509Certificate(der).serialNumber.toLowerCase(),
    notBefore: issuedAt,
    replaces: replaces?.id ?? null,
  }
  const fingerprint = createHash('sha256').update(der).digest()
  await insertCertificate(tx, { ...issued, fingerprint, proof })
  return { ...issued, state: 'unused', endedAt: null }
}

/** What the page builds the .p12 of. */
export async function issuedAnswer(
  { authority }: Pick<CertificateDesk, 'authority'>,
  { loginId, der, notAfter }: Certificate,
  coolDownUntil: Temporal.Instant | null,
): Promise<Issued> {
  const { issuing, root } = await authority.chain()
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return {
    loginId,
    certificate: base64(der),
    chain: [issuing, root].map(base64),
    validUntil: notAfter.toString(),
    coolDownUntil: coolDownUntil?.toString() ?? null,
  }
}
