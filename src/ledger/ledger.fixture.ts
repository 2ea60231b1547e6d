/** What the ledger's tests share: an open ledger, accounts with money, and short ways to post. */
import { expect } from 'vitest'
import { newId } from '#kit/ids.ts'
import { systemClock } from '#outside/clock/system.ts'
import type { Clock } from '#outside/clock/port.ts'
import { testDatabase } from '../../test/database.ts'
import { openLedger } from './ledger.ts'
import type { PostOutcome, Transfer } from './transfer.ts'

export const today = Temporal.PlainDate.from('2026-11-22')
export const yesterday = today.subtract({ days: 1 })

/** An internal account without a floor: pays and receives whatever it is asked to. */
export const treasury = 1n

let moment = 1_800_000_000_000
export const freshId = (): string => newId<'posting'>(moment++)

export function transfer(changes: Partial<Transfer> = {}): Transfer {
  return {
    id: freshId(),
    debit: treasury,
    credit: 2n,
    amount: 1n,
    kind: 11,
    bookedOn: today,
    valueOn: today,
    debitMemo: '振込',
    creditMemo: 'ｻﾝﾌﾟﾙｼﾖｳｼﾞ(ｶ',
    ...changes,
  }
}

export function resultOf(outcome: PostOutcome) {
  if (!outcome.granted) return outcome.reason
  return outcome.value.repeated ? 'repeated' : 'posted'
}

export async function testLedger(clock: Clock = systemClock) {
  const db = await testDatabase()
  const ledger = openLedger({ address: db.address, clock })
  await ledger.openAccount({ id: treasury, currency: 'JPY', floor: null })
  let next = 1_000n

  return {
    db,
    ledger,
    /** A new account that holds this much. */
    async account(money = 0n, floor: bigint | null = 0n, on = yesterday): Promise<bigint> {
      const id = next++
      await ledger.openAccount({ id, currency: 'JPY', floor })
      if (money === 0n) return id
      // Its own source: on a shared one another test may have booked a later day already.
      const source = id + 500_000_000n
      await ledger.openAccount({ id: source, currency: 'JPY', floor: null })
      const opening = transfer({ debit: source, credit: id, amount: money, bookedOn: on })
      expect(resultOf(await ledger.post([opening]))).toBe('posted')
      return id
    },
    async post(changes: Partial<Transfer>) {
      return resultOf(await ledger.post([transfer(changes)]))
    },
    async state(id: bigint) {
      return (await ledger.accounts([id], today))[0]!
    },
    async close() {
      await ledger.close()
      await db.close()
    },
  }
}
export type TestLedger = Awaited<ReturnType<typeof testLedger>>
