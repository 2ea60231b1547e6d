/** 作成 — storing, changing, deleting and copying what is not ordered yet. No money is touched. */
import { newId } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { airFor, type Air } from './air.ts'
import type { Draft } from './contract.ts'
import { readDraft, type Fault } from './draft.ts'
import { draftFacts } from './draft-facts.ts'
import type { TransfersNeeds } from './needs.ts'
import { record } from './recording.ts'
import * as store from './transfers-store.ts'
import { isEditable, type Item, type Transfer, type TransferId } from './transfer.ts'
import { nameGiven } from './words.ts'

export interface Came {
  readonly now: Temporal.Instant
  readonly origin: Origin
}

export type OwnRefusal = 'transfer-unknown' | 'not-your-order' | 'state-changed'
export type DraftRefusal = OwnRefusal | 'request-right-missing'
export type Drafted =
  | { readonly granted: true; readonly value: { readonly id: TransferId } }
  | { readonly granted: false; readonly reason: DraftRefusal }
  | { readonly granted: false; readonly reason: 'draft-refused'; readonly faults: readonly Fault[] }

/** 依頼(都度指定) and 依頼(事前登録) are rights of their own. */
export function mayOrder(
  { rights }: Pick<Visitor, 'rights'>,
  draft: Pick<Draft, 'items' | 'kind'>,
) {
  const any = draft.items.some(({ source }) => source !== 'filed' && source !== 'own')
  return any
    ? rights.has('transfers-request-any')
    : rights.has('transfers-request-registered') || rights.has('transfers-request-any')
}

/** @param once settles the answer in the transaction that stores the draft */
export async function saveDraft(
  needs: TransfersNeeds,
  visitor: Visitor,
  { draft, came }: { readonly draft: Draft; readonly came: Came },
  once: (tx: Tx, answer: { readonly id: string }) => Promise<void>,
): Promise<Drafted> {
  if (!mayOrder(visitor, draft)) return refused('request-right-missing')
  const { companyId, userId } = visitor
  const air = await airFor(needs, banksIn(draft), came.now)
  return needs.database.asCompany(companyId, async (tx) => {
    const entered = await enteredOf(needs, tx, { draft, visitor, air })
    if (!entered.granted) return { ...refused('draft-refused'), faults: entered.faults }
    const id: TransferId = newId(came.now.epochMilliseconds)
    await store.insertDraft(tx, { id, companyId, requester: userId, ...entered.value }, came.now)
    await store.addStep(tx, { companyId, id }, { step: 'entered', by: userId }, came.now)
    await record(needs, tx, { visitor, came, operation: 'transfer-entered' })
    await once(tx, { id })
    return granted({ id })
  })
}

export async function changeDraft(
  needs: TransfersNeeds,
  visitor: Visitor,
  { id, draft, came }: { readonly id: TransferId; readonly draft: Draft; readonly came: Came },
): Promise<Drafted> {
  if (!mayOrder(visitor, draft)) return refused('request-right-missing')
  const { companyId, userId } = visitor
  const air = await airFor(needs, banksIn(draft), came.now)
  return needs.database.asCompany(companyId, async (tx) => {
    const own = await ownEditable(tx, visitor, id)
    if (!own.granted) return own
    const entered = await enteredOf(needs, tx, { draft, visitor, air })
    if (!entered.granted) return { ...refused('draft-refused'), faults: entered.faults }
    await store.replaceDraft(tx, { companyId, id }, entered.value, came.now)
    await store.addStep(tx, { companyId, id }, { step: 'changed', by: userId }, came.now)
    await record(needs, tx, { visitor, came, operation: 'transfer-changed' })
    return granted({ id })
  })
}

export function deleteDraft(
  needs: TransfersNeeds,
  visitor: Visitor,
  { id, came }: { readonly id: TransferId; readonly came: Came },
): Promise<Outcome<void, OwnRefusal>> {
  const { companyId, userId } = visitor
  return needs.database.asCompany(companyId, async (tx) => {
    const own = await ownEditable(tx, visitor, id)
    if (!own.granted) return own
    const from = own.value.state
    await store.end(tx, { companyId, id, from, to: 'deleted' }, { at: came.now })
    await store.addStep(tx, { companyId, id }, { step: 'deleted', by: userId }, came.now)
    await record(needs, tx, { visitor, came, operation: 'transfer-deleted' })
    return granted(undefined)
  })
}

/** The requester's own order, locked, that can still be changed. */
export async function ownEditable(
  tx: Tx,
  { companyId, userId }: Pick<Visitor, 'companyId' | 'userId'>,
  id: TransferId,
): Promise<Outcome<Transfer, OwnRefusal>> {
  const transfer = await store.transferById(tx, { companyId, id }, { lock: true })
  if (transfer === null) return refused('transfer-unknown')
  if (transfer.requester !== userId) return refused('not-your-order')
  if (!isEditable(transfer.state)) return refused('state-changed')
  return granted(transfer)
}

type CopyRefusal = 'transfer-unknown' | 'request-right-missing' | 'nothing-to-copy'

/**
 * 過去の振込データからの作成: the same payees and amounts for the next day that can be chosen.
 * A payee who is no longer as he was is left out and counted.
 */
export async function copyTransfer(
  needs: TransfersNeeds,
  visitor: Visitor,
  { source, day, came }: { source: Transfer; day: Temporal.PlainDate; came: Came },
  once: (tx: Tx, answer: { readonly id: string; readonly leftOut: number }) => Promise<void>,
): Promise<Outcome<{ readonly id: TransferId; readonly leftOut: number }, CopyRefusal>> {
  const { companyId, userId } = visitor
  const { kind, accountKey, remitterName, memo } = source
  const items = source.items.map((one) => ({
    ...{ source: one.source, payeeId: one.payeeId, account: one.account, bearer: one.bearer },
    ...{ payeeName: one.payeeName, nameCheck: one.nameCheck, ediInformation: one.edi },
    payable: String(one.payable),
    statedFee: one.statedFee === null ? null : String(one.statedFee),
  }))
  const common = { kind, accountKey, remitterName, memo, name: '', paymentDay: day.toString() }
  const air = await airFor(needs, banksIn({ items }), came.now)
  return needs.database.asCompany(companyId, async (tx) => {
    const kept = []
    for (const item of items) {
      const draft = { ...common, items: [item] }
      const entered = await enteredOf(needs, tx, { draft, visitor, air })
      if (entered.granted) kept.push(item)
    }
    if (kept.length === 0) return refused('nothing-to-copy')
    const draft = { ...common, items: kept }
    if (!mayOrder(visitor, draft)) return refused('request-right-missing')
    const entered = await enteredOf(needs, tx, { draft, visitor, air })
    if (!entered.granted) return refused('nothing-to-copy')
    const id: TransferId = newId(came.now.epochMilliseconds)
    await store.insertDraft(tx, { id, companyId, requester: userId, ...entered.value }, came.now)
    await store.addStep(tx, { companyId, id }, { step: 'entered', by: userId }, came.now)
    await record(needs, tx, { visitor, came, operation: 'transfer-entered' })
    const answer = { id, leftOut: items.length - kept.length }
    await once(tx, answer)
    return granted(answer)
  })
}

async function enteredOf(
  needs: TransfersNeeds,
  tx: Tx,
  { draft, visitor, air }: { draft: Draft; visitor: Visitor; air: Air },
): Promise<
  | { readonly granted: true; readonly value: store.Entered }
  | { readonly granted: false; readonly faults: readonly Fault[] }
> {
  const facts = await draftFacts(needs, tx, { draft, requester: visitor, air })
  const read = readDraft(draft, facts)
  if (!read.granted) return read
  const { kind, accountKey, paymentDay, memo } = draft
  const items: readonly Item[] = read.value.items.map((one) => ({
    ...one,
    id: newId(air.now.epochMilliseconds),
    ordered: null,
  }))
  return {
    granted: true,
    value: {
      ...{ kind, memo, items, payable: read.value.payable },
      accountKey: accountKey as Transfer['accountKey'],
      paymentDay: Temporal.PlainDate.from(paymentDay),
      name: nameGiven(draft.name, dayInJapan(air.now)),
      remitterName: read.value.remitterName,
    },
  }
}

function banksIn({ items }: Pick<Draft, 'items'>): readonly string[] {
  return items.map(({ account }) => account.bankCode)
}
