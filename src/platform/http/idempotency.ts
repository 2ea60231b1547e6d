/**
 * Once — a call with an Idempotency-Key is answered once, and every repeat gets that answer.
 *
 * The key is claimed before the handler runs. The handler stores its answer by `once.settle` in
 * the very transaction that makes its change, so that after a crash either both are there or
 * neither is; and a repeat then finds the answer or does the work. A handler whose change is not
 * one transaction of ours makes it repeatable by `once.id`, which is the same for every repeat.
 */
import { createHash, createHmac } from 'node:crypto'
import type { Visitor } from '#kit/visitor.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import { claim, giveUp, settle, type Claim, type KeptAnswer } from './idempotency-store.ts'
import { Refused } from './problems.ts'

/** A UUID, as the browser's crypto.randomUUID makes it: it must not be guessable. */
const keyForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

export interface OnceCall {
  readonly visitor: Visitor
  readonly endpoint: string
  readonly key: unknown // the header, as it came
  readonly request: unknown // params, query and body, as they came
  readonly now: Temporal.Instant
}

export interface Try {
  readonly id: string
  /** Takes the checked answer; the caller's transaction fails when another try was faster. */
  settle(tx: Tx, kept: KeptAnswer): Promise<void>
}

export interface OnceAnswer extends KeptAnswer {
  readonly repeated: boolean
}

/** @param work answers in its final form; it may or may not have settled that itself */
export async function once(
  database: Database,
  call: OnceCall,
  work: (attempt: Try) => Promise<KeptAnswer>,
): Promise<OnceAnswer> {
  if (typeof call.key !== 'string' || !keyForm.test(call.key)) {
    throw new Refused('idempotency-key-malformed')
  }
  const wanted = claimFor(call, call.key.toLowerCase())
  const claimed = await claim(database, wanted, call.now)
  if (claimed.found === 'answer') return { ...claimed.kept, repeated: true }
  if (claimed.found === 'other-request') throw new Refused('idempotency-key-reused')
  if (claimed.found === 'in-flight') throw new Refused('repeat-in-flight', { 'retry-after': '2' })

  let settled: KeptAnswer | null = null
  const attempt: Try = {
    id: claimed.onceId,
    async settle(tx, kept) {
      if (!(await settle(tx, wanted, kept))) throw new Refused('repeat-in-flight')
      settled = kept
    },
  }
  const asCompany = <T>(use: (tx: Tx) => Promise<T>) =>
    database.asCompany(call.visitor.companyId, use)
  try {
    const kept = await work(attempt)
    // Also when another answer was settled: its transaction may have been rolled back since.
    if (!isSame(settled, kept)) await asCompany((tx) => attempt.settle(tx, kept))
    return { ...kept, repeated: false }
  } catch (thrown) {
    // The fault is what matters; a claim that stays runs out by itself.
    await asCompany((tx) => giveUp(tx, wanted)).catch(() => {})
    throw thrown
  }
}

function isSame(settled: KeptAnswer | null, kept: KeptAnswer): boolean {
  return settled !== null && settled.status === kept.status && settled.answer === kept.answer
}

/**
 * Bodies may hold a password of few letters. The request's hash is therefore keyed with the
 * caller's key, of which we keep only a hash: our table alone cannot be searched for it.
 */
function claimFor({ visitor, endpoint, request }: OnceCall, key: string): Claim {
  return {
    visitor,
    endpoint,
    keyHash: createHash('sha256').update(key).digest(),
    requestHash: createHmac('sha256', key).update(canonical(request)).digest(),
    claim: crypto.randomUUID(),
    onceId: crypto.randomUUID(),
  }
}

/** JSON with sorted keys: the order in which a caller writes its fields means nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
