/** The camera of the device: what a 2D code makes of the screen. */
import { readAtDevice, type Reading } from './device-reading.ts'
import { actOneSeen, actTwoSeen } from './device-registration.ts'
import type { StoredDevice } from './device-screens.ts'
import { complaint, home, type DeviceParts, type Signing, type Step } from './device-steps.ts'
import { displayPages } from './fields.ts'

/** Stays where it is for a 2D code that is none of ours, and while no camera is on. */
export async function seen(parts: DeviceParts, step: Step, text: string): Promise<Step> {
  if (step.screen.kind !== 'camera' && step.screen.kind !== 'camera-two') return step
  const device = await parts.store.load()
  if (device === null) return home(parts) // wiped in between
  const nonce = step.memory.doing === 'registering' ? step.memory.nonce : null

  const read = await readAtDevice(text, device, nonce)
  if (!read.granted) return read.reason === 'not-ctp1' ? step : complaint(step, read.reason)
  const next = await accepted(parts, step, device, read.value)
  await parts.store.save(remembering(device, read.value)) // before anything is shown (A7)
  return next
}

function accepted(
  parts: DeviceParts,
  step: Step,
  device: StoredDevice,
  reading: Reading,
): Promise<Step> | Step {
  if (reading.type === 'activation-one') return actOneSeen(parts, step, device, reading)
  if (reading.type === 'transaction') return fieldsStep(signingOf(reading), 1)
  if (step.memory.doing !== 'registering') throw new Error('ACT2 was opened without a nonce')
  return actTwoSeen(parts, step.memory, device, reading)
}

function remembering(device: StoredDevice, { type, seen }: Reading): StoredDevice {
  if (type !== 'transaction') return { ...device, lastActivation: seen }
  if (device.instance === null) throw new Error('a transaction was opened without an instance')
  return { ...device, instance: { ...device.instance, last: seen } }
}

function signingOf({ content, digest }: Extract<Reading, { type: 'transaction' }>): Signing {
  return { doing: 'signing', template: content.template, pages: displayPages(content), digest }
}

export function fieldsStep(memory: Signing, page: number): Step {
  const { template, pages } = memory
  const fields = pages[page - 1]!
  return { screen: { kind: 'fields', template, fields, page, pages: pages.length }, memory }
}
