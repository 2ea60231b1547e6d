/** The hardware — case, screen and three buttons, for fingers, mouse and keyboard. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { Button } from '#kit/ctp1/device-buttons.ts'
import { classes } from '#ui/classes.ts'
import { createFingers, type Fingers, type Pressing } from './long-press.ts'
import { useWords } from './words.ts'

export interface HardwareProps extends Pressing {
  /** The lamp beside the lens. */
  readonly filming: boolean
  readonly children: ReactNode // the screen
}

const buttons = ['left', 'centre', 'right'] as const

export function Hardware({ press, hold, filming, children }: HardwareProps) {
  const words = useWords()
  const [down, setDown] = useState<ReadonlySet<Button>>(new Set())
  const fingers = useFingers({ press, hold }, setDown)
  useKeys(fingers)
  return (
    <div className="token">
      <div className="token-head" aria-hidden="true">
        <span className={classes('token-lamp', filming && 'is-on')} />
        <span className="token-brand">CAMERA TOKEN</span>
        <span className="token-kind">SOFTWARE</span>
      </div>
      {children}
      <div className="token-buttons" role="group" aria-label={words.buttons.group}>
        {buttons.map((button) => (
          <HardButton
            key={button}
            button={button}
            isDown={down.has(button)}
            fingers={fingers}
            press={press}
          />
        ))}
      </div>
    </div>
  )
}

interface HardButtonProps extends Pick<HardwareProps, 'press'> {
  readonly button: Button
  readonly isDown: boolean
  readonly fingers: Fingers
}

function HardButton({ button, isDown, fingers, press }: HardButtonProps) {
  const words = useWords().buttons
  return (
    <button
      type="button"
      aria-label={words[button]}
      aria-describedby={button === 'centre' ? 'hold-hint' : undefined}
      data-button={button}
      data-down={isDown || undefined}
      className={classes('token-button', `is-${button}`)}
      onPointerDown={(event) => event.button === 0 && fingers.down(button)}
      onPointerUp={() => fingers.up(button)}
      onPointerLeave={() => fingers.cancel(button)}
      onPointerCancel={() => fingers.cancel(button)}
      onContextMenu={(event) => event.preventDefault()}
      onClick={({ detail }) => {
        // A screen reader or a voice presses without a finger; keys are heard by `useKeys`.
        if (detail === 0) press(button)
      }}
    >
      <ButtonSign button={button} />
    </button>
  )
}

function ButtonSign({ button }: { readonly button: Button }) {
  const path = {
    left: 'M15 5 8 12l7 7',
    centre: 'M12 4v8M7.5 7a7 7 0 1 0 9 0',
    right: 'm9 5 7 7-7 7',
  }[button]
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

/** Keeps what is pressed, for the eye, beside what it means. */
function useFingers(
  pressing: Pressing,
  show: (change: (down: ReadonlySet<Button>) => ReadonlySet<Button>) => void,
): Fingers {
  const latest = useRef(pressing)
  useEffect(() => {
    latest.current = pressing
  }, [pressing])
  return useMemo(() => {
    const fingers = createFingers({
      press: (button) => latest.current.press(button),
      hold: (buttons) => latest.current.hold(buttons),
    })
    const without = (button: Button) => (down: ReadonlySet<Button>) =>
      new Set([...down].filter((one) => one !== button))
    return {
      down(button) {
        show((down) => new Set([...down, button]))
        fingers.down(button)
      },
      up(button) {
        show(without(button))
        fingers.up(button)
      },
      cancel(button) {
        show(without(button))
        fingers.cancel(button)
      },
    }
  }, [show])
}

/** ← Enter → press the buttons from anywhere, but where a field or another button has the focus. */
function useKeys(fingers: Fingers): void {
  useEffect(() => {
    const held = new Map<string, Button>() // by key, so that letting go is of the same button
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat && held.has(event.key)) return event.preventDefault()
      const button = buttonOf(event)
      if (button === null) return
      event.preventDefault()
      held.set(event.key, button)
      fingers.down(button)
    }
    const onKeyUp = (event: KeyboardEvent) => {
      const button = held.get(event.key)
      if (button === undefined) return
      event.preventDefault() // else the space bar would click, too
      held.delete(event.key)
      fingers.up(button)
    }
    const onBlur = () => {
      for (const button of held.values()) fingers.cancel(button)
      held.clear()
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', onBlur)
    return () => {
      onBlur()
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', onBlur)
    }
  }, [fingers])
}

const arrows: Readonly<Record<string, Button>> = { ArrowLeft: 'left', ArrowRight: 'right' }

function buttonOf({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent): Button | null {
  if (altKey || ctrlKey || metaKey || !(target instanceof Element)) return null
  if (target.closest('input, textarea, select, dialog')) return null
  if (key in arrows) return arrows[key]!
  if (key !== 'Enter' && key !== ' ') return null
  const focused = target.closest<HTMLElement>('button, a, summary, label')
  if (focused === null) return 'centre'
  return (focused.dataset['button'] as Button | undefined) ?? null
}
