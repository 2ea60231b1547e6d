/** 確定: each refusal in its order, nothing kept of what is refused, once however often. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBankDirectory } from '#bank-directory/index.ts'
import { createFees } from '#fees/index.ts'
import { newId } from '#kit/ids.ts'
import { rights } from '#kit/rights.ts'
import type { Visitor } from '#kit/visitor.ts'
import { tanaka } from '../../test/cast.ts'
import { testDatabase } from '../../test/database.ts'
import { tokenWorld } from '../../test/tokens.ts'
import { cancelTransfer, recallTransfer } from './cancelling.ts'
import { changeDraft, deleteDraft } from './drafting.ts'
import { carryOut } from './execution.ts'
import type { TransfersNeeds } from './needs.ts'
import {
  approver,
  digestShown,
  reservedFor,
  saved,
  somebodyElse,
  submitted,
  unexplainedCounters,
} from './ordering.fixture.ts'
import { beginSubmission } from './requester-signature.ts'
import { origin, places, transferWorld, type TransferWorld } from './transfers.fixture.ts'
import { transferAsBank } from './transfers-store.ts'
import type { TransferId } from './transfer.ts'

let world: TransferWorld
let colleague: Visitor
beforeAll(async () => {
  world = await transferWorld()
  colleague = await somebodyElse(world, 'same-company')
})
afterAll(() => world?.close())
const came = () => ({ now: world.now(), origin })
const booked = { paymentDay: '2026-11-25' } as const
const order = (id: TransferId) => ({ companyId: world.companyId, orderId: id })

const asks = (password: boolean, token = false) => {
  const asked = { password, token }
  return { ...world.needs.parameters, asks: { typed: asked, filed: asked, withApproval: asked } }
}
/** Asks a password, and knows none. */
const strict = (): TransfersNeeds => ({
  ...world.needs,
  parameters: asks(true, true),
  confirmationPassword: {
    check: async () => ({ granted: false, reason: 'confirmation-wrong', facts: {} }),
  },
  signing: {
    redeem: () => Promise.reject(new Error('no code is looked at before the password')),
  } as unknown as TransfersNeeds['signing'],
})

async function everything(id: TransferId): Promise<string> {
  const { rows } = await world.db.owner.query(
    `select (select to_jsonb(t) from transfers.transfer t where id = $1) as transfer,
       (select jsonb_agg(i order by place) from transfers.item i where transfer_id = $1) as items,
       (select count(*)::int from transfers.step where transfer_id = $1) as steps`,
    [id],
  )
  return JSON.stringify([rows, await reservedFor(world, id), await unexplainedCounters(world)])
}

describe('the refusals, in their order', () => {
  test('from everything wrong to the limit: each is cured and the next one is said', async () => {
    const large = { ...booked, items: [{ payable: '60000000' }] } as const
    await world.order(large)
    const id = await saved(world, large)
    const digest = await digestShown(world, id)
    const before = await everything(id)
    const none = '0'.repeat(64)
    const wrong = { digest: none, duplicateConfirmed: false }
    const needs = strict()
    const may = (visitor: Visitor) => ({ ...visitor, rights: new Set<never>() })
    const said = async (
      form: object = wrong,
      visitor: Visitor = world.visitor,
      of: TransferId = id,
    ) => {
      const outcome = await submitted(world, of, {
        ...{ needs, visitor },
        form: { digest: none, ...form },
      })
      return outcome.granted ? 'granted' : outcome.reason
    }
    expect(await said(wrong, may(colleague), newId<'order'>(1))).toBe('transfer-unknown')
    expect(await said(wrong, may(colleague))).toBe('not-your-order')
    expect(await said(wrong, may(world.visitor))).toBe('request-right-missing')
    const day = (to: string) =>
      world.db.owner.query('update transfers.transfer set payment_day = $1 where id = $2', [to, id])
    await day('2026-11-20')
    expect(await said()).toBe('draft-refused')
    await day(booked.paymentDay)
    expect(await said()).toBe('digest-differs')
    expect(await said({ digest, duplicateConfirmed: false })).toBe('duplicate-not-confirmed')
    const over = await submitted(world, id, { needs, form: { digest } })
    expect(over).toMatchObject({
      ...{ granted: false, reason: 'over-limit' },
      facts: { level: 'company', limited: 'transfers', limit: '90000000', used: '120000000' },
    })
    expect(await everything(id)).toBe(before)
    await deleteDraft(world.needs, world.visitor, { id, came: came() })
    expect(await said()).toBe('state-changed')
  })

  test('当日扱い without funds, before a password is asked, and the password before the code', async () => {
    const id = await saved(world, { items: [{ payable: '999396' }] })
    const before = await everything(id)
    const needs = strict()
    expect(await submitted(world, id, { needs })).toEqual({
      ...{ granted: false, reason: 'funds-short' },
      facts: { available: '1000000', debit: '1000001' },
    })
    const enough = { ...world.draft({ items: [{ payable: '999395' }] }) }
    await changeDraft(needs, world.visitor, { id, draft: enough, came: came() })
    expect(await submitted(world, id, { needs })).toMatchObject({ reason: 'confirmation-missing' })
    const form = { confirmationPassword: 'wrong' }
    expect(await submitted(world, id, { needs, form })).toMatchObject({
      reason: 'confirmation-wrong',
    })
    expect(before).not.toBe(await everything(id)) // it was changed, and nothing more
    expect((await world.transfer(id)).ordered).toBe(null)
    expect(await reservedFor(world, id)).toEqual([])
  })

  test('an approver who may not: nothing is reserved', async () => {
    const id = await saved(world, booked)
    const before = await everything(id)
    const refusing = { ...world.needs.approvals, submit: approversMissing }
    const outcome = await submitted(world, id, { needs: { ...world.needs, approvals: refusing } })
    expect(outcome).toEqual({ granted: false, reason: 'approvers-missing', facts: {} })
    expect(await everything(id)).toBe(before)
  })
  const approversMissing = async () => ({ granted: false, reason: 'approvers-missing' }) as const

  test('what is refused stands in the history', async () => {
    const { rows } = await world.db.owner.query<{ reason: string }>(
      `select payload::jsonb ->> 'reason' as reason from operation_history.record
        where payload::jsonb ->> 'operation' = 'transfer-submitted'
          and payload::jsonb ->> 'result' = 'refused' order by sequence`,
    )
    expect(rows.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['digest-differs', 'over-limit', 'funds-short', 'confirmation-wrong']),
    )
  })
})

describe('what was shown is what is ordered', () => {
  test('after a change of the draft the digest differs', async () => {
    const id = await saved(world, booked)
    const digest = await digestShown(world, id)
    const draft = world.draft({ ...booked, items: [{ payable: '50001' }] })
    await changeDraft(world.needs, world.visitor, { id, draft, came: came() })
    expect(await submitted(world, id, { form: { digest } })).toMatchObject({
      reason: 'digest-differs',
    })
  })

  test('after a change of the fees the digest differs', async () => {
    const id = await saved(world, booked)
    const digest = await digestShown(world, id)
    const quote: TransfersNeeds['fees']['quote'] = async (...asked) =>
      (await world.needs.fees.quote(...asked)).map((one) =>
        one.granted
          ? { ...one, value: { ...one.value, bankFee: (one.value.bankFee + 1n) as never } }
          : one,
      )
    const dearer = { ...world.needs, fees: { quote } }
    expect(await submitted(world, id, { form: { digest }, needs: dearer })).toMatchObject({
      reason: 'digest-differs',
    })
  })

  test('nothing left after the fee is said at the amount', async () => {
    const id = await saved(world, { items: [{ payable: '1', bearer: 'payee-table' }] })
    const outcome = await submitted(world, id, { form: { digest: '0'.repeat(64) } })
    expect(outcome).toMatchObject({
      reason: 'draft-refused',
      faults: [{ path: 'items.0.payable', code: 'nothing-left-to-transfer' }],
    })
  })
})

test('twenty at once: one order, one reservation, one receipt number', async () => {
  const id = await saved(world, { ...booked, items: [{ payable: '777' }] })
  const digest = await digestShown(world, id)
  const all = await Promise.all(
    Array.from({ length: 20 }, () => submitted(world, id, { form: { digest } })),
  )
  expect(all.filter(({ granted }) => granted)).toHaveLength(1)
  const reasons = all.flatMap((one) => (one.granted ? [] : [one.reason]))
  expect(new Set(reasons)).toEqual(new Set(['state-changed']))
  expect(await reservedFor(world, id)).toEqual([
    ...['account transfers 777', 'account transfers-any 777', 'company transfers 777'],
    ...['company transfers-any 777', 'user transfers 777', 'user transfers-any 777'],
  ])
  expect(await unexplainedCounters(world)).toEqual([])
})

test('receipt numbers are unique, also of orders at once', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => saved(world, booked)))
  await Promise.all(ids.map((id) => submitted(world, id)))
  const numbers = await Promise.all(
    ids.map(async (id) => (await world.transfer(id)).ordered!.receiptNumber),
  )
  expect(new Set(numbers).size).toBe(10)
})

describe('limits are reserved at 確定 and free again on every way back', () => {
  const clerk = approver()
  let waiting: TransfersNeeds
  beforeAll(() => {
    clerk.serves(world)
    waiting = { ...world.needs, approvals: clerk.approvals }
  })
  async function awaiting(): Promise<TransferId> {
    const id = await saved(world, booked)
    const outcome = await submitted(world, id, { needs: waiting })
    if (!outcome.granted) throw new Error(outcome.reason)
    expect(outcome.value.transfer.state).toBe('awaiting-approval')
    expect(await reservedFor(world, id)).toHaveLength(6)
    return id
  }
  const free = async (id: TransferId, state: string) => {
    expect((await world.transfer(id)).state).toBe(state)
    expect(await reservedFor(world, id)).toEqual([])
    expect(await unexplainedCounters(world)).toEqual([])
  }

  test.each(['sent-back', 'failed', 'deleted', 'expired'] as const)('%s', async (as) => {
    const id = await awaiting()
    const how = { as, at: world.now(), by: colleague.userId }
    expect(await clerk.give(order(id), how)).toBe(null)
    await free(id, as)
  })

  test('recalled, and ordered again with another number', async () => {
    const id = await awaiting()
    const first = (await world.transfer(id)).ordered!.receiptNumber
    expect(await recallTransfer(waiting, world.visitor, { id, came: came() })).toMatchObject({
      granted: true,
    })
    await free(id, 'recalled')
    expect(await submitted(world, id)).toMatchObject({ granted: true })
    expect((await world.transfer(id)).ordered!.receiptNumber).not.toBe(first)
    expect(await reservedFor(world, id)).toHaveLength(6)
  })

  test('withdrawn after the approval', async () => {
    const id = await awaiting()
    expect(await clerk.approve(order(id), world.now())).toBe(null)
    expect(await reservedFor(world, id)).toHaveLength(6)
    const how = { as: 'withdrawn', at: world.now(), by: colleague.userId } as const
    await clerk.give(order(id), how, 'accepted')
    await free(id, 'withdrawn')
  })

  test('cancelled, and not executed', async () => {
    const cancelled = await world.order(booked)
    await cancelTransfer(
      world.needs,
      world.visitor,
      { id: cancelled, came: came() },
      async () => {},
    )
    await free(cancelled, 'cancelled')
    const poor = await world.order({ ...booked, items: [{ payable: '2000000' }] })
    await world.db.owner.query(
      "update transfers.transfer set due_at = '2026-11-24' where id = $1",
      [poor],
    )
    await carryOut(world.needs, poor)
    await free(poor, 'not-executed')
  })
})

describe('トランザクション認証 of the requester', () => {
  test('the code orders what it was made for; a refusal leaves it usable, a change does not', async () => {
    const db = await testDatabase()
    const tokens = await tokenWorld(db)
    const { companyId, id: userId } = tokens.users.tanaka
    const serial = '3104800123'
    const device = await tokens.hardware({ companyId }, serial)
    await tokens.register(await tokens.atRegistration(tanaka), device, serial)
    const { database } = db
    await createFees({ database, administration: world.needs.administration as never }).seed()
    await createBankDirectory({ database, own: places }).loadOwn()
    const needs = {
      ...{ ...world.needs, database, signing: tokens.tokens.signing },
      parameters: asks(false, true),
    }
    const visitor = { ...world.visitor, companyId, userId, rights: new Set(rights) }
    const here = { ...world, needs, visitor, companyId, userId }
    const id = await saved(here, booked)
    const digest = await digestShown(here, id)
    const begun = await beginSubmission(needs, visitor, { id, digest, now: world.now() })
    if (!begun.granted) throw new Error(begun.reason)
    const { code: transactionCode } = await device.sign(begun.value.qr)
    const form = { challengeId: begun.value.id, transactionCode }

    const refusing = {
      ...needs,
      approvals: {
        ...needs.approvals,
        submit: async () => ({ granted: false, reason: 'no-approver-available' }) as const,
      },
    }
    expect(await submitted(here, id, { needs: refusing, form })).toMatchObject({
      reason: 'no-approver-available',
    })
    const draft = world.draft({ ...booked, memo: 'changed' })
    await changeDraft(needs, visitor, { id, draft, came: came() })
    const wrong = { ...form, challengeId: null }
    expect(await submitted(here, id, { form: wrong })).toMatchObject({
      reason: 'challenge-unknown',
    })
    await changeDraft(needs, visitor, { id, draft: world.draft(booked), came: came() })
    expect(await submitted(here, id, { form })).toMatchObject({ granted: true })
    const stored = await database.asBank((tx) => transferAsBank(tx, id))
    expect(stored!.accepted!.signatures).toEqual([
      { purpose: 'transfer-submission', subjectId: id, challengeId: begun.value.id },
    ])

    const second = await saved(here, booked)
    const shown = await digestShown(here, second)
    const other = await beginSubmission(needs, visitor, {
      ...{ id: second, digest: shown, now: world.now() },
    })
    if (!other.granted) throw new Error(other.reason)
    const { code } = await device.sign(other.value.qr)
    await changeDraft(needs, visitor, { id: second, draft, came: came() })
    const late = { challengeId: other.value.id, transactionCode: code }
    // The new content was looked at, and still it is not what was signed.
    expect(await submitted(here, second, { form: late })).toMatchObject({
      reason: 'content-changed',
    })
    await tokens.close()
    await db.close()
  })
})
