/**
 * 実行 — from an accepted order to money that has left the account, whole or not at all.
 *
 *   begin ─▶ hold 資金確保 ─▶ settle: amounts and fees, one group ─▶ sent, with its messages
 *     │        └─ 残高不足 ─▶ not-executed
 *     └─ no longer what was signed ─▶ not-executed
 *
 * Every id under which money moves was made at 確定. A worker that dies anywhere is followed by
 * another one that does the same again: the core system finds what was done, and the moves of the
 * order are compare-and-set. `at` is called between any two steps; tests let the worker die there.
 */
import type { CompanyAccount } from '#administration/index.ts'
import { refused, type Outcome } from '#kit/outcome.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import { noteOfAmount } from './particulars.ts'
import type { Posting, PostingRefusal } from '#outside/core-banking/port.ts'
import type { Tx } from '#platform/database/database.ts'
import { isUnchanged } from './approvable.ts'
import { bankAccountKey } from '#kit/bank-account.ts'
import * as queue from './execution-store.ts'
import { notePaid } from './names-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { canonicalOfOrdered } from './plan.ts'
import { toldOf } from './telling.ts'
import * as store from './transfers-store.ts'
import type { Transfer, TransferId } from './transfer.ts'

/** Carries out one order if it is due. Safe to call at any time, by anybody, again and again. */
export async function carryOut(needs: TransfersNeeds, id: TransferId): Promise<void> {
  const at = needs.at ?? (() => {})
  await at('before-begin')
  const begun = await begin(needs, id)
  if (begun === null) return
  const { transfer, account } = begun
  await at('begun')
  const held = await needs.core.hold({
    id: transfer.ordered!.holdId,
    account: account.account,
    amount: transfer.ordered!.debit,
  })
  await at('held')
  if (!held.granted && held.reason !== 'hold-already-settled') {
    await notExecuted(needs, begun, held.reason)
    return
  }
  const group = postingsOf(needs, transfer, account)
  const settled = await needs.core.settle(transfer.ordered!.holdId, group)
  await at('settled')
  if (!settled.granted) {
    await needs.core.release(transfer.ordered!.holdId)
    await at('released')
    await notExecuted(needs, begun, settled.reason)
    return
  }
  await debited(needs, transfer)
  await at('debited')
}

interface Begun {
  readonly transfer: Transfer
  readonly account: CompanyAccount
  readonly leaseUntil: Temporal.Instant
}

/** The checks of the moment of execution (design §5.5). Null: not due, taken, or ended here. */
function begin(needs: TransfersNeeds, id: TransferId): Promise<Begun | null> {
  const now = needs.clock.now()
  const leaseUntil = now.add({ seconds: needs.parameters.leaseSeconds })
  return needs.database.asBank(async (tx) => {
    if (!(await queue.beginExecution(tx, { id }, { now, leaseUntil }))) return null
    const transfer = await presentAsBank(tx, id)
    const checked = await executable(needs, tx, transfer)
    if (checked.granted) return { transfer, account: checked.value, leaseUntil }
    await endNotExecuted(needs, tx, transfer, checked.reason)
    return null
  })
}

async function presentAsBank(tx: Tx, id: TransferId): Promise<Transfer> {
  const transfer = await store.transferAsBank(tx, id)
  if (transfer === null) throw new Error(`the order ${id} is not there`)
  return transfer
}

type NotExecutable =
  | 'company-stopped'
  | 'account-not-allowed'
  | 'content-changed'
  | 'signature-missing'

async function executable(
  { administration, signing }: TransfersNeeds,
  tx: Tx,
  transfer: Transfer,
): Promise<Outcome<CompanyAccount, NotExecutable>> {
  const { companyId, requester: userId, accountKey, accepted } = transfer
  const company = await administration.companyById(tx, companyId)
  if (company?.state !== 'active') return refused('company-stopped')
  const all = await administration.accountsFor(tx, { companyId, userId, role: 'master' })
  const account = all.find(({ key }) => key === accountKey)
  if (account === undefined) return refused('account-not-allowed')
  if (!isUnchanged(transfer)) return refused('content-changed')
  const canonical = canonicalOfOrdered(transfer)
  for (const signature of accepted!.signatures) {
    const holds = await signing.holds(tx, { ...signature, companyId, canonical })
    if (!holds) return refused('signature-missing')
  }
  return { granted: true, value: account }
}

/** 出金: the amount of each payee and the fee of each, against the bank's own accounts. */
function postingsOf(
  { clock, parameters }: TransfersNeeds,
  transfer: Transfer,
  { account: debit }: CompanyAccount,
): readonly Posting[] {
  const day = dayInJapan(clock.now())
  const common = { debit, bookedOn: day, valueOn: day }
  const { accounts } = parameters
  return transfer.items.flatMap((item): Posting[] => {
    const { postingId, feePostingId, amount, bankFee } = item.ordered!
    const isOwn = transfer.kind === 'own-transfer'
    const credit = isOwn ? ownAccount(item.account) : accounts.settlement
    const notes = noteOfAmount(parameters, transfer, item)
    const moved = { ...common, ...notes, id: postingId, credit, amount } as const
    const paid: Posting = { ...moved, kind: isOwn ? 'book-transfer' : 'transfer' }
    if (bankFee === 0n) return [paid]
    const fee = { description: 'ﾌﾘｺﾐﾃｽｳﾘﾖｳ' }
    return [
      paid,
      {
        ...{ ...common, id: feePostingId, credit: accounts.fees, amount: bankFee, kind: 'other' },
        ...{ debitParticulars: fee, creditParticulars: fee },
      },
    ]
  })
}

function ownAccount({ branchCode, kind, number }: Transfer['items'][number]['account']) {
  if (kind === 'other') throw new Error('an account of ours is of a kind that we do not keep')
  return { branchCode, kind, number }
}

function debited(needs: TransfersNeeds, { id }: Transfer): Promise<void> {
  const at = needs.clock.now()
  return needs.database.asBank(async (tx) => {
    const transfer = await presentAsBank(tx, id)
    const completed = transfer.kind === 'own-transfer'
    if (!(await queue.markDebited(tx, { id }, { at, completed }))) return
    const { companyId } = transfer
    for (const item of transfer.items) {
      if (!completed) {
        const delivery = { companyId, transferId: id, id: item.ordered!.deliveryId }
        await queue.insertDelivery(tx, delivery, at)
        await notePaid(tx, companyId, { ...item, account: bankAccountKey(item.account) }, at)
      }
    }
    const step = completed ? 'moved' : 'debited'
    await store.addStep(tx, { companyId, id }, { step, by: null }, at)
    if (transfer.ordered?.handling === 'booked') {
      const told = { ...toldOf(transfer, at), approvers: [], why: null }
      await needs.tell.tell(tx, 'carried-out', told)
    }
  })
}

async function notExecuted(
  needs: TransfersNeeds,
  { transfer: { id }, leaseUntil }: Begun,
  reason: PostingRefusal,
): Promise<void> {
  await needs.database.asBank(async (tx) => {
    // A worker that was away for longer than its lease must not end what another one has paid.
    if (!(await queue.isAtIt(tx, { id }, leaseUntil))) return
    await endNotExecuted(needs, tx, await presentAsBank(tx, id), reasonOf(reason))
  })
}

const said: readonly PostingRefusal[] = ['insufficient-funds', 'account-closed', 'unknown-account']
/** Any other refusal is our own mistake: it is told apart in the log, not to the customer. */
function reasonOf(reason: PostingRefusal): string {
  return said.includes(reason) ? reason : 'core-refused'
}

/** 不成立: nothing has moved, and what was reserved is free again. */
async function endNotExecuted(
  needs: TransfersNeeds,
  tx: Tx,
  transfer: Transfer,
  reason: string,
): Promise<void> {
  const { id, companyId, state } = transfer
  const at = needs.clock.now()
  const of = { companyId, id, from: state, to: 'not-executed' } as const
  if (state !== 'executing') return // another worker was faster
  if (!(await store.end(tx, of, { at, failure: { reason, facts: {} } }))) return
  await needs.limits.release(tx, { companyId, orderId: id })
  await store.addStep(
    tx,
    { companyId, id },
    { step: 'not-executed', by: null, facts: { reason } },
    at,
  )
  const told = { ...toldOf(transfer, at), approvers: [], why: reason }
  await needs.tell.tell(tx, 'not-executed', told)
  needs.log('an order was not carried out', { id, reason })
}
