/** 操作履歴 — writing a record and telling the latest ones. */
import { payloadOf } from './chain.ts'
import { append, latestOf } from './operation-history-store.ts'
import type { OperationHistory } from './record.ts'

/** Needs nothing: the caller brings its transaction, and the database keeps the chain. */
export const operationHistory: OperationHistory = {
  async record(tx, entry) {
    await append(tx, payloadOf(entry))
  },
  async latest(tx, of, count) {
    const records = await latestOf(tx, of, count)
    return records.map(({ at, operation, result, facts }) => ({ at, operation, result, facts }))
  },
}
