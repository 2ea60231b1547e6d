/** The buttons of the device: what right and left make of each screen. */
import { fieldsStep } from './device-camera.ts'
import { committed, tokenCodeStep } from './device-registration.ts'
import type { Screen } from './device-screens.ts'
import {
  home,
  type Candidate,
  type DeviceParts,
  type Registering,
  type Signing,
  type Step,
} from './device-steps.ts'
import { tokenCodeOf } from './message.ts'
import { transactionCode } from './transaction.ts'

export type Button = 'left' | 'centre' | 'right'

/** The centre button, pressed shortly, only chooses in the menu. */
export function pressed(parts: DeviceParts, step: Step, button: Button): Promise<Step> | Step {
  if (step.screen.kind === 'message') return afterMessage(parts, step)
  if (button === 'left') return left(parts, step)
  if (button === 'right' || step.screen.kind === 'menu') return right(parts, step)
  return step
}

/** Back to the camera that complained; a cancelled registration begins anew. */
function afterMessage(parts: DeviceParts, step: Step): Promise<Step> | Step {
  if (step.screen.kind === 'message' && step.screen.code === 'E012') return home(parts)
  return at(step, { kind: step.memory.doing === 'registering' ? 'camera-two' : 'camera' })
}

function right(parts: DeviceParts, step: Step): Promise<Step> | Step {
  const { screen } = step
  switch (screen.kind) {
    case 'dp002':
    case 'ready':
      return at(step, { kind: 'camera' })
    case 'confirm-replacement':
      return tokenCodeStep(registeringOf(step))
    case 'authentication-code':
      return at(step, { kind: 'help', page: 1, pages: 2 })
    case 'help':
      return at(
        step,
        screen.page === 1 ? { kind: 'help', page: 2, pages: 2 } : { kind: 'camera-two' },
      )
    case 'registration-code':
      return at(step, { ...screen, kind: 'confirm-registration' })
    case 'confirm-registration':
      return committed(parts, candidateOf(step))
    case 'fields':
      return screen.page < screen.pages
        ? fieldsStep(signingOf(step), screen.page + 1)
        : codeOf(parts, step)
    case 'activated':
    case 'transaction-code':
      return home(parts)
    case 'menu':
      return tokenInfo(parts, step)
    case 'off':
    case 'blank':
    case 'camera':
    case 'camera-two':
    case 'token-info':
    case 'message':
      return step
  }
}

function left(parts: DeviceParts, step: Step): Promise<Step> | Step {
  const { screen } = step
  switch (screen.kind) {
    case 'camera':
    case 'confirm-replacement':
    case 'menu':
      return home(parts)
    case 'help':
      return screen.page === 1
        ? tokenCodeStep(registeringOf(step))
        : at(step, { kind: 'help', page: 1, pages: 2 })
    case 'camera-two':
      return at(step, { kind: 'help', page: 2, pages: 2 })
    case 'confirm-registration':
      return at(step, { ...screen, kind: 'registration-code' })
    case 'fields':
      return screen.page > 1 ? fieldsStep(signingOf(step), screen.page - 1) : home(parts)
    case 'transaction-code':
      return fieldsStep(signingOf(step), signingOf(step).pages.length)
    case 'token-info':
      return at(step, { kind: 'menu' })
    case 'off':
    case 'blank':
    case 'dp002':
    case 'ready':
    case 'authentication-code':
    case 'registration-code':
    case 'activated':
    case 'message':
      return step
  }
}

function at(step: Step, screen: Screen): Step {
  return { ...step, screen }
}

/** The code is made only now, when the last page was seen and left by the right button (A4). */
async function codeOf(parts: DeviceParts, step: Step): Promise<Step> {
  const { digest, template } = signingOf(step)
  const device = await parts.store.load()
  if (!device?.instance) return home(parts) // wiped in between
  const code8 = await transactionCode(device.instance.mac, digest)
  return at(step, { kind: 'transaction-code', template, code8 })
}

/** トークンコード, which a second user of the device picks in a list (共用). */
async function tokenInfo(parts: DeviceParts, step: Step): Promise<Step> {
  const device = await parts.store.load()
  if (device === null) return home(parts)
  const { serial, bankCode, software, instance } = device
  const tokenCode = instance ? tokenCodeOf(instance.handle) : null
  return at(step, { kind: 'token-info', serial, bankCode, software, tokenCode })
}

function registeringOf({ screen, memory }: Step): Registering {
  if (memory.doing !== 'registering') throw new Error(`${screen.kind} without a registration`)
  return memory
}

function candidateOf(step: Step): Candidate {
  const { candidate } = registeringOf(step)
  if (candidate === null) throw new Error(`${step.screen.kind} before ACT2`)
  return candidate
}

function signingOf({ screen, memory }: Step): Signing {
  if (memory.doing !== 'signing') throw new Error(`${screen.kind} without a transaction`)
  return memory
}
