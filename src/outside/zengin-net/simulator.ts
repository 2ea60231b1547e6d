/**
 * 模擬の全銀システム — the other banks, played by tables of ours: for the demo, development and tests.
 *
 * It behaves as the port says and misbehaves where a switch or an amount asks for it (README.md).
 * No real money moves.
 */
import type { BankAccount } from '#kit/bank-account.ts'
import { newId } from '#kit/ids.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Calendar } from '#outside/calendar/port.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import { bankNameOf, isBankOfJapan, isBranchOfJapan } from './banks-of-japan.ts'
import { overviewOf } from './overview-store.ts'
import type { NameAnswer, PlayedBanks, SendRefusal, TransferMessage, ZenginNet } from './port.ts'
import {
  accountByRule,
  isCoreTime,
  reasonToReturn,
  sentinelAmounts,
  sentinelOf,
  type KnownAccount,
} from './simulator-rules.ts'
import * as store from './simulator-store.ts'

export interface ZenginSimulatorNeeds {
  readonly database: Pick<Database, 'asBank'>
  readonly clock: Clock
  readonly calendar: Pick<Calendar, 'holidays'>
  /** Until an answer comes, and until one that is slow on purpose does. */
  readonly answerSeconds?: number
  readonly slowAnswerSeconds?: number
  /** How long 口座確認 takes, and where it is slow on purpose. */
  readonly lookUpSeconds?: number
  readonly slowLookUpSeconds?: number
  /** Whether the last figures of an amount may make its payment fail. */
  readonly sentinels?: boolean
}

export type ZenginSimulator = ZenginNet & PlayedBanks

/** A call whose answer is lost, on purpose. */
class SimulatedFault extends Error {
  override readonly name = 'SimulatedFault'
}

export function openZenginSimulator(needs: ZenginSimulatorNeeds): ZenginSimulator {
  const { database, clock, lookUpSeconds = 0, slowLookUpSeconds = 5 } = needs
  return {
    async lookUp(account) {
      const taken = await database.asBank(async (tx) => ({
        slow: await store.takeSwitch(tx, 'slow-look-ups', account.bankCode),
        silent: await store.takeSwitch(tx, 'unanswered-look-ups', account.bankCode),
      }))
      const seconds = taken.slow ? slowLookUpSeconds : lookUpSeconds
      if (seconds > 0) await new Promise((then) => setTimeout(then, seconds * 1_000))
      if (taken.silent) return { found: 'no-answer', why: 'not-in-service' }
      return database.asBank((tx) => nameOf(tx, needs, account))
    },
    takesMoreTime: (bankCode) =>
      database.asBank(async (tx) => (await bankOf(tx, bankCode))?.takesMoreTime ?? false),
    send: (message) => send(needs, message),
    answers: (limit) => database.asBank((tx) => store.answersDue(tx, { at: clock.now(), limit })),
    acknowledge: (answers) =>
      database.asBank((tx) => store.acknowledge(tx, { ids: answers, at: clock.now() })),

    openAccount: ({ account, holderKana, state = 'open' }) =>
      database.asBank(async (tx) => {
        await store.insertBank(tx, account.bankCode)
        await store.openAccountRow(tx, { account, holderKana, state })
      }),
    setBank: ({ bankCode, ...changes }) =>
      database.asBank(async (tx) => {
        const bank = await bankOf(tx, bankCode)
        if (bank === null) return refused('unknown-bank')
        await store.insertBank(tx, bankCode)
        await store.updateBank(tx, bankCode, { ...bank, ...changes })
        return granted(undefined)
      }),
    setSwitch: ({ name, bankCode, times }) =>
      database.asBank(async (tx) => {
        const row = { name, bankCode: bankCode ?? '*', remaining: times }
        if (times === 0) await store.deleteSwitch(tx, name, row.bankCode)
        else await store.setSwitchRow(tx, row)
      }),
    releaseAnswers: () => database.asBank((tx) => store.releaseAnswers(tx, clock.now())),
    overview: async () => ({
      ...(await database.asBank((tx) => overviewOf(tx, clock.now()))),
      sentinels: needs.sentinels === false ? {} : sentinelAmounts,
    }),
    bankName: bankNameOf,
  }
}

/** A bank that nobody has set anything of takes part in モアタイム and is in service. */
async function bankOf(tx: Tx, code: string): Promise<store.KeptBank | null> {
  const kept = await store.bankOf(tx, code)
  return kept ?? (isBankOfJapan(code) ? { takesMoreTime: true, inService: true } : null)
}

async function accountOf(tx: Tx, account: BankAccount): Promise<KnownAccount | null> {
  const kept = await store.accountOf(tx, account)
  if (kept !== null) return kept
  const { bankCode, branchCode } = account
  return isBranchOfJapan(bankCode, branchCode) ? accountByRule(account) : null
}

async function isOpen(needs: ZenginSimulatorNeeds, bank: store.KeptBank): Promise<boolean> {
  if (!bank.inService) return false
  if (bank.takesMoreTime) return true
  const at = needs.clock.now()
  const day = dayInJapan(at)
  const holidays = await needs.calendar.holidays(day, day)
  return isCoreTime(at, day.dayOfWeek <= 5 && holidays.length === 0)
}

async function nameOf(
  tx: Tx,
  needs: ZenginSimulatorNeeds,
  account: BankAccount,
): Promise<NameAnswer> {
  const bank = await bankOf(tx, account.bankCode)
  if (bank === null || !bank.inService) return { found: 'no-answer', why: 'not-in-service' }
  if (!(await isOpen(needs, bank))) return { found: 'no-answer', why: 'bank-closed' }
  const known = await accountOf(tx, account)
  if (known === null || known.state === 'closed') return { found: 'no-such-account' }
  return { found: 'holder', holderKana: known.holderKana }
}

async function send(
  needs: ZenginSimulatorNeeds,
  message: TransferMessage,
): Promise<Outcome<void, SendRefusal>> {
  const { database } = needs
  const { bankCode } = message.to
  // A transaction of its own: what is used up stays so, though nothing is taken.
  if (await database.asBank((tx) => store.takeSwitch(tx, 'lost-messages', bankCode))) {
    throw new SimulatedFault('the message was lost on its way, on purpose')
  }
  const { outcome, lost } = await database.asBank(async (tx) => ({
    outcome: await take(tx, needs, message),
    lost: await store.takeSwitch(tx, 'lost-answers', bankCode),
  }))
  if (lost) throw new SimulatedFault('the message was taken and its receipt lost, on purpose')
  return outcome
}

async function take(
  tx: Tx,
  needs: ZenginSimulatorNeeds,
  message: TransferMessage,
): Promise<Outcome<void, SendRefusal>> {
  const { to, id } = message
  const before = await store.messageOf(tx, id)
  if (before !== null && isSame(before, message)) return granted(undefined)
  const bank = await bankOf(tx, to.bankCode)
  if (bank === null) return refused('unknown-bank')
  if (!(await isOpen(needs, bank))) return refused('bank-closed')
  if (before !== null) return refused('id-used-for-something-else')

  const account = await accountOf(tx, to)
  const sentinel = needs.sentinels === false ? null : sentinelOf(message.amount)
  const stopped = await store.takeSwitch(tx, 'refused-payments', to.bankCode)
  const reason =
    sentinel !== null && sentinel !== 'held'
      ? sentinel
      : stopped
        ? 'account-refuses'
        : reasonToReturn(message, account)
  const at = needs.clock.now()
  if (!(await store.insertMessage(tx, message, { at, reason }))) {
    const first = await store.messageOf(tx, id) // somebody sent it at the same moment
    const same = first !== null && isSame(first, message)
    return same ? granted(undefined) : refused('id-used-for-something-else')
  }
  if (reason === null && account !== null) {
    await store.insertBank(tx, to.bankCode)
    await store.credit(tx, { to, holder: account, amount: message.amount })
  }
  await answer(tx, needs, { message, at, held: sentinel === 'held' })
  return granted(undefined)
}

async function answer(
  tx: Tx,
  { answerSeconds = 2, slowAnswerSeconds = 60 }: ZenginSimulatorNeeds,
  of: { readonly message: TransferMessage; readonly at: Temporal.Instant; readonly held: boolean },
): Promise<void> {
  const { bankCode } = of.message.to
  const slow = await store.takeSwitch(tx, 'slow-answers', bankCode)
  const held = (await store.takeSwitch(tx, 'held-answers', bankCode)) || of.held
  const twice = await store.takeSwitch(tx, 'duplicate-answers', bankCode)
  const seconds = slow ? slowAnswerSeconds : answerSeconds
  const at = of.at.add({ milliseconds: Math.round(seconds * 1_000) })
  const one = () =>
    store.insertAnswer(tx, {
      ...{ id: newId(at.epochMilliseconds), messageId: of.message.id, at, held },
    })
  await one()
  if (twice) await one()
}

/** The same message, every field of it. */
function isSame(one: TransferMessage, other: TransferMessage): boolean {
  return textOf(one) === textOf(other)
}

function textOf({ id, from, to, ...rest }: TransferMessage): string {
  return [
    id,
    ...[from.bankCode, from.branchCode, to.bankCode, to.branchCode, to.kind, to.number],
    ...[rest.payeeName, rest.amount, rest.remitterName, rest.paymentDay.toString()],
    rest.ediInformation === null ? '-' : `=${rest.ediInformation}`,
  ].join('\u001F')
}
