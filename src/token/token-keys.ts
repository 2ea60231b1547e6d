/**
 * Keys of tokens — sealed by the key vault at rest, open for the moment of one derivation.
 *
 * A sealed key is bound to its row, so that rows cannot be exchanged (camera-token.md A8). What is
 * unsealed is overwritten as soon as the derivation holds it.
 */
import type { Bytes } from '#kit/ctp1/bytes.ts'
import {
  importFactoryKey,
  instanceEnc,
  instanceMac,
  type Instance as InstanceFacts,
} from '#kit/ctp1/keys.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Device } from './devices-store.ts'
import type { Instance } from './instances-store.ts'

export interface TokenKeys {
  /** Seals and overwrites. @param key 32 bytes */
  sealFactoryKey(serial: string, key: Uint8Array): Promise<Uint8Array>
  sealSeed(instanceId: string, seed: Uint8Array): Promise<Uint8Array>
  factoryKey(device: Pick<Device, 'serial' | 'factoryKey'>): Promise<CryptoKey>
  /** HMAC key of the codes. */
  mac(device: Device, instance: Instance): Promise<CryptoKey>
  /** AES key of the messages. */
  enc(device: Device, instance: Instance): Promise<CryptoKey>
}

export function createTokenKeys({
  vault,
  bankCode,
}: {
  readonly vault: Pick<KeyVault, 'seal' | 'open'>
  readonly bankCode: string
}): TokenKeys {
  const purpose = 'token-keys'
  const contextOf = {
    device: (serial: string) => `token.device:factory_key:${serial}:v1`,
    instance: (id: string) => `token.instance:seed:${id}:v1`,
  }
  const factoryKey: TokenKeys['factoryKey'] = async (device) => {
    const opened = await vault.open(purpose, device.factoryKey, contextOf.device(device.serial))
    return once(opened, importFactoryKey)
  }
  const derived = async (
    device: Device,
    instance: Instance,
    derive: (key: CryptoKey, facts: InstanceFacts) => Promise<CryptoKey>,
  ) => {
    const key = await factoryKey(device)
    const opened = await vault.open(purpose, instance.seed, contextOf.instance(instance.id))
    const { serial, handle, nonce } = instance
    return once(opened, (seed) => derive(key, { bankCode, serial, instance: handle, nonce, seed }))
  }
  return {
    sealFactoryKey: (serial, key) =>
      once(key, (plain) => vault.seal(purpose, plain, contextOf.device(serial))),
    sealSeed: (id, seed) =>
      once(seed, (plain) => vault.seal(purpose, plain, contextOf.instance(id))),
    factoryKey,
    mac: (device, instance) => derived(device, instance, instanceMac),
    enc: (device, instance) =>
      derived(device, instance, (key, facts) => instanceEnc(key, facts, 'bank')),
  }
}

/** Overwrites the secret once it was used, whatever became of it. */
async function once<Value>(
  secret: Uint8Array,
  use: (secret: Bytes) => Promise<Value>,
): Promise<Value> {
  const plain: Bytes = Uint8Array.from(secret)
  secret.fill(0)
  try {
    return await use(plain)
  } finally {
    plain.fill(0)
  }
}
