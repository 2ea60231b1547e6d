/** A camera token for tests: the real device of kit/ctp1, with its store in memory. */
import type { Bytes } from '#kit/ctp1/bytes.ts'
import { createDevice } from '#kit/ctp1/device.ts'
import type { Screen, StoredDevice } from '#kit/ctp1/device-screens.ts'
import { importFactoryKey } from '#kit/ctp1/keys.ts'

export interface TestDevice {
  readonly screen: () => Screen
  /** The first 2D code, from whatever was on the screen. @returns the 12 digits */
  readFirst(qr: string): Promise<string>
  /** The second one. @returns the 8 digits; the device waits to be activated */
  readSecond(qr: string): Promise<string>
  /** Right twice: 「The device is activated.」 */
  activate(): Promise<void>
  /** Pages through what is to be signed. @returns all fields that were shown, and the 8 digits */
  sign(qr: string): Promise<{ shown: Record<string, string>; code: string }>
  /** Seconds that pass on the device. */
  passes(seconds: number): Promise<void>
}

export async function testDevice(given: {
  serial: string
  factoryKey: Bytes | CryptoKey
  software?: boolean
  bankCode?: string
}): Promise<TestDevice> {
  const { serial, software = false, bankCode = '9999' } = given
  const factoryKey =
    given.factoryKey instanceof Uint8Array
      ? await importFactoryKey(Uint8Array.from(given.factoryKey))
      : given.factoryKey
  let kept: StoredDevice | null = {
    ...{ serial, bankCode, software, factoryKey },
    ...{ lastActivation: null, instance: null },
  }
  let milliseconds = 0
  const device = createDevice({
    store: {
      load: async () => kept,
      save: async (stored) => void (kept = stored),
      wipe: async () => void (kept = null),
    },
    now: () => milliseconds,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })

  const seen = async (qr: string) => {
    if (device.screen.kind !== 'off') await device.hold('centre')
    await device.hold('centre')
    await device.press('right')
    await device.see(qr)
  }
  return {
    screen: () => device.screen,
    readFirst: async (qr) => {
      await seen(qr)
      if (device.screen.kind === 'confirm-replacement') await device.press('right')
      return shown(device.screen, 'authentication-code').code12
    },
    readSecond: async (qr) => {
      for (let page = 0; page < 3; page += 1) await device.press('right')
      await device.see(qr)
      return shown(device.screen, 'registration-code').code8
    },
    activate: async () => {
      await device.press('right')
      await device.press('right')
      shown(device.screen, 'activated')
    },
    sign: async (qr) => {
      await seen(qr)
      const fields: Record<string, string> = {}
      while (device.screen.kind === 'fields') {
        for (const field of device.screen.fields) {
          if ('value' in field) fields[field.tag] = field.value
        }
        await device.press('right')
      }
      return { shown: fields, code: shown(device.screen, 'transaction-code').code8 }
    },
    passes: async (seconds) => {
      milliseconds += seconds * 1_000
      await device.tick()
    },
  }
}

function shown<Kind extends Screen['kind']>(screen: Screen, kind: Kind) {
  if (screen.kind !== kind) throw new Error(`the device shows ${JSON.stringify(screen)}`)
  return screen as Extract<Screen, { kind: Kind }>
}
