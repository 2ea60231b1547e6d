/** The words of a measurement. */
import type { OwnPostgres } from '../own-postgres.ts'

export interface Settings {
  readonly seconds: number // of each timed run
  readonly callers: number
  readonly entries: number // of the large statement
}

export interface World {
  readonly server: OwnPostgres
  readonly settings: Settings
  readonly say: (line: string) => void
}

export interface Figure {
  readonly what: string
  /** What was measured, ready to print: `24,310/s`. */
  readonly ours: string
  /** What it is held against: `3,120/s (pgbench TPC-B)`. */
  readonly against: string
  readonly ratio: number
  /** From design §7; null where the figure is only told. */
  readonly bar: { readonly atLeast: number } | { readonly atMost: number } | null
  readonly detail?: Readonly<Record<string, number | string>>
}

/** Takes the server to itself for its time. */
export interface Measure {
  readonly name: string
  run(world: World): Promise<readonly Figure[]>
}

export function passes({ bar, ratio }: Figure): boolean | null {
  if (bar === null) return null
  return 'atLeast' in bar ? ratio >= bar.atLeast : ratio <= bar.atMost
}

/** @param sorted ascending */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN
}

export function ascending(values: readonly number[]): readonly number[] {
  return values.toSorted((one, other) => one - other)
}

export const perSecond = (count: number) => `${Math.round(count).toLocaleString('en')}/s`
export const milliseconds = (time: number) => `${time.toFixed(time < 10 ? 2 : 0)} ms`
