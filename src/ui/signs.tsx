/** Small signs: states, notices, an empty list, how far something is, which step one is at. */
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { useUiMessages } from './language.tsx'

const badgeLooks = {
  unread: 'border-red-900 bg-red-900 text-white', // 未読
  important: 'border-red-900 bg-white text-red-900', // 重要
  waiting: 'border-orange-900 bg-orange-50 text-orange-1000', // 承認待ち
  done: 'border-green-900 bg-green-50 text-green-900',
  refused: 'border-red-900 bg-red-50 text-red-900',
  neutral: 'border-solid-gray-600 bg-white text-ink',
}
export type BadgeLook = keyof typeof badgeLooks

export function Badge({
  look,
  children,
}: {
  readonly look: BadgeLook
  readonly children: ReactNode
}) {
  const form = look === 'unread' || look === 'important' ? 'rounded-4' : 'rounded-full'
  return (
    <span
      className={classes(
        'inline-block border px-2 text-xs/5 font-bold whitespace-nowrap',
        form,
        badgeLooks[look],
      )}
    >
      {children}
    </span>
  )
}

const noticeLooks = {
  info: 'border-brand-800 bg-brand-50',
  success: 'border-green-800 bg-green-50',
  warning: 'border-yellow-700 bg-yellow-50',
  error: 'border-red-900 bg-red-50',
}

export interface NoticeProps {
  readonly look: keyof typeof noticeLooks
  readonly title?: string
  /** Read out at once when it appears. Not for what stands on the screen from the start. */
  readonly announced?: boolean
  readonly children?: ReactNode
}

export function Notice({ look, title, announced = false, children }: NoticeProps) {
  const words = useUiMessages()
  const role = look === 'error' ? 'alert' : 'status'
  return (
    <div
      {...(announced && { role })}
      className={classes('rounded-8 border border-s-8 px-4 py-3', noticeLooks[look])}
    >
      <p className={classes('font-bold', title === undefined && 'sr-only')}>
        {title ?? words.notice[look]}
      </p>
      {children}
    </div>
  )
}

export function EmptyState({ children }: { readonly children: ReactNode }) {
  return <p className="rounded-8 bg-solid-gray-50 px-4 py-6 text-center">{children}</p>
}

export interface ProgressProps {
  readonly label: string
  /** From 0 to 1; null while it is not known. */
  readonly done: number | null
  /** Said beside the bar, e.g. 「12,000 / 250,000件」. */
  readonly detail?: string
}

export function Progress({ label, done, detail }: ProgressProps) {
  const percent = done === null ? null : Math.floor(Math.min(Math.max(done, 0), 1) * 100)
  return (
    <div>
      <div className="flex justify-between gap-4" aria-hidden="true">
        <span>{label}</span>
        <span className="figures">{detail ?? (percent === null ? '' : `${percent}%`)}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuetext={detail}
        {...(percent !== null && {
          'aria-valuenow': percent,
          'aria-valuemin': 0,
          'aria-valuemax': 100,
        })}
        className="mt-1 h-3 overflow-hidden rounded-4 bg-solid-gray-100"
      >
        <div
          className={classes('h-full bg-brand-800', percent === null && 'w-1/3 animate-pulse')}
          {...(percent !== null && { style: { width: `${percent}%` } })}
        />
      </div>
    </div>
  )
}

/** While a part of the screen is on its way. Nothing flashes when it comes at once. */
export function Loading() {
  const words = useUiMessages()
  return (
    <p role="status" className="px-4 py-6 text-center text-ink-soft">
      {words.loading}
    </p>
  )
}

export interface StepIndicatorProps {
  readonly steps: readonly string[]
  /** Index of the step that the screen shows. */
  readonly at: number
}

/** Which of the steps of an order the screen shows. On a phone only this one has its name. */
export function StepIndicator({ steps, at }: StepIndicatorProps) {
  const words = useUiMessages()
  return (
    <ol aria-label={words.steps} className="not-printed flex gap-2">
      {steps.map((name, index) => (
        <li
          key={name}
          {...(index === at && { 'aria-current': 'step' as const })}
          className={classes(
            'flex items-center gap-2 border-b-4 pb-2',
            index === at ? 'flex-1' : 'sm:flex-1',
            index <= at ? 'border-brand-800' : 'border-solid-gray-200',
          )}
        >
          <span
            className={classes(
              'figures grid size-8 flex-none place-items-center rounded-full text-sm',
              index <= at ? 'bg-brand-800 text-white' : 'bg-solid-gray-100',
            )}
          >
            {index + 1}
          </span>
          <span className={classes(index === at ? 'font-bold text-brand-800' : 'max-sm:sr-only')}>
            {name}
            {index < at && <span className="sr-only">（{words.stepDone}）</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
