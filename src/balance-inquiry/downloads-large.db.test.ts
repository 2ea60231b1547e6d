/**
 * A file of 250,000 lines of the built-in core system's own books, posted as any posting is. Once
 * is enough: it measures how our code streams, not which server keeps the books.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Download } from '#platform/http/routes.ts'
import { mainKey, now, testWorld, type World } from './inquiry.fixture.ts'

const onOwnServer = inject('postgres').version.startsWith('18')
const asked = { account: mainKey, period: 'this-month' }

describe.runIf(onOwnServer)('250,000 lines', () => {
  let world: World
  const lines = 250_000
  beforeAll(async () => {
    world = await testWorld()
    for (let at = 0; at < lines; at += 10_000) {
      const group = Array.from({ length: 10_000 }, () => world.incoming('2026-11-22', 1n))
      const outcome = await world.coreBanking.post(group)
      if (!outcome.granted) throw new Error(outcome.reason)
    }
  }, 600_000)
  afterAll(() => world.close())

  test.each([
    ['csv', /\r\n/g],
    ['zengin', /\r\n/g],
    ['camt053', /<Ntry>/g],
  ] as const)(
    'as %s stream with flat memory',
    async (format, mark) => {
      setFlagsFromString('--expose-gc')
      const collect = runInNewContext('gc') as () => void
      const download = await begin(world, { ...asked, format, encoding: 'utf-8' })
      expect(download.lines).toBeGreaterThanOrEqual(lines)

      let [bytes, marks, pieces] = [0, 0, 0]
      const heap: number[] = []
      for await (const piece of download.body) {
        bytes += piece.length
        marks += Buffer.from(piece).toString('latin1').match(mark)?.length ?? 0
        pieces += 1
        if (pieces % 25 === 0) {
          collect()
          const { heapUsed, external } = process.memoryUsage()
          heap.push(heapUsed + external)
        }
      }
      expect(marks).toBeGreaterThanOrEqual(lines)
      expect(bytes).toBeGreaterThan(25_000_000)
      // What stays after collection does not grow with what has been written.
      const growth = Math.max(...heap.slice(1)) - heap[0]!
      expect(growth).toBeLessThan(5_000_000)
    },
    300_000,
  )
})

/** The handler's own answer: injecting a request would keep the whole file in memory. */
async function begin(world: World, query: Record<string, string>): Promise<Download> {
  const handler = world.inquiry.routes.handlers.downloadStatement as unknown as (
    call: object,
  ) => Promise<Download>
  return handler({
    input: { query },
    visitor: world.visitor('sato'),
    now,
    origin: {
      address: '192.0.2.1',
      terminal: 'pc',
      userAgent: '',
      inquiryNumber: '20261122-0001',
      language: 'ja',
    },
  })
}
