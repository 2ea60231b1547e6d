import { describe, expect, test } from 'vitest'
import { batcher, BatcherBusy, OutcomeUnknown, type BatcherNeeds } from './batcher.ts'

/** A database that answers when told to, and remembers what it was given. */
function slowDatabase(changes: Partial<BatcherNeeds<number, string>> = {}) {
  const batches: (readonly number[])[] = []
  const answers: PromiseWithResolvers<void>[] = []
  const sending = batcher<number, string>({
    deliver: async (parcels) => {
      batches.push(parcels)
      const answer = Promise.withResolvers<void>()
      answers.push(answer)
      await answer.promise
      return parcels.map((parcel) => `done ${parcel}`)
    },
    sizeOf: () => 1,
    mayRepeat: (fault) => fault === 'answer lost',
    ...changes,
  })
  const turn = () => new Promise<void>((next) => setImmediate(() => setImmediate(next)))
  return {
    batches,
    sending,
    turn,
    async answer() {
      await turn()
      answers.shift()!.resolve()
      await turn()
    },
    async fail(fault: unknown) {
      await turn()
      answers.shift()!.reject(fault)
      await turn()
    },
  }
}

test('a lone caller goes at once; who comes meanwhile travels together', async () => {
  const { sending, batches, answer, turn } = slowDatabase()
  const first = sending.send(1)
  await turn()
  const others = [sending.send(2), sending.send(3)]
  await answer()
  expect(await first).toBe('done 1')
  await answer()
  expect(await Promise.all(others)).toEqual(['done 2', 'done 3'])
  expect(batches).toEqual([[1], [2, 3]])
})

test('a batch holds a thousand, and never half a parcel', async () => {
  const { sending, batches, answer } = slowDatabase({ sizeOf: (size) => size })
  const all = [600, 400, 1, 5_000, 1].map((size) => sending.send(size))
  for (let batch = 0; batch < 4; batch++) await answer()
  await Promise.all(all)
  expect(batches).toEqual([[600, 400], [1], [5_000], [1]])
})

test('above 20,000 waiting it refuses, and takes more when the queue is shorter', async () => {
  const { sending, answer } = slowDatabase({ sizeOf: (size) => size })
  const all = [sending.send(10_000), sending.send(10_000)]
  await expect(sending.send(1)).rejects.toBeInstanceOf(BatcherBusy)
  await answer()
  all.push(sending.send(1))
  await answer()
  await answer()
  expect(await Promise.all(all)).toHaveLength(3)
})

describe('when the answer is lost', () => {
  test('the same batch is sent again, and nobody joins it', async () => {
    const { sending, batches, answer, fail } = slowDatabase()
    const first = sending.send(1)
    await fail('answer lost')
    const second = sending.send(2)
    await new Promise((pause) => setTimeout(pause, 20))
    await answer()
    await answer()
    expect(await Promise.all([first, second])).toEqual(['done 1', 'done 2'])
    expect(batches).toEqual([[1], [1], [2]])
  })

  test('for too long, the callers are told that nobody knows, never that it failed', async () => {
    const { sending } = slowDatabase({
      deliver: () => Promise.reject('answer lost'),
      patienceMilliseconds: 50,
    })
    const both = await Promise.allSettled([sending.send(1), sending.send(2)])
    expect(both.map((one) => one.status === 'rejected' && one.reason)).toEqual([
      expect.any(OutcomeUnknown),
      expect.any(OutcomeUnknown),
    ])
  })
})

test('one faulty parcel fails alone', async () => {
  const { sending } = slowDatabase({
    deliver: async (parcels) => {
      if (parcels.includes(2)) throw new Error('cannot keep 2')
      return parcels.map((parcel) => `done ${parcel}`)
    },
  })
  const all = await Promise.allSettled([sending.send(1), sending.send(2), sending.send(3)])
  expect(all).toMatchObject([
    { value: 'done 1' },
    { reason: { message: 'cannot keep 2' } },
    { value: 'done 3' },
  ])
})

test('closing waits for what was accepted and takes nothing more', async () => {
  const { sending, answer } = slowDatabase()
  const last = sending.send(1)
  const closing = sending.close()
  await expect(sending.send(2)).rejects.toBeInstanceOf(BatcherBusy)
  await answer()
  await closing
  expect(await last).toBe('done 1')
})
