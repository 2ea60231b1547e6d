/** The arithmetic of the rate limits, and what an address is counted as. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networksOf, originOf } from './origin.ts'
import { bucketsOf, pacerOfThisProcess, raise, type Level } from './pace.ts'

const start = Temporal.Instant.from('2026-11-22T01:00:00Z')
const bucket = { key: 'login 192.0.2.1', perMinute: 30 }

test('thirty calls go, the next one waits two seconds', async () => {
  const pacer = pacerOfThisProcess()
  for (let call = 0; call < 30; call += 1) expect(await pacer.wait([bucket], start)).toBeNull()
  expect(await pacer.wait([bucket], start)).toBe(2)
  expect(await pacer.wait([bucket], start.add({ milliseconds: 1999 }))).toBe(1)
  expect(await pacer.wait([bucket], start.add({ seconds: 2 }))).toBeNull()
})

test('a refused call does not raise the level', async () => {
  const pacer = pacerOfThisProcess()
  for (let call = 0; call < 500; call += 1) await pacer.wait([bucket], start)
  expect(await pacer.wait([bucket], start.add({ seconds: 2 }))).toBeNull()
})

test('whatever the pattern, a minute lets through at most twice the figure', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 400 }), (pauses) => {
      let [level, at]: [Level | undefined, Temporal.Instant] = [undefined, start]
      const passed: Temporal.Instant[] = []
      for (const milliseconds of pauses) {
        at = at.add({ milliseconds })
        const raised = raise(level, bucket, at)
        if (!('level' in raised)) continue
        level = { level: raised.level, at }
        passed.push(at)
      }
      const within = passed.map(
        (from) =>
          passed.filter((other) => {
            const seconds = from.until(other).total('seconds')
            return seconds >= 0 && seconds < 60
          }).length,
      )
      expect(Math.max(0, ...within)).toBeLessThanOrEqual(60)
    }),
    { numRuns: 30 },
  )
})

test('a clock that runs backwards takes nothing away', () => {
  const raised = raise({ level: 30, at: start }, bucket, start.subtract({ hours: 1 }))
  expect(raised).toEqual({ waitSeconds: 2 })
})

test('a login is counted by address and by network, other calls by session', () => {
  const caller = { address: '192.0.2.77', visitor: null }
  expect(bucketsOf('login', caller)).toEqual([
    { key: 'login 192.0.2.77', perMinute: 30 },
    { key: 'login 192.0.2.0/24', perMinute: 200 },
  ])
  expect(bucketsOf('read', caller)).toEqual([{ key: 'read 192.0.2.77', perMinute: 300 }])
})

describe('networks', () => {
  test.for([
    ['192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2aff::1', '2001:0db8:0001:2aff/64', '2001:0db8:0001:2a/56'],
    ['2001:db8::1', '2001:0db8:0000:0000/64', '2001:0db8:0000:00/56'],
    ['::1', '0000:0000:0000:0000/64', '0000:0000:0000:00/56'],
  ] as const)('of %s', ([address, own, around]) => {
    expect(networksOf(address)).toEqual({ own, around })
  })

  test.for([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['fe80::1%eth0', 'fe80::1'],
    ['<script>', '10.0.0.1'],
    ['', '10.0.0.1'],
  ] as const)('the address claimed as %s is %s', ([claimedAddress, address]) => {
    const facts = {
      headers: {},
      claimedAddress,
      socketAddress: '::ffff:10.0.0.1',
      inquiryNumber: '',
    }
    expect(originOf(facts).address).toBe(address)
  })

  test('any address has its networks', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const { own, around } = networksOf(address)
        expect(own).toMatch(/^([0-9a-f]{4}:){3}[0-9a-f]{4}\/64$/)
        expect(around).toMatch(/^([0-9a-f]{4}:){3}[0-9a-f]{2}\/56$/)
      }),
    )
  })
})
