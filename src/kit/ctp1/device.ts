/**
 * カメラ付きトークン — the device as a machine with three buttons, a camera and a screen, without any of
 * them: whatever renders `screen` and calls `press`, `hold`, `see` and `tick` is a device (A6).
 *
 *   off ──hold centre──▶ dp002 ──right──▶ camera ──ACT1──▶ authentication-code ──right──▶ help 1 ──▶ help 2
 *                          ▲                                                                  │
 *                  E012, 90 s later                                                         right
 *                          │                                                                  ▼
 *   activated ◀──right── confirm-registration ◀──right── registration-code ◀──ACT2─── camera-two
 *
 *   off ──hold centre──▶ ready ──right──▶ camera ──TX──▶ fields 1 … n ──right──▶ transaction-code
 *
 * Left goes back. Holding the centre again switches off from everywhere; what is not in the store
 * is then forgotten. Left and centre held together open the menu. Actions run one after the other,
 * and each resolves when its screen stands; one that the store fails rejects and changes nothing.
 */
import { pressed, type Button } from './device-buttons.ts'
import { seen } from './device-camera.ts'
import { onTime } from './device-registration.ts'
import type { Screen } from './device-screens.ts'
import { home, off, type DeviceParts, type Step } from './device-steps.ts'

export interface Device {
  /** The same object until it changes. */
  readonly screen: Screen
  /** @returns the end of it */
  subscribe(listener: () => void): () => void
  press(button: Button): Promise<void>
  /** A long press: the power, or the menu. */
  hold(buttons: 'centre' | 'left+centre'): Promise<void>
  /** The camera read a 2D code; nothing happens while it is not on. */
  see(text: string): Promise<void>
  /** To be called several times a second while a screen counts down. */
  tick(): Promise<void>
  /** Forgets serial, keys and instance for good, and switches off. */
  wipe(): Promise<void>
}

export function createDevice(parts: DeviceParts): Device {
  let step: Step = off
  let queue: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  /** Time is asked first: the second press may come too late without any tick before it. */
  function inTurn(action: (step: Step, isOver: boolean) => Promise<Step> | Step): Promise<void> {
    const done = after(queue, async () => {
      const timed = onTime(step, parts.now())
      const isOver = timed.screen.kind === 'message' && timed !== step
      show(await action(timed, isOver))
    })
    queue = done.catch(() => undefined) // whoever acted is told; the next action is another's
    return done
  }

  function show(next: Step): void {
    const isNew = next.screen !== step.screen
    step = next
    if (isNew) for (const listener of listeners) listener()
  }

  return {
    get screen() {
      return step.screen
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    press: (button) => inTurn((step, isOver) => (isOver ? step : pressed(parts, step, button))),
    hold: (buttons) => inTurn((step) => held(parts, step, buttons)),
    see: (text) => inTurn((step) => seen(parts, step, text)),
    tick: () => inTurn((step) => step),
    wipe: () =>
      inTurn(async () => {
        await parts.store.wipe()
        return off
      }),
  }
}

async function after(former: Promise<void>, action: () => Promise<void>): Promise<void> {
  await former
  await action()
}

/** The menu opens where nothing is under way that it could interrupt. */
async function held(
  parts: DeviceParts,
  step: Step,
  buttons: 'centre' | 'left+centre',
): Promise<Step> {
  const { kind } = step.screen
  if (buttons === 'centre') return kind === 'off' ? home(parts) : off
  if (kind !== 'off' && kind !== 'dp002' && kind !== 'ready') return step
  const rest = await home(parts)
  return rest.screen.kind === 'blank' ? rest : { ...rest, screen: { kind: 'menu' } }
}
