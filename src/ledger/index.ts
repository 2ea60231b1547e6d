/** 元帳 — the door of the books. Only outside/core-banking may enter. */
export { openLedger, type Ledger } from './ledger.ts'
export type { Mistake } from './ledger-store.ts'
export type { AccountState, Line, LineFilter } from './statement-store.ts'
export type { Group, Hold, PostOutcome, Transfer, TransferRefusal } from './transfer.ts'
