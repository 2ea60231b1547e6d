/** What stands between the title and the buttons' names on the device's screen. */
import type { ReactNode } from 'react'
import type { Screen } from '#kit/ctp1/device-screens.ts'
import { classes } from '#ui/classes.ts'
import { grouped, lineOf } from './figures.ts'
import { buildName } from './offline.ts'
import { useWords } from './words.ts'

/** Of every screen that is neither off nor the camera. */
export function Content({ screen }: { readonly screen: Screen }) {
  const words = useWords().screen
  switch (screen.kind) {
    case 'off':
    case 'camera':
    case 'camera-two':
      return null
    case 'blank':
      return <Says>{words.blank.says}</Says>
    case 'dp002':
      return <Says mark="[DP002]">{words.dp002.says}</Says>
    case 'ready':
      return <Says>{words.ready.says}</Says>
    case 'confirm-replacement':
      return (
        <Says mark="[E017]">
          <LoginId>{screen.loginId}</LoginId>
          {words.replacement.says}
        </Says>
      )
    case 'authentication-code':
      return (
        <Code digits={screen.code12} loginId={screen.loginId}>
          {words.authenticationCode.says}
        </Code>
      )
    case 'help':
      return <Says>{words.help.page[screen.page]}</Says>
    case 'registration-code':
      return (
        <Code digits={screen.code8} loginId={screen.loginId}>
          {words.registration.says}
        </Code>
      )
    case 'confirm-registration':
      return (
        <Code digits={screen.code8} loginId={screen.loginId}>
          [E011] {words.confirmation.says}
        </Code>
      )
    case 'activated':
      return (
        <Says mark="The device is activated." isEnglish>
          {words.activated.says}
        </Says>
      )
    case 'fields':
      return <Fields fields={screen.fields} />
    case 'transaction-code':
      return <Code digits={screen.code8}>{words.transactionCode.says}</Code>
    case 'menu':
      return <p className="lcd-choice">▶ {words.menu.info}</p>
    case 'token-info':
      return <TokenInfo info={screen} />
    case 'message':
      return <Says mark={`[${screen.code}]`}>{words.errors[screen.code]}</Says>
  }
}

interface SaysProps {
  /** As it stands in the guide, whatever the language. */
  readonly mark?: string
  readonly isEnglish?: boolean
  readonly children: ReactNode
}

function Says({ mark, isEnglish = false, children }: SaysProps) {
  return (
    <div className="lcd-says">
      {mark !== undefined && (
        <p className="lcd-mark" lang={isEnglish ? 'en' : undefined}>
          {mark}
        </p>
      )}
      <div>{children}</div>
    </div>
  )
}

interface CodeProps {
  readonly digits: string
  readonly loginId?: string
  readonly children: ReactNode
}

function Code({ digits, loginId, children }: CodeProps) {
  return (
    <div className="lcd-says">
      {loginId !== undefined && <LoginId>{loginId}</LoginId>}
      <p className={classes('lcd-code figures', digits.length > 8 && 'is-long')} data-code={digits}>
        {grouped(digits)}
      </p>
      <p className="lcd-small">{children}</p>
    </div>
  )
}

function LoginId({ children }: { readonly children: string }) {
  const { tags } = useWords()
  return (
    <p className="lcd-small">
      {tags['login-id']} <strong>{children}</strong>
    </p>
  )
}

function Fields({ fields }: Pick<Extract<Screen, { kind: 'fields' }>, 'fields'>) {
  const words = useWords()
  return (
    <dl className="lcd-fields">
      {fields.map((field, at) => {
        const { name, value, look } = lineOf(field, words)
        return (
          // Two lines may have one name; their order is the message's and never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={at} className={`is-${look}`}>
            <dt>{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        )
      })}
    </dl>
  )
}

function TokenInfo({ info }: { readonly info: Extract<Screen, { kind: 'token-info' }> }) {
  const words = useWords().screen.info
  const facts = [
    [words.serial, grouped(info.serial)],
    [words.tokenCode, info.tokenCode ?? words.noTokenCode],
    [words.bankCode, info.bankCode],
    [words.kind, info.software ? words.software : words.hardware],
    [words.build, buildName()],
  ] as const
  return (
    <dl className="lcd-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
