/**
 * A line of balances, drawn as our own SVG. The same days stand in a table below it.
 *
 * One day is always picked: by mouse or finger, or with the arrow keys. For assistive technology
 * the figure is a slider over the days that speaks day and balance. Balances become numbers only
 * to find their place on the picture.
 */
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { dayText, yenText } from '#ui/format.ts'
import { useWords } from './words.ts'

export interface LineChartProps {
  readonly title: string
  readonly days: readonly { readonly day: string; readonly balance: string }[]
}

const height = 280
const top = 24
const bottom = 32
const end = 16

/** From where to where the line runs; as wide as its place, so that figures keep their size. */
interface Frame {
  readonly start: number
  readonly width: number
}

export function LineChart({ title, days }: LineChartProps) {
  const words = useWords()
  const [picked, setPicked] = useState(days.length - 1)
  const [place, width] = useWidth()
  const { x, y, ticks, start } = placing(days, width)
  const at = days[picked]!
  const spoken = words.linePoint(dayText(at.day), yenText(at.balance))

  const byKey = (event: KeyboardEvent) => {
    const to = target(event.key, picked, days.length)
    if (to === null) return
    event.preventDefault()
    setPicked(to)
  }
  const byPointer = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect()
    const along = (((event.clientX - left) / wide) * width - start) / (width - start - end)
    setPicked(within(Math.round(along * (days.length - 1)), days.length))
  }
  return (
    <figure className="m-0">
      <figcaption className="mb-1 font-bold">{title}</figcaption>
      <p className="not-printed mb-2 text-sm text-ink-soft">{words.lineHow}</p>
      <p className="figures mb-2 min-h-7 text-lg">{spoken}</p>
      <div
        ref={place}
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={picked}
        aria-valuetext={spoken}
        className="rounded-8"
        onKeyDown={byKey}
        onPointerMove={byPointer}
        onPointerDown={byPointer}
      >
        <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`} className="block h-auto w-full">
          {ticks.map((tick) => (
            <Tick
              key={tick}
              at={y(tick)}
              text={yenText(String(tick))}
              zero={tick === 0}
              frame={{ start, width }}
            />
          ))}
          <polyline
            points={days.map(({ balance }, place) => `${x(place)},${y(Number(balance))}`).join(' ')}
            fill="none"
            className="stroke-brand-800"
            strokeWidth="2.5"
            strokeLinejoin="round"
          />
          <line
            x1={x(picked)}
            x2={x(picked)}
            y1={top}
            y2={height - bottom}
            className="stroke-brand-800"
            strokeDasharray="4 4"
          />
          <circle cx={x(picked)} cy={y(Number(at.balance))} r="6" className="fill-brand-800" />
          <Label x={start} anchor="start" text={dayText(days[0]!.day)} />
          <Label x={width - end} anchor="end" text={dayText(days.at(-1)!.day)} />
        </svg>
      </div>
    </figure>
  )
}

/** Where the arrow keys lead; null for other keys. */
export function target(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(from - 1, count)
    case 'ArrowRight':
    case 'ArrowUp':
      return within(from + 1, count)
    case 'PageDown':
      return within(from - 7, count)
    case 'PageUp':
      return within(from + 7, count)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

function within(place: number, count: number): number {
  return Math.min(Math.max(place, 0), count - 1)
}

/** The width of the place in pixels; a usual one until it is known, and on paper. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(800)
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry!.contentRect.width > 0) setWidth(Math.round(entry!.contentRect.width))
    })
    observer.observe(place.current!)
    return () => observer.disconnect()
  }, [])
  return [place, width] as const
}

function placing(days: LineChartProps['days'], width: number) {
  const ticks = ticksFor(days.map(({ balance }) => Number(balance)))
  const low = ticks[0]!
  const start = Math.max(...ticks.map((tick) => yenText(String(tick)).length)) * 8 + 16
  const span = ticks.at(-1)! - low || 1
  const x = (place: number) =>
    start + (place / Math.max(days.length - 1, 1)) * (width - start - end)
  const y = (balance: number) =>
    height - bottom - ((balance - low) / span) * (height - top - bottom)
  return { x, y, ticks, start }
}

/** Round figures from below the lowest to above the highest balance, with zero among them. */
export function ticksFor(balances: readonly number[]): readonly number[] {
  const low = Math.min(0, ...balances)
  const high = Math.max(0, ...balances)
  const rough = (high - low) / 4 || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough)!,
  )
  const first = Math.floor(low / step)
  const last = Math.max(Math.ceil(high / step), first + 1)
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step)
}

function Tick({
  at,
  text,
  zero,
  frame: { start, width },
}: {
  readonly at: number
  readonly text: string
  readonly zero: boolean
  readonly frame: Frame
}) {
  return (
    <g>
      <line
        x1={start}
        x2={width - end}
        y1={at}
        y2={at}
        className={zero ? 'stroke-solid-gray-700' : 'stroke-solid-gray-200'}
      />
      <text x={start - 8} y={at + 5} textAnchor="end" fontSize="14" className="figures fill-ink">
        {text}
      </text>
    </g>
  )
}

function Label(label: {
  readonly x: number
  readonly anchor: 'start' | 'end'
  readonly text: string
}) {
  return (
    <text
      x={label.x}
      y={height - 8}
      textAnchor={label.anchor}
      fontSize="14"
      className="figures fill-ink"
    >
      {label.text}
    </text>
  )
}
