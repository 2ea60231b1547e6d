/**
 * Fingers on the buttons — a short press counts when it is let go; holding the centre counts after
 * 800 ms, by itself for the power, with the left button for the menu. One finger, two, or keys.
 */
import type { Button } from '#kit/ctp1/device-buttons.ts'

export const longPressMilliseconds = 800

export interface Fingers {
  down(button: Button): void
  up(button: Button): void
  /** The finger slid away, or the window lost the keyboard. */
  cancel(button: Button): void
}

export interface Pressing {
  readonly press: (button: Button) => void
  readonly hold: (buttons: 'centre' | 'left+centre') => void
}

export function createFingers({ press, hold }: Pressing): Fingers {
  const down = new Set<Button>()
  const spent = new Set<Button>() // part of a long press: letting go means nothing more
  let timer: ReturnType<typeof setTimeout> | undefined

  function held(): void {
    for (const button of down) spent.add(button)
    hold(down.has('left') ? 'left+centre' : 'centre')
  }
  function leave(button: Button): boolean {
    if (button === 'centre') clearTimeout(timer)
    const counts = down.delete(button) && !spent.has(button)
    spent.delete(button)
    return counts
  }
  return {
    down(button) {
      if (down.has(button)) return // a key that repeats
      down.add(button)
      if (button === 'centre') timer = setTimeout(held, longPressMilliseconds)
    },
    up(button) {
      if (leave(button)) press(button)
    },
    cancel(button) {
      leave(button)
    },
  }
}
