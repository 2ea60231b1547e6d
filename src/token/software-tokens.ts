/**
 * ソフトウェアトークン (camera-token.md A9) — a branch hands out a voucher, a device exchanges it for a
 * serial number, and both agree on the factory key by ECDH. Nothing secret is ever on the wire.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import {
  agreeFactoryKeyBytes,
  agreementKeyBytes,
  newAgreementPair,
  readAgreementKey,
} from '#kit/ctp1/agreement.ts'
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { insertDevice } from './devices-store.ts'
import type { Came, RegistrationNeeds } from './registration.ts'
import { insertVoucher, useVoucher, voucherByHash } from './voucher-store.ts'

/** Crockford's letters: none that is mistaken for another on paper. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const voucherLetters = 24 // 120 bits

/** @returns the voucher, in groups of four; only its SHA-256 is kept. Runs as the bank. */
export async function issueVoucher(
  { history, parameters }: RegistrationNeeds,
  tx: Tx,
  { companyId, by, came }: { companyId: CompanyId; by: string; came: Came },
): Promise<string> {
  const { now, origin } = came
  const text = Array.from(randomBytes(voucherLetters), (byte) => letters[byte % 32]).join('')
  const expiresAt = now.add({ hours: parameters.softwareTokens.voucherHours })
  await insertVoucher(tx, { hash: voucherHash(text), companyId, by, expiresAt }, now)
  const operation = 'software-token-voucher'
  await history.record(tx, { at: now, companyId, userId: null, operation, result: 'done', origin })
  return text.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** As it is read off paper: hyphens and spaces do not count, and neither do lookalikes. */
function voucherHash(typed: string): Uint8Array {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return createHash('sha256').update(letters).digest()
}

export type ProvisioningRefusal =
  | 'software-tokens-not-taken'
  | 'voucher-unknown'
  | 'voucher-expired'
  | 'public-key-malformed'

export interface Provisioned {
  readonly serial: string
  readonly bankCode: string
  readonly serverPublicKey: string // base64url, 65 bytes
}

/** The same voucher with the same key gets the same answer: a lost one can be asked for again. */
export async function provision(
  needs: RegistrationNeeds,
  { voucher, publicKey }: { readonly voucher: string; readonly publicKey: string },
  came: Came,
): Promise<Provisioned | { readonly refuse: ProvisioningRefusal }> {
  const { database, bankCode, parameters } = needs
  if (!parameters.softwareTokens.taken) return { refuse: 'software-tokens-not-taken' }
  const deviceBytes = new Uint8Array(Buffer.from(publicKey, 'base64url'))
  const deviceKey = await readAgreementKey(deviceBytes)
  return database.asBank(async (tx) => {
    const hash = voucherHash(voucher)
    const found = await voucherByHash(tx, hash)
    if (found === null) return { refuse: 'voucher-unknown' }
    if (found.used !== null) {
      const { serial, bankKey, deviceKey: usedWith } = found.used
      if (!Buffer.from(usedWith).equals(deviceBytes)) return { refuse: 'voucher-unknown' }
      return { serial, bankCode, serverPublicKey: base64url(bankKey) }
    }
    if (Temporal.Instant.compare(came.now, found.expiresAt) >= 0) {
      return { refuse: 'voucher-expired' }
    }
    if (deviceKey === null) return { refuse: 'public-key-malformed' }

    const { companyId } = found
    const made = await makeDevice(needs, tx, { deviceKey, companyId, now: came.now })
    await useVoucher(tx, { hash, deviceKey: deviceBytes, ...made }, came.now)
    const { serial, bankKey } = made
    const said = { operation: 'software-token', result: 'done', facts: { serial } } as const
    const { now: at, origin } = came
    await needs.history.record(tx, { at, companyId, userId: null, ...said, origin })
    return { serial, bankCode, serverPublicKey: base64url(bankKey) }
  })
}

async function makeDevice(
  { keys }: RegistrationNeeds,
  tx: Tx,
  {
    deviceKey,
    companyId,
    now,
  }: { deviceKey: CryptoKey; companyId: CompanyId; now: Temporal.Instant },
): Promise<{ serial: string; bankKey: Uint8Array }> {
  const pair = await newAgreementPair('bank')
  const bankKey = await agreementKeyBytes(pair.publicKey)
  for (;;) {
    // Twelve digits, the first a 9: no factory's number has that form at this bank.
    const serial = `9${String(randomInt(0, 1e11)).padStart(11, '0')}`
    const secret = await agreeFactoryKeyBytes(pair.privateKey, deviceKey)
    const factoryKey = await keys.sealFactoryKey(serial, secret)
    const device = { serial, profile: 'software', companyId, factoryKey, deliveryId: null } as const
    if (await insertDevice(tx, device, now)) return { serial, bankKey }
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
