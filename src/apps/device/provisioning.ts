/**
 * Becoming a token (camera-token.md A9) — a voucher and a key that only this browser can use,
 * against a serial number and the bank's key. The voucher and the key are kept until the answer is
 * here: a lost answer is asked for again, and is the same.
 */
import {
  agreeFactoryKey,
  agreementKeyBytes,
  newAgreementPair,
  readAgreementKey,
} from '#kit/ctp1/agreement.ts'
import type { Bytes } from '#kit/ctp1/bytes.ts'
import type { StoredDevice } from '#kit/ctp1/device-screens.ts'
import { deviceContract } from '#token/device/contract.ts'
import { createClient } from '#ui/client.ts'
import { problemOf } from '#ui/faults.tsx'
import type { DeviceStorage, Unfinished } from './storage.ts'

export const bank = createClient(deviceContract)

/** @throws ApiProblem for a refusal; TypeError where there is no network, and all is kept */
export async function becomeToken(storage: DeviceStorage, typed: string): Promise<StoredDevice> {
  const unfinished = await begun(storage, voucherOf(typed))
  const { voucher, privateKey } = unfinished
  const publicKey = base64url(await agreementKeyBytes(unfinished.publicKey))
  const answer = await bank
    .provisionSoftwareToken({ body: { voucher, publicKey } })
    .catch(async (fault: unknown) => {
      const { status = 0 } = problemOf(fault) ?? {}
      // The bank's last word: neither this voucher nor this key will ever get another answer.
      if (status >= 400 && status < 500 && status !== 429) await storage.dropUnfinished()
      throw fault
    })
  const bankKey = await readAgreementKey(bytesOfBase64url(answer.serverPublicKey))
  if (bankKey === null) throw new Error('the bank’s key is not a key')
  const device: StoredDevice = {
    serial: answer.serial,
    bankCode: answer.bankCode,
    software: true,
    factoryKey: await agreeFactoryKey(privateKey, bankKey),
    lastActivation: null,
    instance: null,
  }
  await storage.become(device)
  return device
}

/** The same voucher goes on with the same key; another one begins anew. */
async function begun(storage: DeviceStorage, voucher: string): Promise<Unfinished> {
  const kept = await storage.unfinished()
  if (kept?.voucher === voucher) return kept
  const { privateKey, publicKey } = await newAgreementPair('device')
  const unfinished = { voucher, privateKey, publicKey }
  await storage.keepUnfinished(unfinished)
  return unfinished
}

/** However it was typed: full width, small letters, spaces, and dashes of all kinds. */
export function voucherOf(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
}

export function base64url(bytes: Bytes): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @throws DOMException for letters that are not of base64url */
export function bytesOfBase64url(text: string): Bytes {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
