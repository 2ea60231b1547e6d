/** What every vault must do, whatever holds its keys. Called by each adapter's own test. */
import { createPublicKey, verify } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyVault } from './port.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** @param open the same vault each time, as another process would open it */
export function keyVaultContract(open: () => Promise<KeyVault>): void {
  describe('every vault', () => {
    test('gives the same 32 bytes of pepper to everybody, also when all ask at once', async () => {
      const vaults = await Promise.all(Array.from({ length: 8 }, open))
      const peppers = await Promise.all(vaults.map((vault) => vault.pepper()))
      expect(peppers[0]).toHaveLength(32)
      expect(new Set(peppers.map((pepper) => Buffer.from(pepper).toString('hex'))).size).toBe(1)
    })

    test('opens what it sealed, in another process too', async () => {
      const sealed = await (await open()).seal('token-keys', bytes('まどぐち'), 'token 1')
      expect(sealed).not.toEqual(bytes('まどぐち'))
      const opened = await (await open()).open('token-keys', sealed, 'token 1')
      expect(Buffer.from(opened).toString()).toBe('まどぐち')
    })

    test('seals the same thing differently each time', async () => {
      const vault = await open()
      const twice = await Promise.all([1, 2].map(() => vault.seal('token-keys', bytes('a'), '')))
      expect(Buffer.from(twice[0]!).equals(twice[1]!)).toBe(false)
    })

    test('refuses another context, and any flipped bit', async () => {
      const vault = await open()
      const sealed = await vault.seal('token-keys', bytes('secret'), 'mine')
      await expect(vault.open('token-keys', sealed, 'yours')).rejects.toThrow()
      await expect(vault.open('token-keys', sealed.subarray(0, 20), 'mine')).rejects.toThrow()
      const bit = fc.integer({ min: 0, max: sealed.length * 8 - 1 })
      await fc.assert(
        fc.asyncProperty(bit, async (at) => {
          const forged = Uint8Array.from(sealed)
          forged[at >> 3]! ^= 1 << (at & 7)
          await expect(vault.open('token-keys', forged, 'mine')).rejects.toThrow()
        }),
      )
    })

    test('authenticates by purpose', async () => {
      const [one, other] = [await open(), await open()]
      const mac = await one.mac('unknown-login-ids', bytes('tanaka01'))
      expect(mac).toHaveLength(32)
      expect(await other.mac('unknown-login-ids', bytes('tanaka01'))).toEqual(mac)
      expect(await other.mac('page-cursors', bytes('tanaka01'))).not.toEqual(mac)
    })

    test('signs so that an outsider with the public key can verify', async () => {
      const signature = await (await open()).sign('operation-history-roots', bytes('root'))
      const key = createPublicKey(await (await open()).publicKey('operation-history-roots'))
      expect(verify(null, bytes('root'), key, signature)).toBe(true)
      expect(verify(null, bytes('Root'), key, signature)).toBe(false)
    })

    test('signs for the authority with P-256, 64 bytes, as WebCrypto verifies it', async () => {
      const P256 = { name: 'ECDSA', namedCurve: 'P-256' }
      for (const purpose of ['root-ca', 'issuing-ca', 'ocsp'] as const) {
        const signature = await (await open()).signP256(purpose, bytes('certificate'))
        expect(signature).toHaveLength(64)
        const pem = await (await open()).publicKeyP256(purpose)
        const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' })
        const key = await crypto.subtle.importKey('spki', spki, P256, true, ['verify'])
        const holds = (message: string) =>
          crypto.subtle.verify(
            { name: 'ECDSA', hash: 'SHA-256' },
            key,
            Uint8Array.from(signature),
            bytes(message),
          )
        expect(await holds('certificate')).toBe(true)
        expect(await holds('Certificate')).toBe(false)
      }
    })

    test('gives every purpose a key of its own, and everybody the same one', async () => {
      const vaults = await Promise.all(Array.from({ length: 4 }, open))
      const asked = (['root-ca', 'issuing-ca', 'ocsp'] as const).map((purpose) =>
        Promise.all(vaults.map((vault) => vault.publicKeyP256(purpose))),
      )
      const pems = await Promise.all(asked)
      for (const same of pems) expect(new Set(same).size).toBe(1)
      expect(new Set(pems.flat()).size).toBe(3)
    })
  })
}
