/**
 * 電子証明書ログイン, as `identity` asks for it: tickets, what a browser has shown, and what a first
 * login by a new certificate ends. The showing itself is at the listener (entry-listener.ts).
 */
import type { Administration } from '#administration/index.ts'
import type { CertificateEntry } from '#identity/index.ts'
import type { Tx } from '#platform/database/database.ts'
import { isUsable, type Certificate, type CertificateId } from './certificate.ts'
import {
  certificateById,
  endCertificate,
  heldBy,
  lockUser,
  markValid,
} from './certificates-store.ts'
import { tokenHash } from './entry-tokens.ts'
import type { CertificateParameters } from './parameters.ts'
import { lastShown, takeTicket, useShown } from './ticket-store.ts'

export interface CertificateEntryNeeds {
  readonly administration: Pick<Administration, 'userById'>
  /** Where the listener is found; null: this bank has none. */
  readonly origin: string | null
  readonly parameters: Pick<CertificateParameters, 'authenticationMinutes'>
}

export function createCertificateEntry(needs: CertificateEntryNeeds): CertificateEntry {
  const { administration, origin, parameters } = needs

  const usable = async (tx: Tx, id: string, now: Temporal.Instant): Promise<Certificate | null> => {
    const certificate = await certificateById(tx, id)
    return certificate !== null && isUsable(certificate, now) ? certificate : null
  }

  return {
    addressFor: (entryToken, language) => {
      if (origin === null) return null
      const entry = Buffer.from(tokenHash(entryToken)).toString('base64url')
      return `${origin}/login?entry=${entry}&language=${language}`
    },

    takeTicket: async (tx, { ticket, entryToken }, now) => {
      const [ticketHash, entryHash] = [ticket, entryToken].map(tokenHash) as [
        Uint8Array,
        Uint8Array,
      ]
      const passwordUntil = now.add({ minutes: parameters.authenticationMinutes })
      const taken = await takeTicket(tx, { ticketHash, entryHash, passwordUntil }, now)
      const certificate = taken === null ? null : await usable(tx, taken, now)
      if (certificate === null) return null
      const user = await administration.userById(tx, certificate.userId)
      if (user?.loginId !== certificate.loginId) return null
      return { loginId: user.loginId, expiresAt: passwordUntil }
    },

    shownBy: async (tx, entryToken, now) => {
      const shown = await lastShown(tx, tokenHash(entryToken), now)
      const certificate = shown === null ? null : await usable(tx, shown, now)
      if (certificate === null) return null
      return { certificateId: certificate.id, userId: certificate.userId }
    },

    loggedIn: async (tx, { entryToken, certificateId }, now) => {
      await useShown(tx, tokenHash(entryToken), now)
      await markFirstLogin(tx, certificateId, now)
    },

    isValid: async (tx, certificateId, now) => (await usable(tx, certificateId, now)) !== null,
  }
}

/** The first login by a certificate ends the one before it. */
async function markFirstLogin(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  const certificate = await certificateById(tx, id)
  if (certificate?.state !== 'unused') return
  await lockUser(tx, certificate.userId)
  const held = await heldBy(tx, certificate.userId)
  if (!held.some((one) => one.id === id && one.state === 'unused')) return // ended, or marked, since
  for (const { id: other, state } of held) {
    if (state === 'valid') await endCertificate(tx, replacedBy(other), now)
  }
  await markValid(tx, certificate.id, now)
}

function replacedBy(id: CertificateId) {
  return { id, as: 'superseded', by: null, reason: 'replaced' } as const
}
