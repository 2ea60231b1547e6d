/** A bank for the tests of the device: it counts sequences and remembers what it sealed. */
import {
  newInstance,
  sealActivationOne,
  sealActivationTwo,
  takeAuthenticationCode,
} from './activation.ts'
import { bytesOfHex, type Bytes } from './bytes.ts'
import { createDevice, type Device } from './device.ts'
import type { DeviceStore, StoredDevice } from './device-screens.ts'
import type { Content } from './fields.ts'
import { importFactoryKey, instanceEnc, instanceMac, type Instance } from './keys.ts'
import type { Sealed } from './message.ts'
import { sealTransaction, transactionCode } from './transaction.ts'
import { vectors } from './vectors.fixture.ts'

export const serial = vectors.serial
export const bankCode = '9999'
export const loginId = 'tanaka01'

export const transfer: Content = {
  template: 'transfer',
  fields: [
    { tag: 'bank', value: '9998 ﾄﾅﾘ' },
    { tag: 'branch', value: '101 ﾎﾝﾃﾝ' },
    { tag: 'account', value: '1 7654321' },
    { tag: 'payee', value: 'ｶ)ﾐﾎﾝｼﾖｳｼﾞ' },
    { tag: 'amount', value: '3000000' },
    { tag: 'date', value: '2026-11-24' },
    { tag: 'reference', value: 'F26112400001' },
  ],
}

export interface Bank {
  /** The last sequence of the serial and of the instance; a test may turn them back. */
  readonly count: { activation: number; transaction: number }
  actOne(): Promise<Sealed>
  actTwo(code12: string): Promise<Sealed>
  transaction(content?: Content): Promise<Sealed>
  code(sealed: Sealed): Promise<string>
  instance(): Instance
}

export function createBank(factoryBytes: Bytes = bytesOfHex(vectors.factoryKey)): Bank {
  const count = { activation: 0, transaction: 0 }
  const factoryKey = importFactoryKey(Uint8Array.from(factoryBytes))
  let one: Sealed | null = null
  let instance: Instance | null = null
  const known = (): Instance => {
    if (instance === null) throw new Error('not registered')
    return instance
  }
  return {
    count,
    instance: known,
    async actOne() {
      const sequence = (count.activation += 1)
      const facts = { bankCode, serial, software: false, sequence }
      one = await sealActivationOne(await factoryKey, facts, loginId)
      return one
    },
    async actTwo(code12) {
      const { digest } = one!
      const nonce = await takeAuthenticationCode(await factoryKey, { serial, digest }, code12)
      if (nonce === null) throw new Error('the 12 digits are wrong')
      instance = { bankCode, serial, nonce, ...newInstance() }
      const sequence = (count.activation += 1)
      return sealActivationTwo(await factoryKey, { software: false, sequence }, instance)
    },
    async transaction(content = transfer) {
      const sequence = (count.transaction += 1)
      const facts = { bankCode, instance: known().instance, software: false, sequence }
      return sealTransaction(await instanceEnc(await factoryKey, known(), 'bank'), facts, content)
    },
    async code({ digest }) {
      return transactionCode(await instanceMac(await factoryKey, known()), digest)
    },
  }
}

/** What survives the power, and a look at it. */
export interface Drawer extends DeviceStore {
  readonly kept: StoredDevice | null
}

export async function newDrawer(
  factoryBytes: Bytes = bytesOfHex(vectors.factoryKey),
): Promise<Drawer> {
  let kept: StoredDevice | null = {
    serial,
    bankCode,
    software: false,
    factoryKey: await importFactoryKey(Uint8Array.from(factoryBytes)),
    lastActivation: null,
    instance: null,
  }
  return {
    get kept() {
      return kept
    },
    load: async () => kept,
    save: async (device) => {
      kept = structuredClone(device) // as IndexedDB does
    },
    wipe: async () => {
      kept = null
    },
  }
}

/** A clock that only the test moves. */
export interface Watch {
  milliseconds: number
}

export function deviceOf(store: DeviceStore, watch: Watch = { milliseconds: 0 }): Device {
  return createDevice({
    store,
    now: () => watch.milliseconds,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}

export async function pressRight(device: Device, times: number): Promise<void> {
  for (let press = 0; press < times; press += 1) await device.press('right')
}

/** 手順 4 from power on to 12 digits. */
export async function untilTwelveDigits(device: Device, bank: Bank): Promise<string> {
  await device.hold('centre')
  await device.press('right')
  await device.see((await bank.actOne()).qr)
  if (device.screen.kind === 'confirm-replacement') await device.press('right')
  if (device.screen.kind !== 'authentication-code') throw new Error(JSON.stringify(device.screen))
  return device.screen.code12
}

/** 手順 4 from power on to 8 digits. */
export async function untilEightDigits(device: Device, bank: Bank): Promise<string> {
  const code12 = await untilTwelveDigits(device, bank)
  await pressRight(device, 3)
  await device.see((await bank.actTwo(code12)).qr)
  if (device.screen.kind !== 'registration-code') throw new Error(JSON.stringify(device.screen))
  return device.screen.code8
}

/** All of 手順 4; the device is ready, its camera on. */
export async function activated(device: Device, bank: Bank): Promise<void> {
  await untilEightDigits(device, bank)
  await pressRight(device, 4)
  if (device.screen.kind !== 'camera') throw new Error(JSON.stringify(device.screen))
}
