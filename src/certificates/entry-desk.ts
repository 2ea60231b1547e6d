/**
 * 電子証明書の受付 — judges what a browser shows, and hands it a ticket back to the counter.
 *
 * Never the session itself: the browser keeps showing the same certificate until it is closed, also
 * after a logout (certificates-and-security.md B3-5). Everything that was shown is recorded.
 */
import { X509Certificate } from 'node:crypto'
import type { Administration } from '#administration/index.ts'
import { loginUri, type CertificateAuthority } from '#outside/certificate-authority/port.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Certificate } from './certificate.ts'
import { certificateByFingerprint } from './certificates-store.ts'
import { judgeEntry, type EntryRefusal } from './entry-judgement.ts'
import { newToken, tokenHash } from './entry-tokens.ts'
import type { CertificateDesk } from './needs.ts'
import { presentedCertificate, type Shown } from './presented-certificate.ts'
import { note, type Came } from './recording.ts'
import { insertTicket } from './ticket-store.ts'

export type EntryDeskNeeds = Pick<CertificateDesk, 'database' | 'history' | 'parameters'> & {
  readonly administration: Pick<Administration, 'userById'>
  readonly authority: Pick<CertificateAuthority, 'chain'>
}

export interface Entering {
  readonly given: X509Certificate | null
  /** SHA-256 of the entry cookie: the browser that began at the counter. */
  readonly entryHash: Uint8Array
  readonly came: Came
}

export type Entered =
  | { readonly ticket: string }
  | {
      readonly refuse: EntryRefusal
      /** For the page; of the certificates of others nothing is told. */
      readonly certificate: Certificate | null
    }

export async function enter(needs: EntryDeskNeeds, entering: Entering): Promise<Entered> {
  const { given, entryHash, came } = entering
  const { issuing } = await needs.authority.chain()
  const shown = given && presentedCertificate(given, new X509Certificate(issuing))
  return needs.database.asBank(async (tx) => {
    const certificate = shown && (await certificateByFingerprint(tx, shown.fingerprint))
    const user = certificate && (await needs.administration.userById(tx, certificate.userId))
    const present = user && { loginId: user.loginId, uri: loginUri(user.loginId) }
    const judged = judgeEntry(shown, { certificate, present, now: came.now })
    if (!judged.granted) {
      await record(needs, tx, came, { shown, certificate, refusal: judged.reason })
      return { refuse: judged.reason, certificate }
    }
    const ticket = newToken()
    const { id: certificateId, companyId, userId } = judged.value
    const expiresAt = came.now.add({ seconds: needs.parameters.ticketSeconds })
    const ticketHash = tokenHash(ticket)
    await insertTicket(tx, { ticketHash, entryHash, companyId, userId, certificateId, expiresAt })
    await record(needs, tx, came, { shown, certificate })
    return { ticket }
  })
}

/** A header that claims a certificate and comes from nobody whom we trust (C2 #9). */
export async function recordIgnoredHeader(needs: EntryDeskNeeds, came: Came): Promise<void> {
  const refusal = 'client-cert-header-ignored'
  await needs.database.asBank((tx) =>
    record(needs, tx, came, { shown: null, certificate: null, refusal }),
  )
}

function record(
  needs: EntryDeskNeeds,
  tx: Tx,
  came: Came,
  told: {
    readonly shown: Shown | null
    readonly certificate: Certificate | null
    readonly refusal?: string
  },
): Promise<void> {
  const { shown, certificate, refusal } = told
  return note(needs, tx, came, {
    ...{ companyId: certificate?.companyId ?? null, userId: certificate?.userId ?? null },
    operation: 'certificate-login',
    ...(refusal !== undefined && { refusal }),
    ...(shown && { facts: { certificate: shown.serialNumber, thumbprint: shown.thumbprint } }),
  })
}
