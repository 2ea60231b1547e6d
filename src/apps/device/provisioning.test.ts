/** Becoming a token, against a bank that loses its answer. */
import { afterEach, expect, test, vi } from 'vitest'
import {
  agreeFactoryKeyBytes,
  agreementKeyBytes,
  newAgreementPair,
  readAgreementKey,
} from '#kit/ctp1/agreement.ts'
import type { StoredDevice } from '#kit/ctp1/device-screens.ts'
import { activationOneMac, importFactoryKey } from '#kit/ctp1/keys.ts'
import { base64url, becomeToken, bytesOfBase64url, voucherOf } from './provisioning.ts'
import type { DeviceStorage, Unfinished } from './storage.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test.for([
  ['AB12-CD34-EF56', 'AB12CD34EF56'],
  ['ab12 cd34 ef56', 'AB12CD34EF56'],
  ['ＡＢ１２－ｃｄ３４−ef56\n', 'AB12CD34EF56'],
  [' — ', ''],
] as const)('a voucher is the same however it is typed: %s', ([typed, voucher]) => {
  expect(voucherOf(typed)).toBe(voucher)
})

test('bytes come back from base64url', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
  expect(base64url(bytes)).toMatch(/^[\w-]+$/)
  expect(bytesOfBase64url(base64url(bytes))).toEqual(bytes)
})

test('a lost answer is asked for again with the same key', async () => {
  const bank = await fakeBank()
  const drawer = newDrawer()
  bank.loses = 1
  await expect(becomeToken(drawer, 'ab12-cd34')).rejects.toThrow(TypeError)
  expect(drawer.kept.unfinished?.voucher).toBe('AB12CD34')

  const device = await becomeToken(drawer, 'AB12CD34')
  expect(new Set(bank.publicKeys).size).toBe(1)
  expect(bank.publicKeys).toHaveLength(2)
  expect(drawer.kept).toEqual({ device, unfinished: null })
  expect(device).toMatchObject({ serial: '912345678901', software: true, instance: null })
})

test('device and bank have agreed on one key, which the device cannot read', async () => {
  const bank = await fakeBank()
  const { factoryKey, serial } = await becomeToken(newDrawer(), 'AB12CD34')
  expect(factoryKey.extractable).toBe(false)
  const sign = async (key: CryptoKey) => {
    const mac = await activationOneMac(key, serial)
    return new Uint8Array(await crypto.subtle.sign('HMAC', mac, new Uint8Array(1)))
  }
  const theirs = await importFactoryKey(bank.factoryKey!)
  expect(await sign(factoryKey)).toEqual(await sign(theirs))
})

test('a voucher that the bank refuses is forgotten, one that it cannot look at is not', async () => {
  const bank = await fakeBank()
  const drawer = newDrawer()
  bank.refuses = { status: 503, code: 'busy' }
  await expect(becomeToken(drawer, 'AB12')).rejects.toThrow('busy')
  bank.refuses = { status: 429, code: 'too-many-requests' }
  await expect(becomeToken(drawer, 'AB12')).rejects.toThrow('too-many-requests')
  expect(drawer.kept.unfinished).not.toBeNull()
  bank.refuses = { status: 404, code: 'voucher-unknown' }
  await expect(becomeToken(drawer, 'AB12')).rejects.toThrow('voucher-unknown')
  expect(drawer.kept).toEqual({ device: null, unfinished: null })
})

interface FakeBank {
  loses: number // answers that do not arrive
  refuses: { readonly status: number; readonly code: string } | null
  readonly publicKeys: string[]
  factoryKey: Uint8Array<ArrayBuffer> | null
}

async function fakeBank(): Promise<FakeBank> {
  const pair = await newAgreementPair('bank')
  const serverPublicKey = base64url(await agreementKeyBytes(pair.publicKey))
  const bank: FakeBank = { loses: 0, refuses: null, publicKeys: [], factoryKey: null }
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: string }) => {
    const { publicKey } = JSON.parse(body) as { publicKey: string }
    bank.publicKeys.push(publicKey)
    if (bank.refuses !== null) {
      const { status, code } = bank.refuses
      const problem = { type: `/problems/${code}`, title: code, status, code, inquiryNumber: '1' }
      return Response.json(problem, { status })
    }
    const theirs = (await readAgreementKey(bytesOfBase64url(publicKey)))!
    bank.factoryKey = await agreeFactoryKeyBytes(pair.privateKey, theirs)
    if (bank.loses > 0) {
      bank.loses -= 1
      throw new TypeError('Failed to fetch')
    }
    return Response.json({ serial: '912345678901', bankCode: '9999', serverPublicKey })
  })
  return bank
}

interface Kept {
  device: StoredDevice | null
  unfinished: Unfinished | null
}

function newDrawer(): DeviceStorage & { readonly kept: Kept } {
  const kept: Kept = { device: null, unfinished: null }
  return {
    kept,
    load: async () => kept.device,
    save: async (device) => void (kept.device = device),
    wipe: async () => void Object.assign(kept, { device: null, unfinished: null }),
    unfinished: async () => kept.unfinished,
    keepUnfinished: async (unfinished) => void (kept.unfinished = unfinished),
    dropUnfinished: async () => void (kept.unfinished = null),
    become: async (device) => void Object.assign(kept, { device, unfinished: null }),
  }
}
