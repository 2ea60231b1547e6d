/** 振込振替 against a model: random walks over the real database, the core system and other banks. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayInJapan } from '#kit/japan-time.ts'
import { switchNames } from '#outside/zengin-net/port.ts'
import { cancelTransfer, recallTransfer } from './cancelling.ts'
import type { TransferState } from './contract.ts'
import { deliver, takeAnswers } from './deliveries.ts'
import { changeDraft, deleteDraft, saveDraft } from './drafting.ts'
import { carryOut } from './execution.ts'
import { createTransfers } from './index.ts'
import { confirmation } from './confirming.ts'
import { approver, submitted, unexplainedCounters } from './ordering.fixture.ts'
import { isEditable, type TransferId } from './transfer.ts'
import { main, origin, ownPayee, transferWorld, type TransferWorld } from './transfers.fixture.ts'

const limitPerDay = 90_000_000n // of the company, see the fixture
const amounts = ['1000', '49901', '29903', '300000', '900000', '40000000'] as const
const minutes = [1, 5, 60, 300, 900] as const
const verbs = [
  ...['draft', 'change', 'delete', 'submit', 'submit', 'submit', 'ask', 'ask', 'ask'],
  ...['recall', 'send-back', 'approve', 'approve', 'withdraw', 'cancel', 'pass', 'pass'],
  ...['carry-out', 'carry-out', 'carry-out', 'work', 'work', 'misbehave'],
] as const
interface Move {
  readonly verb: (typeof verbs)[number]
  readonly pick: number
}

interface Modelled {
  readonly id: TransferId
  state: TransferState
  payable: bigint
  day: string
  debit: bigint
  dueAt: Temporal.Instant | null
}

/** Counts against the limits of its day. */
const isLive = ({ state }: Modelled) =>
  !isEditable(state) && !['cancelled', 'not-executed', 'deleted', 'expired'].includes(state)

let world: TransferWorld
let clerk: ReturnType<typeof approver>
const all: Modelled[] = []
beforeAll(async () => {
  world = await transferWorld()
  clerk = approver()
  clerk.serves(world)
})
afterAll(() => world?.close())

const came = () => ({ now: world.now(), origin })
const today = () => dayInJapan(world.now()).toString()
const used = (day: string) =>
  all.filter((one) => one.day === day && isLive(one)).reduce((sum, one) => sum + one.payable, 0n)
const orderOf = ({ id }: Modelled) => ({ companyId: world.companyId, orderId: id })

function entered(pick: number) {
  const own = { account: { ...ownPayee, bankCode: '9999' }, payeeName: 'ｶ)ﾐﾁｼﾙﾍﾞ' } as const
  const payable = amounts[pick % amounts.length]!
  const items = [{ payable }, ...(pick % 3 === 0 ? [{ ...own, payable: '700' }] : [])]
  let day = dayInJapan(world.now())
  if (pick % 2 === 0)
    do day = day.add({ days: 1 })
    while (day.dayOfWeek > 5)
  const draft = world.draft({ items, paymentDay: day.toString(), memo: String(all.length) })
  const sum = items.reduce((total, one) => total + BigInt(one.payable), 0n)
  return { draft, payable: sum, day: day.toString() }
}
type Refused = { readonly reason: string; readonly faults?: readonly { readonly code: string }[] }
/** A draft is only ever refused for its day here. */
function expectDayFault(outcome: Refused): void {
  expect(outcome.reason).toBe('draft-refused')
  expect(outcome.faults!.filter(({ code }) => !code.startsWith('day-'))).toEqual([])
}

const refusal = (outcome: { granted: true } | { granted: false; reason: string }) =>
  outcome.granted ? null : outcome.reason

async function submits(one: Modelled, withApproval: boolean): Promise<void> {
  const needs = withApproval ? { ...world.needs, approvals: clerk.approvals } : world.needs
  const shown = await confirmation(needs, world.visitor, { id: one.id, now: world.now() })
  if (!isEditable(one.state)) return expect(refusal(shown)).toBe('state-changed')
  if (!shown.granted) return expectDayFault(shown as Refused)
  const { digest, totals, handling, dueAt } = shown.value.plan
  const available = await world.available()
  const outcome = await submitted(world, one.id, { needs, form: { digest } })
  if (used(one.day) + one.payable > limitPerDay) return expect(refusal(outcome)).toBe('over-limit')
  if (handling === 'same-day' && !withApproval && available < totals.debit) {
    return expect(refusal(outcome)).toBe('funds-short')
  }
  expect(refusal(outcome)).toBe(null)
  one.debit = totals.debit
  one.state = withApproval ? 'awaiting-approval' : 'accepted'
  one.dueAt = dueAt
}

async function carries(one: Modelled): Promise<void> {
  const { state, dueAt, debit, id } = one
  const isDue = state === 'accepted' && Temporal.Instant.compare(dueAt!, world.now()) <= 0
  const available = await world.available()
  await carryOut(world.needs, id)
  if (isDue) one.state = available >= debit ? 'sent' : 'not-executed'
}

/** Messages and answers: only what was sent may move, and only to one of three ends. */
async function works(): Promise<void> {
  await deliver(world.needs)
  world.passes({ seconds: 5 }) // until an answer comes
  await takeAnswers(world.needs)
  for (const one of all.filter(({ state }) => state === 'sent')) {
    // oxlint-disable-next-line no-await-in-loop -- one connection after the other
    const { state } = await world.transfer(one.id)
    expect(['sent', 'completed', 'returned', 'partly-returned']).toContain(state)
    one.state = state
  }
}

type Step = (one: Modelled, pick: number) => Promise<void>
const moves: Readonly<
  Record<Exclude<Move['verb'], 'draft' | 'pass' | 'work' | 'misbehave'>, Step>
> = {
  change: async (one, pick) => {
    const { draft, ...figures } = entered(pick)
    const asked = { id: one.id, draft, came: came() }
    const outcome = await changeDraft(world.needs, world.visitor, asked)
    if (outcome.granted) {
      expect(isEditable(one.state)).toBe(true)
      Object.assign(one, figures)
    } else if (!isEditable(one.state)) expect(outcome.reason).toBe('state-changed')
    else expectDayFault(outcome)
  },
  delete: async (one) => {
    const asked = { id: one.id, came: came() }
    const outcome = await deleteDraft(world.needs, world.visitor, asked)
    expect(outcome.granted).toBe(isEditable(one.state))
    if (outcome.granted) one.state = 'deleted'
  },
  submit: (one) => submits(one, false),
  ask: (one) => submits(one, true),
  recall: async (one) => {
    const needs = { ...world.needs, approvals: clerk.approvals }
    const outcome = await recallTransfer(needs, world.visitor, { id: one.id, came: came() })
    expect(outcome.granted).toBe(one.state === 'awaiting-approval')
    if (outcome.granted) one.state = 'recalled'
  },
  'send-back': async (one) => {
    const how = { as: 'sent-back', at: world.now(), by: world.userId } as const
    const why = await clerk.give(orderOf(one), how)
    expect(why === null).toBe(one.state === 'awaiting-approval')
    if (why === null) one.state = 'sent-back'
  },
  approve: async (one) => {
    const why = await clerk.approve(orderOf(one), world.now())
    expect(why === null).toBe(one.state === 'awaiting-approval')
    if (why !== null) return
    one.state = 'accepted'
    const { ordered } = await world.transfer(one.id)
    if (ordered!.handling === 'same-day') one.dueAt = world.now()
  },
  withdraw: async (one) => {
    const how = { as: 'withdrawn', at: world.now(), by: world.userId } as const
    await clerk.give(orderOf(one), how, 'accepted')
    const inTime = one.dueAt !== null && Temporal.Instant.compare(world.now(), one.dueAt) < 0
    if (one.state === 'accepted' && inTime) one.state = 'withdrawn'
  },
  cancel: async (one) => {
    const asked = { id: one.id, came: came() }
    const outcome = await cancelTransfer(world.needs, world.visitor, asked, async () => {})
    const booked = (await world.transfer(one.id)).ordered?.handling === 'booked'
    expect(outcome.granted).toBe(one.state === 'accepted' && booked && today() < one.day)
    if (outcome.granted) one.state = 'cancelled'
  },
  'carry-out': carries,
}

async function step({ verb, pick }: Move, walk: Modelled[]): Promise<void> {
  if (verb === 'pass') return world.passes({ minutes: minutes[pick % minutes.length]! })
  if (verb === 'work') return works()
  if (verb === 'misbehave') {
    const name = switchNames[pick % switchNames.length]!
    return world.zenginNet.setSwitch({ name, bankCode: null, times: 1 })
  }
  if (verb === 'draft' || walk.length === 0) {
    const { draft, ...figures } = entered(pick)
    const asked = { draft, came: came() }
    const outcome = await saveDraft(world.needs, world.visitor, asked, async () => {})
    if (!outcome.granted) return expectDayFault(outcome as Refused)
    const one: Modelled = { ...outcome.value, state: 'draft', debit: 0n, dueAt: null, ...figures }
    walk.push(one)
    all.push(one)
    return
  }
  return moves[verb](walk[pick % walk.length]!, pick)
}

/** State as the model says, counters as the live orders say, no limit exceeded. */
async function compare(walk: readonly Modelled[]): Promise<void> {
  const { rows } = await world.db.owner.query<{ id: string; state: string; reserved: string }>(
    `select t.id, t.state, coalesce((select sum(amount) from administration.limit_reservation r
        where r.order_id = t.id and level = 'company' and limited = 'transfers'), 0)::text
        as reserved
       from transfers.transfer t where t.id = any ($1) order by t.id`,
    [walk.map(({ id }) => id)],
  )
  const wanted = walk.map((one) => ({
    ...{ id: one.id, state: one.state, reserved: String(isLive(one) ? one.payable : 0n) },
  }))
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
  expect(rows.toSorted(byId)).toEqual(wanted.toSorted(byId))
  expect(await unexplainedCounters(world)).toEqual([])
  const over = await world.db.owner.query(
    "select * from administration.limit_use where level = 'company' and used > $1",
    [limitPerDay],
  )
  expect(over.rows).toEqual([])
}

async function settles(): Promise<void> {
  for (const name of switchNames) {
    // oxlint-disable-next-line no-await-in-loop -- each is a switch of its own
    await world.zenginNet.setSwitch({ name, bankCode: null, times: 0 })
  }
  const { carryOutDue } = createTransfers(world.needs)
  for (let round = 0; round < 4; round += 1) {
    world.passes({ hours: 40 })
    // oxlint-disable-next-line no-await-in-loop -- each round takes what the last one caused
    await world.zenginNet.releaseAnswers()
    // oxlint-disable-next-line no-await-in-loop -- the same
    await carryOutDue()
  }
}

test(
  'random walks end as the model says, and the books are right',
  { timeout: 120_000 },
  async () => {
    const move = fc.record({ verb: fc.constantFrom(...verbs), pick: fc.nat(1_000) })
    const walks = fc.array(move, { minLength: 3, maxLength: 10 })
    let walked = 0
    const seen = new Set<TransferState>()
    await fc.assert(
      fc.asyncProperty(walks, async (list) => {
        const walk: Modelled[] = []
        const first = list[0]!.pick % 3 === 0 ? 'submit' : 'ask'
        const begun = (['draft', first] as const).map((verb) => ({ verb, pick: list[0]!.pick }))
        for (const one of [...begun, ...list]) {
          // oxlint-disable-next-line no-await-in-loop -- a walk goes step by step
          await step(one, walk)
          // oxlint-disable-next-line no-await-in-loop -- the same
          await compare(walk)
          for (const { state } of walk) seen.add(state)
        }
        walked += 1
      }),
      { numRuns: 300, interruptAfterTimeLimit: 40_000, endOnFailure: true },
    )
    expect(walked).toBeGreaterThan(20)
    await settles()

    const { rows } = await world.db.owner.query<{ state: string }>(
      "select state from transfers.transfer where state in ('executing', 'sent')",
    )
    expect(rows).toEqual([])
    expect(await world.core.books.mistakes()).toEqual([])
    expect(await world.available()).toBe(await world.balance(main)) // no hold is left
    const held = await world.db.owner.query<{ sum: string }>(
      "select coalesce(sum(balance), 0)::text as sum from zengin_net.account where bank_code = '9998'",
    )
    expect(await world.settlement()).toBe(BigInt(held.rows[0]!.sum))
    expect(seen.size).toBeGreaterThanOrEqual(7) // of 15 states that a walk may reach
  },
)
