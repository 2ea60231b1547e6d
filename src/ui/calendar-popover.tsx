/** The calendar beside a date field; loaded when it is first opened. */
import { parseDate, type CalendarDate } from '@internationalized/date'
import type { RefObject } from 'react'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Dialog,
  Heading,
  I18nProvider,
  Popover,
} from 'react-aria-components'
import { useLanguage, useUiMessages } from './language.tsx'

export interface CalendarPopoverProps {
  readonly trigger: RefObject<HTMLButtonElement | null>
  readonly label: string
  readonly chosen: string | null
  readonly min: string | undefined
  readonly max: string | undefined
  readonly unavailable: ((isoDay: string) => boolean) | undefined
  readonly onChoice: (isoDay: string) => void
  readonly onClose: () => void
}

export function CalendarPopover(props: CalendarPopoverProps) {
  const { language } = useLanguage()
  const words = useUiMessages()
  const { unavailable } = props
  return (
    <I18nProvider locale={language === 'ja' ? 'ja-JP' : 'en-US'}>
      <Popover
        isOpen
        triggerRef={props.trigger}
        placement="bottom end"
        onOpenChange={(open) => !open && props.onClose()}
        className="rounded-8 border border-solid-gray-420 bg-white p-4 shadow-2"
      >
        <Dialog aria-label={`${props.label} ${words.calendar}`}>
          <Calendar
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- a calendar that was asked for is where the user is
            autoFocus
            aria-label={props.label}
            value={props.chosen === null ? null : parseDate(props.chosen)}
            minValue={props.min === undefined ? null : parseDate(props.min)}
            maxValue={props.max === undefined ? null : parseDate(props.max)}
            {...(unavailable && {
              isDateUnavailable: (day: { toString: () => string }) => unavailable(day.toString()),
            })}
            onChange={(day: CalendarDate) => props.onChoice(day.toString())}
          >
            <header className="mb-2 flex items-center justify-between">
              <Button slot="previous" aria-label={words.previousMonth} className={stepLook}>
                ◀
              </Button>
              <Heading className="font-bold" />
              <Button slot="next" aria-label={words.nextMonth} className={stepLook}>
                ▶
              </Button>
            </header>
            <CalendarGrid>
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell className="p-1 text-sm">{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(day) => <CalendarCell date={day} className="calendar-cell figures" />}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </I18nProvider>
  )
}

const stepLook =
  'grid size-11 place-items-center rounded-6 text-brand-800 hover:bg-brand-50 disabled:text-solid-gray-300'
