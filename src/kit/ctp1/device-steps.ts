/** Steps of the device: where it stands and what it remembers, until its power goes. */
import type { Bytes } from './bytes.ts'
import type { DeviceError, DeviceStore, Screen, StoredInstance } from './device-screens.ts'
import type { Field, TemplateName, UnknownField } from './fields.ts'

export interface DeviceParts {
  readonly store: DeviceStore
  readonly now: () => number // milliseconds of any clock that only goes forward
  readonly random: (length: number) => Uint8Array // of a generator fit for keys
}

/** Since ACT1: lost with the power, by the 90 seconds, and by another message. */
export interface Registering {
  readonly doing: 'registering'
  readonly nonce: number
  readonly fingerprint: string // of ACT1
  readonly loginId: string
  readonly code12: string
  readonly candidate: Candidate | null // since ACT2
}

export interface Candidate {
  readonly instance: StoredInstance
  readonly code8: string
  readonly until: number // of `now`
}

export interface Signing {
  readonly doing: 'signing'
  readonly template: TemplateName
  readonly pages: readonly (readonly (Field | UnknownField)[])[]
  readonly digest: Bytes
}

export type Memory = { readonly doing: 'nothing' } | Registering | Signing

export interface Step {
  readonly screen: Screen
  readonly memory: Memory
}

const nothing = { doing: 'nothing' } as const
export const off: Step = { screen: { kind: 'off' }, memory: nothing }

/** Where the device rests: [DP002], or ready when it is activated. */
export async function home({ store }: DeviceParts): Promise<Step> {
  const device = await store.load()
  if (device === null) return { screen: { kind: 'blank' }, memory: nothing }
  return { screen: { kind: device.instance ? 'ready' : 'dp002' }, memory: nothing }
}

/** The camera says what is wrong and forgets nothing: the right code may be shown next. */
export function complaint({ memory }: Step, code: DeviceError): Step {
  return { screen: { kind: 'message', code }, memory }
}
