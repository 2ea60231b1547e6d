/** The screen — 320 by 240 as in the hardware: title, content, and what the buttons do next. */
import type { ReactNode } from 'react'
import type { Screen } from '#kit/ctp1/device-screens.ts'
import type { ja } from './messages.ja.ts'
import { Content } from './lcd-content.tsx'
import { useWords } from './words.ts'

export interface LcdProps {
  readonly screen: Screen
  /** The viewfinder, while the device's camera is on. */
  readonly film: ReactNode
}

export function Lcd({ screen, film }: LcdProps) {
  const words = useWords()
  if (screen.kind === 'off') {
    return (
      <section className="lcd is-off" aria-label={words.screen.label}>
        <p className="sr-only" role="status">
          {words.screen.off}
        </p>
      </section>
    )
  }
  const soft = softKeys(screen, words.screen.soft)
  const isCamera = screen.kind === 'camera' || screen.kind === 'camera-two'
  return (
    <section className="lcd" data-screen={screen.kind} aria-label={words.screen.label}>
      <div className="lcd-whole" role="status">
        <div className="lcd-title">
          <h2>{titleOf(screen, words)}</h2>
          {(screen.kind === 'fields' || screen.kind === 'help') && (
            <span className="figures">{words.screen.page(screen.page, screen.pages)}</span>
          )}
        </div>
        <div className="lcd-content">{isCamera ? film : <Content screen={screen} />}</div>
      </div>
      {'secondsLeft' in screen && <Countdown seconds={screen.secondsLeft} />}
      <div className="lcd-soft">
        <span>{soft.left && `◀ ${soft.left}`}</span>
        <span>{soft.centre && `● ${soft.centre}`}</span>
        <span>{soft.right && `${soft.right} ▶`}</span>
      </div>
    </section>
  )
}

/** Apart from what is read out: nobody wants to hear ninety numbers. */
function Countdown({ seconds }: { readonly seconds: number }) {
  const words = useWords().screen
  return (
    <div className="lcd-countdown">
      <span className="figures">{words.seconds(seconds)}</span>
      <progress max={90} value={seconds} aria-hidden="true" />
    </div>
  )
}

function titleOf(screen: Screen, { screen: words, templates }: typeof ja): string {
  switch (screen.kind) {
    case 'off':
      return words.off
    case 'blank':
      return words.blank.title
    case 'dp002':
      return words.dp002.title
    case 'ready':
      return words.ready.title
    case 'camera':
      return words.camera.title
    case 'camera-two':
      return words.camera.second
    case 'confirm-replacement':
      return words.replacement.title
    case 'authentication-code':
      return words.authenticationCode.title
    case 'help':
      return words.help.title
    case 'registration-code':
      return words.registration.title
    case 'confirm-registration':
      return words.confirmation.title
    case 'activated':
      return words.activated.title
    case 'fields':
      return templates[screen.template]
    case 'transaction-code':
      return `${templates[screen.template]} ${words.transactionCode.title}`
    case 'menu':
      return words.menu.title
    case 'token-info':
      return words.info.title
    case 'message':
      return words.errorTitle
  }
}

interface SoftKeys {
  readonly left?: string
  readonly centre?: string
  readonly right?: string
}

/** Over each button, what it does now. */
function softKeys(screen: Screen, words: typeof ja.screen.soft): SoftKeys {
  switch (screen.kind) {
    case 'off':
    case 'blank':
      return {}
    case 'dp002':
    case 'ready':
      return { right: words.read }
    case 'camera':
    case 'camera-two':
    case 'token-info':
      return { left: words.back }
    case 'confirm-replacement':
      return { left: words.no, right: words.yes }
    case 'authentication-code':
    case 'registration-code':
      return { right: words.next }
    case 'help':
      return { left: words.back, right: screen.page === screen.pages ? words.read : words.next }
    case 'confirm-registration':
      return { left: words.back, right: words.yes }
    case 'activated':
      return { right: words.done }
    case 'fields': {
      const isLast = screen.page === screen.pages
      return { left: words.back, right: isLast ? words.code : words.next }
    }
    case 'transaction-code':
      return { left: words.back, right: words.done }
    case 'menu':
      return { left: words.back, right: words.choose }
    case 'message':
      return { right: screen.code === 'E012' ? words.first : words.read }
  }
}
