/**
 * 操作履歴 — the append-only record of who did what.
 *
 * `record` runs in the caller's own transaction, so that an operation and its record are stored
 * together or not at all (design §5.9).
 */
export type { OperationHistory, OperationRecord } from './record.ts'
