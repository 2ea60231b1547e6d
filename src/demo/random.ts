/** Chance that comes out the same every time: what happens on a day depends on the day alone. */
export interface Chance {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  pick<T>(of: readonly T[]): T
}

/** mulberry32, seeded with the FNV-1a hash of a text. */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5
  for (const byte of new TextEncoder().encode(seed)) {
    state = Math.imul(state ^ byte, 0x01000193)
  }
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return { between, pick: (of) => of[between(0, of.length - 1)]! }
}
