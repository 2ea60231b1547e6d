/**
 * トランザクション認証 — the part of every order's 内容確認 that has its content signed: the 2D code,
 * what the device will show of it, and the field for the 8 digits. It stands inside the page's form:
 *
 *     const typed = textIn(form, 'transactionCode')
 *     const fault = digitsFault(typed, 8) // digits.ts; given to the card, and nothing is sent
 *
 * The card leads to its field when the code was refused, and the page when there is a fault.
 */
import { useEffect, useState } from 'react'
import type { Challenge } from '#kit/challenge.ts'
import type { TagName, TemplateName } from '#kit/ctp1/fields.ts'
import { classes } from './classes.ts'
import { CodeInput } from './code-input.tsx'
import { CodePlace } from './code-place.tsx'
import type { digitsFault } from './digits.ts'
import { Card } from './page.tsx'
import { Notice } from './signs.tsx'
import {
  endsCode,
  signedText,
  useSaySignatureRefusal,
  useSignatureMessages,
} from './signature-words.ts'

export interface SignatureCardProps {
  readonly challenge: Challenge
  /** Of the field; also its id. */
  readonly name: string
  /** What the last call was answered with. Said here only if it is a refusal of the signature. */
  readonly error?: unknown
  readonly fault?: ReturnType<typeof digitsFault>
  /** 「二次元コードを再表示」 */
  readonly onRenew: () => void
  readonly renewing?: boolean
  /** Where an order has a better word for a field. */
  readonly labels?: Partial<Readonly<Record<TagName, string>>>
}

export function SignatureCard(card: SignatureCardProps) {
  const { challenge, name, fault = null, onRenew, renewing = false, labels = {} } = card
  const words = useSignatureMessages()
  const error = useErrorOf(challenge, card.error)
  const said = useSaySignatureRefusal()(error)
  const over = useOver(challenge, endsCode(error) ? said : null)
  const refused = over === said ? null : said
  useFocusOn(name, fault === null ? refused : null, error)
  return (
    <Card title={words.title}>
      <p className="mb-5">{words.how}</p>
      <div className="code-and-fields">
        <div>
          <CodePlace scan={challenge} over={over} onRenew={onRenew} renewing={renewing} />
        </div>
        <div className="flex flex-col gap-5">
          <DeviceShows challenge={challenge} labels={labels} />
          <CodeInput
            key={challenge.id}
            name={name}
            label={words.transactionCode}
            digits={8}
            hint={words.transactionCodeHint}
            error={(fault === null ? refused : words.typed[fault]) ?? undefined}
          />
          <Notice look="warning" title={words.never}>
            <p>{words.neverWhy}</p>
          </Notice>
        </div>
      </div>
    </Card>
  )
}

type Shows = Pick<SignatureCardProps, 'challenge'> & {
  readonly labels: NonNullable<SignatureCardProps['labels']>
}

/** 端末に表示される内容, in the order of the device's screens. */
function DeviceShows({ challenge, labels }: Shows) {
  const words = useSignatureMessages()
  const template = words.templates[challenge.template as TemplateName] ?? challenge.template
  return (
    <section aria-label={words.shown}>
      <h3 className="font-bold">{words.shown}</h3>
      <p className="text-sm">{words.compare}</p>
      <p className="mb-2 text-sm font-bold text-red-900">{words.differs}</p>
      <div className="device-screen">
        <p className="mb-1 border-b border-brand-800 pb-1 font-bold text-brand-900">{template}</p>
        <dl className="flex flex-col gap-1">
          {challenge.shows.map((field, at) => (
            <div key={at} className="flex flex-wrap items-baseline justify-between gap-x-4">
              <dt className="text-sm text-ink-soft">
                {labels[field.tag as TagName] ?? words.fields[field.tag as TagName] ?? field.tag}
              </dt>
              <dd className={classes('figures font-bold', isMoney(field.tag) && 'text-lg')}>
                {signedText(words, field)}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}

function isMoney(tag: string): boolean {
  return (['amount', 'total', 'currency-amount'] as string[]).includes(tag)
}

/** An answer belongs to the code that it was given for, and says nothing about the next one. */
function useErrorOf({ id }: Challenge, error: unknown): unknown {
  const [noted, note] = useState({ error, id })
  if (noted.error !== error) note({ error, id })
  return noted.id === id ? error : null
}

/** A code that is over stays so, also when a new one is refused. */
function useOver({ id }: Challenge, said: string | null): string | null {
  const [noted, note] = useState({ id, said })
  if (noted.id !== id || (said !== null && noted.said !== said)) note({ id, said })
  return noted.id === id ? noted.said : null
}

/** The refused digits are marked, so that typing replaces them. Of a fault the form speaks. */
function useFocusOn(name: string, refused: string | null, error: unknown): void {
  useEffect(() => {
    if (refused === null) return
    const field = document.getElementById(name) as HTMLInputElement | null
    field?.focus()
    field?.select()
  }, [name, refused, error])
}
