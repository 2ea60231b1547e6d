/**
 * 発信と回答 — the outbox is emptied to the other banks, and their answers move the order on.
 *
 * A message is sent at least once under its own id and applied once by who receives it. A payee at
 * our own bank is paid by a posting with that same id. An answer that money could not be credited
 * brings it back to the payer first, under an id of its own, and is noted after; so whatever dies
 * in between is done again and found done.
 */
import { dayInJapan } from '#kit/japan-time.ts'
import type { AccountNumber } from '#kit/account-number.ts'
import type { CompanyId } from '#kit/ids.ts'
import type { Posting, PostingId } from '#outside/core-banking/port.ts'
import type { MessageId, TransferAnswer } from '#outside/zengin-net/port.ts'
import * as queue from './execution-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { noteOfAmount } from './particulars.ts'
import { toldOf } from './telling.ts'
import * as store from './transfers-store.ts'
import type { Item, Transfer, TransferId } from './transfer.ts'

const leaseSeconds = 60
const waitSecondsMax = 900
const perRun = 500
const closedWaitMinutes = 5

/** Sends what is due, of one order or of all. Any number of workers may do so at once. */
export async function deliver(needs: TransfersNeeds, of: TransferId | null = null): Promise<void> {
  for (let count = 0; count < perRun; count += 1) {
    const now = needs.clock.now()
    const leaseUntil = now.add({ seconds: leaseSeconds })
    const delivery = await needs.database.asBank((tx) =>
      queue.claimDelivery(tx, { now, leaseUntil, of }),
    )
    if (delivery === null) return
    await needs.at?.('delivery-claimed')
    await deliverOne(needs, delivery)
  }
}

async function deliverOne(needs: TransfersNeeds, delivery: queue.Delivery): Promise<void> {
  const { id, companyId, transferId, attempts } = delivery
  const found = await itemOf(needs, { companyId, transferId, deliveryId: id })
  try {
    if (found.item.account.bankCode === needs.parameters.bankCode) await creditOwn(needs, found)
    else await sendToBank(needs, found)
  } catch (fault) {
    const seconds = Math.min(2 ** attempts, waitSecondsMax)
    const until = needs.clock.now().add({ seconds })
    const error = fault instanceof Error ? fault.name : 'unnamed'
    await needs.database.asBank((tx) => queue.putOffDelivery(tx, { id, until, error }))
    needs.log('a transfer message could not be delivered and is tried again', {
      id,
      attempts,
      fault,
    })
  }
}

interface Found {
  readonly transfer: Transfer
  readonly item: Item
}

async function itemOf(
  { database }: TransfersNeeds,
  of: {
    readonly companyId: CompanyId
    readonly transferId: TransferId
    readonly deliveryId: string
  },
): Promise<Found> {
  const transfer = await database.asBank((tx) => store.transferAsBank(tx, of.transferId))
  const item = transfer?.items.find(({ ordered }) => ordered?.deliveryId === of.deliveryId)
  if (!transfer || !item) throw new Error(`the message ${of.deliveryId} belongs to no order`)
  return { transfer, item }
}

async function sendToBank(needs: TransfersNeeds, found: Found): Promise<void> {
  const { zenginNet, database, parameters, clock } = needs
  const { transfer, item } = found
  const { ordered } = transfer
  const id = item.ordered!.deliveryId
  const sent = await zenginNet.send({
    id: id as MessageId,
    from: { bankCode: parameters.bankCode, branchCode: transfer.accountKey.slice(0, 3) },
    to: item.account,
    payeeName: item.payeeName,
    amount: item.ordered!.amount,
    remitterName: ordered!.remitterPrinted,
    ediInformation: item.edi === '' ? null : item.edi,
    paymentDay: transfer.paymentDay,
  })
  await needs.at?.('message-sent')
  if (sent.granted) return database.asBank((tx) => queue.markDelivered(tx, id))
  if (sent.reason === 'bank-closed') {
    const until = clock.now().add({ minutes: closedWaitMinutes })
    return database.asBank((tx) => queue.putOffDelivery(tx, { id, until, error: sent.reason }))
  }
  if (sent.reason === 'unknown-bank') return settle(needs, found, sent.reason)
  throw new Error(`the message ${id} was refused: ${sent.reason}`)
}

/** 当行宛: our own payee is credited out of the settlement account, or the money goes back. */
async function creditOwn(needs: TransfersNeeds, found: Found): Promise<void> {
  const { core, parameters } = needs
  const { transfer, item } = found
  const { branchCode, kind, number } = item.account
  if (kind === 'other') return settle(needs, found, 'no-such-account')
  const posted = await core.post([
    postingOf(needs, {
      id: item.ordered!.deliveryId as PostingId,
      debit: parameters.accounts.settlement,
      credit: { branchCode, kind, number },
      amount: item.ordered!.amount,
      ...noteOfAmount(parameters, transfer, item),
    }),
  ])
  await needs.at?.('own-payee-posted')
  if (posted.granted) return settle(needs, found, null)
  if (posted.reason === 'unknown-account') return settle(needs, found, 'no-such-account')
  if (posted.reason === 'account-closed') return settle(needs, found, 'account-closed')
  throw new Error(`the posting to our own payee was refused: ${posted.reason}`)
}

function postingOf(
  { clock }: TransfersNeeds,
  posting: Omit<Posting, 'kind' | 'bookedOn' | 'valueOn'>,
): Posting {
  const day = dayInJapan(clock.now())
  return { ...posting, kind: 'transfer', bookedOn: day, valueOn: day }
}

/** Takes the answers of the other banks; each is acknowledged when it has been noted. */
export async function takeAnswers(needs: TransfersNeeds): Promise<number> {
  const answers = await needs.zenginNet.answers(perRun)
  for (const answer of answers) {
    await takeAnswer(needs, answer)
    await needs.at?.('answer-noted')
    await needs.zenginNet.acknowledge([answer.id])
    await needs.at?.('answer-acknowledged')
  }
  return answers.length
}

async function takeAnswer(needs: TransfersNeeds, { messageId, result }: TransferAnswer) {
  const delivery = await needs.database.asBank((tx) => queue.deliveryById(tx, messageId))
  if (delivery === null) {
    needs.log('an answer belongs to no message of ours', { messageId })
    return
  }
  const found = await itemOf(needs, { ...delivery, deliveryId: messageId })
  await settle(needs, found, result.was === 'credited' ? null : result.why)
}

/** @param why it could not be credited; null: it was */
async function settle(needs: TransfersNeeds, found: Found, why: string | null): Promise<void> {
  if (found.item.ordered?.outcome === 'credited' || found.item.ordered?.outcome === 'returned') {
    return // a repeat: it must not bring money back that has arrived
  }
  if (why !== null) await refund(needs, found)
  await needs.at?.('refunded')
  await needs.database.asBank(async (tx) => {
    const at = needs.clock.now()
    const { companyId, id } = found.transfer
    // The lock orders two answers of one order: the later one sees that all are there.
    await store.transferAsBank(tx, id, { lock: true })
    const { id: itemId, payeeName: payee } = found.item
    const deliveryId = found.item.ordered!.deliveryId
    const outcome = why === null ? 'credited' : 'returned'
    if (!(await queue.settleItem(tx, { itemId, deliveryId, outcome, reason: why, at }))) return
    const facts = { payee, ...(why !== null && { reason: why }) }
    await store.addStep(tx, { companyId, id }, { step: outcome, by: null, facts }, at)
    const transfer = (await store.transferAsBank(tx, id))!
    if (why !== null) {
      await needs.tell.tell(tx, 'returned', { ...toldOf(transfer, at), approvers: [], why })
    }
    await endWhenAllAnswered(tx, transfer, at)
  })
}

/** 資金返却: the amount comes back; the fee has been earned. */
async function refund(needs: TransfersNeeds, { transfer, item }: Found): Promise<void> {
  const { core, parameters } = needs
  const { branchCode, kind, number } = accountOf(transfer)
  const notes = { description: 'ﾌﾘｺﾐﾍﾝｷﾔｸ', remitterName: item.payeeName }
  const posted = await core.post([
    postingOf(needs, {
      id: item.ordered!.refundId,
      debit: parameters.accounts.settlement,
      credit: { branchCode, kind, number },
      amount: item.ordered!.amount,
      ...{ debitParticulars: notes, creditParticulars: notes },
    }),
  ])
  if (!posted.granted) throw new Error(`money cannot be given back: ${posted.reason}`)
}

function accountOf({ accountKey }: Transfer): AccountNumber {
  const [branchCode, kind, number] = accountKey.split('-') as [
    string,
    AccountNumber['kind'],
    string,
  ]
  return { branchCode, kind, number }
}

async function endWhenAllAnswered(
  tx: Parameters<typeof store.end>[0],
  { id, companyId, state, items }: Transfer,
  at: Temporal.Instant,
): Promise<void> {
  if (state !== 'sent' || items.some(({ ordered }) => ordered!.outcome === 'waiting')) return
  const returned = items.filter(({ ordered }) => ordered!.outcome === 'returned').length
  const to =
    returned === 0 ? 'completed' : returned === items.length ? 'returned' : 'partly-returned'
  await store.end(tx, { companyId, id, from: state, to }, { at })
}
