import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentInJapan } from '#kit/japan-time.ts'
import {
  dayText,
  daysSinceEpoch,
  isoDayOf,
  minuteText,
  momentText,
  weekdayOf,
  wideKana,
  yenText,
} from './format.ts'

describe('a moment', () => {
  it.each([
    ['2026-11-22T08:04:05Z', '2026/11/22 17:04:05'],
    ['2026-11-22T08:04:05.123456Z', '2026/11/22 17:04:05'],
    ['2026-12-31T15:00:00Z', '2027/01/01 00:00:00'],
    ['2028-02-28T15:00:00Z', '2028/02/29 00:00:00'],
    ['2026-11-22T17:04:05+09:00', '2026/11/22 17:04:05'],
    ['2026-11-21T23:04:05-09:00', '2026/11/22 17:04:05'],
    ['2026-11-22T08:04Z', '2026/11/22 17:04:00'],
  ])('%s is written in Japan’s time', (iso, text) => {
    expect(momentText(iso)).toBe(text)
  })

  it('is written as the server writes it, whatever the instant', () => {
    const seconds = fc.integer({ min: -500_000_000, max: 10_000_000_000 })
    fc.assert(
      fc.property(seconds, (second) => {
        const at = Temporal.Instant.fromEpochMilliseconds(second * 1000)
        expect(momentText(at.toString())).toBe(momentInJapan(at))
      }),
    )
  })

  it('can leave out the seconds', () => {
    expect(minuteText('2026-11-22T08:04:05Z')).toBe('2026/11/22 17:04')
  })

  it('is left as it stands when it is none', () => {
    expect(momentText('08:00')).toBe('08:00')
  })
})

it('a day keeps its figures', () => {
  expect(dayText('2026-11-22')).toBe('2026/11/22')
})

it('days and their numbers lead to each other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 1_000_000 }), (days) => {
      const iso = isoDayOf(days)
      const [year, month, day] = iso.split('-').map(Number)
      expect(daysSinceEpoch(year!, month!, day!)).toBe(days)
      expect(Temporal.PlainDate.from('1970-01-01').add({ days }).toString()).toBe(iso)
    }),
  )
})

it.each([
  ['0', '0'],
  ['999', '999'],
  ['1000', '1,000'],
  ['48210356', '48,210,356'],
  ['-890244', '-890,244'],
  ['-100', '-100'],
  ['99999999999999', '99,999,999,999,999'],
])('%s yen are written %s', (decimal, text) => {
  expect(yenText(decimal)).toBe(text)
})

it('knows the weekday, before 1970 too', () => {
  expect(weekdayOf('2026-11-22')).toBe(0)
  expect(weekdayOf('2026-11-21')).toBe(6)
  expect(weekdayOf('1969-12-31')).toBe(3)
})

it('widens half-width kana and leaves all else as it is', () => {
  expect(wideKana('ﾌﾘｺﾐ ｶ)ﾐｽﾞｳﾐｺｳｷﾞﾖｳ')).toBe('フリコミ カ)ミズウミコウギヨウ')
  expect(wideKana('INV 2611-8273 ﾊﾟ-ﾂ 髙橋①')).toBe('INV 2611-8273 パ-ツ 髙橋①')
})
