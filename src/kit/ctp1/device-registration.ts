/**
 * The registration at the device (手順 4): ACT1 to the 12 digits, ACT2 to the 8 digits, and the 90
 * seconds in which the right button is to be pressed twice. Until then a former instance stays.
 */
import { twelveDigits } from './activation.ts'
import { uintOf } from './bytes.ts'
import type { Reading } from './device-reading.ts'
import type { StoredDevice } from './device-screens.ts'
import {
  home,
  type Candidate,
  type DeviceParts,
  type Registering,
  type Step,
} from './device-steps.ts'
import { activationOneMac, instanceKeys, nonceMax } from './keys.ts'
import { transactionCode } from './transaction.ts'

type ReadingOf<Type extends Reading['type']> = Extract<Reading, { type: Type }>

/** The nonce is made once for each ACT1, so that the same 2D code gets the same digits again. */
export async function actOneSeen(
  { random }: DeviceParts,
  { memory }: Step,
  device: StoredDevice,
  { loginId, digest, seen: { fingerprint } }: ReadingOf<'activation-one'>,
): Promise<Step> {
  const again = memory.doing === 'registering' && memory.fingerprint === fingerprint
  const nonce = again ? memory.nonce : Number(uintOf(random(2))) & nonceMax
  const mac = await activationOneMac(device.factoryKey, device.serial)
  const code12 = await twelveDigits(mac, digest, nonce)
  const registering: Registering = {
    doing: 'registering',
    nonce,
    fingerprint,
    loginId,
    code12,
    candidate: null,
  }
  if (device.instance === null || again) return tokenCodeStep(registering)
  return { screen: { kind: 'confirm-replacement', loginId }, memory: registering }
}

export function tokenCodeStep(memory: Registering): Step {
  const { loginId, code12 } = memory
  return { screen: { kind: 'authentication-code', loginId, code12 }, memory }
}

const secondsToConfirm = 90

export async function actTwoSeen(
  { now }: DeviceParts,
  memory: Registering,
  device: StoredDevice,
  { handle, seed, digest }: ReadingOf<'activation-two'>,
): Promise<Step> {
  const { factoryKey, bankCode, serial } = device
  const facts = { bankCode, serial, instance: handle, nonce: memory.nonce, seed }
  const keys = await instanceKeys(factoryKey, facts, 'device')
  const candidate: Candidate = {
    instance: { handle, loginId: memory.loginId, ...keys, last: null },
    code8: await transactionCode(keys.mac, digest),
    until: now() + secondsToConfirm * 1000,
  }
  return codeStep('registration-code', { ...memory, candidate }, candidate, now())
}

type CodeKind = 'registration-code' | 'confirm-registration'

export function codeStep(
  kind: CodeKind,
  memory: Registering,
  { code8, until }: Candidate,
  now: number,
): Step {
  const secondsLeft = Math.ceil((until - now) / 1000)
  return { screen: { kind, loginId: memory.loginId, code8, secondsLeft }, memory }
}

/** What time alone does: the seconds go by, and at the ninetieth the registration is cancelled. */
export function onTime(step: Step, now: number): Step {
  const { screen, memory } = step
  if (screen.kind !== 'registration-code' && screen.kind !== 'confirm-registration') return step
  if (memory.doing !== 'registering' || memory.candidate === null) return step
  if (now >= memory.candidate.until) {
    return { screen: { kind: 'message', code: 'E012' }, memory: { doing: 'nothing' } }
  }
  const next = codeStep(screen.kind, memory, memory.candidate, now)
  return 'secondsLeft' in next.screen && next.screen.secondsLeft === screen.secondsLeft
    ? step
    : next
}

/** The second press: from now on the device signs as the new instance, and only as that. */
export async function committed(parts: DeviceParts, { instance }: Candidate): Promise<Step> {
  const device = await parts.store.load()
  if (device === null) return home(parts) // wiped in between
  await parts.store.save({ ...device, instance })
  return { screen: { kind: 'activated' }, memory: { doing: 'nothing' } }
}
