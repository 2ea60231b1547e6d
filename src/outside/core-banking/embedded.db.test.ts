import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { yen } from '#kit/yen.ts'
import { newId } from '#kit/ids.ts'
import { systemClock } from '#outside/clock/system.ts'
import { ledgerAccountOf, openEmbeddedCoreBanking } from './embedded.ts'
import { coreBankingContract } from './port.contract.ts'
import type { PostingId } from './port.ts'

describe('the built-in core system', () => {
  coreBankingContract(async (clock) => {
    const db = await testDatabase()
    const core = openEmbeddedCoreBanking({ address: db.address, database: db.database, clock })
    return {
      core,
      close: async () => {
        expect(await core.books.mistakes()).toEqual([])
        await core.close()
        await db.close()
      },
    }
  })

  test('names no holder of a closed account', async () => {
    const db = await testDatabase()
    const needs = { address: db.address, database: db.database, clock: systemClock }
    const core = openEmbeddedCoreBanking(needs)
    const one = { branchCode: '101', kind: 'ordinary', number: '1234567' } as const
    await core.openAccount({ account: one, holderKana: 'ｶ)ｻﾝﾌﾟﾙ', overdraftLimit: yen(0) })
    expect(await core.holderOf(one)).toEqual({ holderKana: 'ｶ)ｻﾝﾌﾟﾙ' })
    expect(await core.books.closeAccount(ledgerAccountOf(one))).toBe(true)
    expect(await core.holderOf(one)).toBeNull()
    await core.close()
    await db.close()
  })

  test('streams more than one chunk without a gap or a line twice', async () => {
    const db = await testDatabase()
    const needs = { address: db.address, database: db.database, clock: systemClock }
    const core = openEmbeddedCoreBanking(needs)
    const vault = { branchCode: '999', kind: 'current', number: '0000001' } as const
    const one = { branchCode: '101', kind: 'ordinary', number: '1234567' } as const
    await core.openAccount({ account: vault, holderKana: 'ｷﾝｺ', overdraftLimit: null })
    await core.openAccount({ account: one, holderKana: 'ｶ)ｻﾝﾌﾟﾙ', overdraftLimit: yen(0) })
    const today = Temporal.PlainDate.from('2026-11-22')
    const line = { debit: vault, credit: one, amount: yen(1), kind: 'cash' } as const
    const particulars = {
      debitParticulars: { description: '' },
      creditParticulars: { description: '' },
    }
    const group = Array.from({ length: 2_500 }, (_, index) => {
      const id = newId<'posting'>(1_800_000_000_000 + index) as PostingId
      return { ...line, ...particulars, id, bookedOn: today, valueOn: today }
    })
    expect(await core.post(group)).toMatchObject({ granted: true })

    const chunks: number[] = []
    let last = 0n
    for await (const lines of core.statementLines({ account: one, from: today, to: today })) {
      chunks.push(lines.length)
      for (const { sequence } of lines) expect(sequence).toBe((last += 1n))
    }
    expect(chunks).toEqual([1_000, 1_000, 500])
    await core.close()
    await db.close()
  })
})
