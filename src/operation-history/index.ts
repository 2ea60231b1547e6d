/**
 * 操作履歴 — the append-only record of who did what: the door.
 *
 * `record` runs in the caller's own transaction, so that an operation and its record are stored
 * together or not at all (design §5.9). Call it last: it locks the company's chain until the
 * transaction ends.
 */
export type { OperationHistory, OperationRecord, PastOperation } from './record.ts'
export { operationHistory } from './history.ts'
export { operationSentence } from './sentence.ts'
export { operationHistoryRoutes } from './routes.ts'
export type { HistoryRoutesNeeds } from './desk.ts'
export { sealRoots, type SealingNeeds } from './jobs.ts'
export { audit, type AuditNeeds } from './cli.ts'
