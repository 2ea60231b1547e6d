/** 時計 — the bank's clock. Nothing else in the house may ask what time it is. */
export interface Clock {
  now(): Temporal.Instant
}
