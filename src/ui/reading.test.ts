import { describe, expect, it } from 'vitest'
import { halfWidth, readAmount, readDay } from './reading.ts'

describe('an amount', () => {
  it.each([
    ['550000', '550000'],
    ['550,000', '550000'],
    ['５５０，０００', '550000'],
    ['￥550,000', '550000'],
    ['¥ 550,000', '550000'],
    ['550,000円', '550000'],
    ['　１ ', '1'],
    ['000123', '123'],
    ['0', '0'],
    ['99999999999999', '99999999999999'],
  ])('is read from %s', (typed, amount) => {
    expect(readAmount(typed)).toBe(amount)
  })

  it.each([
    '',
    ' ',
    '-1',
    '1.5',
    '1e3',
    '五百',
    '55,00',
    '5,5000',
    ',100',
    '100000000000000',
    '0x10',
  ])('is not guessed from "%s"', (typed) => {
    expect(readAmount(typed)).toBeNull()
  })
})

describe('a day', () => {
  it.each([
    ['20261125'],
    ['２０２６１１２５'],
    ['2026/11/25'],
    ['２０２６／１１／２５'],
    ['2026-11-25'],
    ['2026ー11ー25'],
    ['2026.11.25'],
    ['2026年11月25日'],
    [' 2026/11/25 '],
    ['R8.11.25'],
    ['r8/11/25'],
    ['令和8年11月25日'],
    ['令和８年１１月２５日'],
  ])('is read from %s', (typed) => {
    expect(readDay(typed)).toBe('2026-11-25')
  })

  it('may have months and days of one figure', () => {
    expect(readDay('2026/1/5')).toBe('2026-01-05')
  })

  it('knows leap years', () => {
    expect(readDay('2028/2/29')).toBe('2028-02-29')
    expect(readDay('2026/2/29')).toBeNull()
    expect(readDay('2100/2/29')).toBeNull()
    expect(readDay('2000/2/29')).toBe('2000-02-29')
  })

  it('knows that 令和 began on 1 May 2019', () => {
    expect(readDay('令和元年5月1日')).toBe('2019-05-01')
    expect(readDay('R1.4.30')).toBeNull()
  })

  it.each([
    '',
    '2026/13/1',
    '2026/0/1',
    '2026/11/31',
    '2026/11/0',
    '261125',
    '11/25',
    '明日',
    '2026/11',
  ])('is not guessed from "%s"', (typed) => {
    expect(readDay(typed)).toBeNull()
  })
})

it('turns full-width letters, figures and spaces to half-width, and leaves the rest', () => {
  expect(halfWidth('ＡＢｃ１２　３－カナ𠮷髙')).toBe('ABc12 3-カナ𠮷髙')
})
