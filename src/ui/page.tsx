/** The frame of a screen: one h1 equal to its menu word, cards below, the 画面ID at the foot. */
import { useEffect, useRef, type ReactNode } from 'react'
import { bankName } from './bank.ts'
import { classes } from './classes.ts'
import { useLanguage, useUiMessages } from './language.tsx'

export interface PageProps {
  readonly title: string
  /** 画面ID, quoted to the help desk. */
  readonly screenId: string
  readonly lead?: ReactNode
  /** Beside the heading, e.g. 印刷. */
  readonly actions?: ReactNode
  readonly width?: 'usual' | 'narrow'
  readonly children: ReactNode
}

export function Page({ title, screenId, lead, actions, width = 'usual', children }: PageProps) {
  const words = useUiMessages()
  const { language } = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} | ${bankName(language)}`
  }, [title, language])
  useEffect(() => {
    // A new screen is announced and read from its heading; the first one is left to the browser.
    if (arrivedBefore) heading.current?.focus({ preventScroll: true })
    arrivedBefore = true
  }, [screenId])
  return (
    <main
      id="main"
      tabIndex={-1}
      className={classes(
        'mx-auto w-full px-4 py-6 sm:px-6',
        width === 'narrow' ? 'max-w-3xl' : 'max-w-7xl',
      )}
    >
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 ref={heading} tabIndex={-1} className="text-2xl font-bold">
          {title}
        </h1>
        {actions !== undefined && <div className="not-printed flex flex-wrap gap-2">{actions}</div>}
      </div>
      {lead !== undefined && <div className="mb-5">{lead}</div>}
      <div className="flex flex-col gap-6">{children}</div>
      <p className="figures mt-6 text-end text-xs text-ink-soft">
        {words.screenId} {screenId}
      </p>
    </main>
  )
}

let arrivedBefore = false

export interface CardProps {
  readonly title: string
  /** At the right of the heading, e.g. a link to more. */
  readonly aside?: ReactNode
  readonly className?: string
  /** Each new value brings view and focus here: an answer below the form that asked for it. */
  readonly arrived?: number | undefined
  readonly children: ReactNode
}

/** A white card whose heading carries the navy bar. */
export function Card({ title, aside, className, arrived, children }: CardProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!arrived) return
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'start' })
  }, [arrived])
  return (
    <section className={classes('rounded-12 border border-line bg-white', className)}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-3 sm:px-5">
        <h2
          ref={heading}
          tabIndex={arrived === undefined ? undefined : -1}
          className="scroll-mt-6 border-s-4 border-brand-800 ps-3 text-lg font-bold"
        >
          {title}
        </h2>
        {aside !== undefined && <div className="not-printed">{aside}</div>}
      </div>
      <div className="px-4 py-4 sm:px-5 sm:py-5">{children}</div>
    </section>
  )
}

/** On a phone name and value share a line. */
const denseFact =
  'min-w-0 max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:text-end'

interface FactsProps {
  readonly facts: readonly (readonly [string, ReactNode])[]
  /** In columns, above a list that matters more. */
  readonly dense?: boolean
}

/** Facts in pairs: 項目 and its value. */
export function Facts({ facts, dense = false }: FactsProps) {
  return (
    <dl
      className={
        dense
          ? 'grid gap-x-6 gap-y-1 rounded-8 bg-solid-gray-50 p-4 sm:grid-cols-2 sm:gap-y-3 lg:grid-cols-4'
          : 'divide-y divide-line border-y border-line'
      }
    >
      {facts.map(([name, value]) => (
        <div
          key={name}
          className={dense ? denseFact : 'grid gap-x-4 py-3 sm:grid-cols-[14rem_1fr]'}
        >
          <dt
            className={classes(
              'flex-none text-sm font-bold text-ink-soft',
              !dense && 'sm:text-base',
            )}
          >
            {name}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Buttons at the foot of a form; the step forward stands at the right, first on a phone. */
export function Actions({ children }: { readonly children: ReactNode }) {
  return (
    <div className="not-printed flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
      {children}
    </div>
  )
}
