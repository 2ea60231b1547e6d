/** 電子証明書 — the door of `certificates`: issue, renewal, revocation, and the login by certificate. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { User } from '#administration/index.ts'
import type { CertificateEntry, Identity } from '#identity/index.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Routes } from '#platform/http/routes.ts'
import { daysLeft } from './certificate.ts'
import { certificatesCommand, type Print } from './cli.ts'
import { makeDemoCertificate } from './demo-certificate.ts'
import { createCertificateEntry } from './entry.ts'
import { openEntryListener, type EntryListener } from './entry-listener.ts'
import { forget, refreshLists, tellExpiring } from './jobs.ts'
import type { CertificatesNeeds } from './needs.ts'
import { defaultCertificateParameters } from './parameters.ts'
import { pkiRoutes } from './pki.ts'
import { ownCertificate } from './renewal.ts'
import { certificateRoutes } from './routes.ts'
import { ownTls } from './server-certificate.ts'

export { certificatesUsage } from './cli.ts'
export type { EntryListener } from './entry-listener.ts'
export type { CertificatesNeeds } from './needs.ts'
export type { CertificateParameters } from './parameters.ts'

export interface Certificates {
  /** For the login. */
  readonly entry: CertificateEntry
  /** The counter's endpoints; `identity` is made with `entry` and comes back here. */
  routes(identity: Pick<Identity, 'authenticate' | 'confirmationPassword' | 'coolDowns'>): Routes
  /** For `buildCounter`: /pki/…, lists and OCSP. */
  readonly extra: (app: FastifyInstance) => void
  /** 電子証明書の受付窓口; null where the bank has none. @throws PortTaken */
  openEntryListener(): Promise<EntryListener | null>
  /** 電子証明書有効期限, for the top page. */
  ownCertificate(
    tx: Tx,
    user: { readonly companyId: CompanyId; readonly userId: UserId },
    now: Temporal.Instant,
  ): Promise<{
    readonly validUntil: Temporal.Instant
    readonly renewable: boolean
    readonly daysLeft: number
  } | null>
  /** 有効期限のお知らせ, daily. */
  tellOfExpiry(): Promise<void>
  /** 失効一覧, hourly: makes new ones where it is time. */
  renewLists(): Promise<void>
  /** Nightly: authentications and tickets of the day before. As the bank. */
  purge(tx: Tx, now: Temporal.Instant): Promise<void>
  /** `npm run bank -- certificates …`. @returns the process's exit code */
  command(words: readonly string[], now: Temporal.Instant, print: Print): Promise<0 | 1 | 2>
  /**
   * For the demo world alone: a certificate without proof.
   * @returns the .p12; null where the user has a certificate already, used or not
   */
  makeDemoCertificate(asked: {
    readonly user: User
    readonly password: string
  }): Promise<Uint8Array | null>
}

export function createCertificates(given: CertificatesNeeds): Certificates {
  const { config, clock } = given
  const { bankName: ja, bankNameEnglish: en, certificates } = given.parameters
  const parameters = { ...defaultCertificateParameters, ...certificates }
  const needs = { ...given, parameters, bankNames: { ja, en } }
  const { certificateEntry: way, publicOrigin, host, drainSeconds } = config
  return {
    entry: createCertificateEntry({ ...needs, origin: way.kind === 'off' ? null : way.origin }),
    routes: (identity) => certificateRoutes({ ...needs, identity }),
    extra: pkiRoutes(needs),
    openEntryListener: async () => {
      if (way.kind === 'off') return null
      const folder = join(config.dataDir, 'certificate-entry')
      const tls = way.kind === 'tls' ? await ownTls({ ...needs, folder, files: way.files }) : null
      const trusted = way.kind === 'proxy' ? way.trusted : []
      const place = { publicOrigin, host, port: way.port, drainSeconds }
      return openEntryListener({ ...needs, ...place, tls, trusted })
    },
    ownCertificate: async (tx, user, now) => {
      const own = await ownCertificate(needs, tx, user, now)
      if (own === null) return null
      const { certificate, renewable } = own
      const validUntil = certificate.notAfter
      return { validUntil, renewable, daysLeft: daysLeft(certificate, now) }
    },
    tellOfExpiry: async () => void (await tellExpiring(needs, clock.now())),
    renewLists: () => refreshLists(needs, clock.now()),
    purge: forget,
    command: (words, now, print) => certificatesCommand(needs, words, { now, print }),
    makeDemoCertificate: (asked) => makeDemoCertificate(needs, asked),
  }
}
