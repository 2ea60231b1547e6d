/** The 全銀 files, byte for byte against the samples, and read back record by record. */
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRecord, splitRecords } from '#kit/zengin/record.ts'
import { aFile, aLine, aSection, bytesOf, sample01Lines, sample03Lines } from './sample-files.ts'
import { countedLines } from './section.ts'
import {
  data01A,
  data01B,
  end01,
  fitsZengin01,
  header01,
  trailer01,
  zengin01,
} from './zengin-incoming.ts'
import { data03, end03, fitsZengin03, header03, trailer03, zengin03 } from './zengin-statement.ts'

const sample = (name: string) =>
  readFile(new URL(`../../../test/samples/zengin/${name}`, import.meta.url))
/** The samples of 01 cover one day. */
const oneDay = { ...aFile().period, from: Temporal.PlainDate.from('2026-11-20') }
const today = Temporal.PlainDate.from('2026-11-22')

const incoming = (amount: bigint) => ({
  ...aFile(aSection(sample01Lines(amount), 0n)),
  period: oneDay,
})

describe('03 入出金取引明細', () => {
  test('is the sample, byte for byte', async () => {
    const written = await bytesOf(zengin03(aFile(aSection(sample03Lines, 1_000_000n))))
    expect(written.equals(await sample('nyushukkin03.dat'))).toBe(true)
  })

  test('the sample is read with its sums and counts', async () => {
    const [header, ...rest] = splitRecords(await sample('nyushukkin03.dat'), 200)
    const end = rest.pop()!
    const trailer = rest.pop()!
    const read = readRecord(header03, header!, today)
    expect(read.faults).toEqual([])
    expect(read.values).toMatchObject({ holder: 'ｶ)ﾃｽﾄｼﾖｳｼﾞ', opening: 1_000_000n })

    const lines = rest.map((record) => readRecord(data03, record, today))
    expect(lines.flatMap(({ faults }) => faults)).toEqual([])
    const sum = (direction: string) =>
      lines
        .filter(({ values }) => values.direction === direction)
        .reduce((total, { values }) => total + values.amount, 0n)
    expect(readRecord(trailer03, trailer, today).values).toMatchObject({
      inCount: 1n,
      inAmount: sum('1'),
      outCount: 2n,
      outAmount: sum('2'),
      closing: 1_000_000n + sum('1') - sum('2'),
      dataRecords: BigInt(lines.length),
    })
    expect(readRecord(end03, end, today).values).toMatchObject({ records: 6n, accounts: 1n })
  })

  test('two accounts are two groups under one end', async () => {
    const file = aFile(aSection(sample03Lines, 0n), aSection([], -5_000n))
    const records = splitRecords(await bytesOf(zengin03(file)), 200)
    expect(records.map((record) => String.fromCharCode(record[0]!)).join('')).toBe('122281' + '89')
    expect(readRecord(end03, records.at(-1)!, today).values).toMatchObject({
      records: 8n,
      accounts: 2n,
    })
    expect(readRecord(header03, records[5]!, today).values).toMatchObject({
      openingSign: '2', // overdrawn
      opening: 5_000n,
    })
  })

  test('whatever the names are, every record has 200 bytes that read without fault', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '=1+1',
        '"',
        '\r\n',
        'ガ'.repeat(40),
        '🏦',
        '<b>',
        'ｶﾞ'.repeat(30),
        '株式会社',
      ),
    )
    await fc.assert(
      fc.asyncProperty(name, name, name, async (description, remitterName, bankName) => {
        const particulars = {
          description,
          remitterName,
          bankName,
          branchName: bankName,
          ediInformation: description,
          remitterCode: remitterName,
          chequeNumber: bankName,
        }
        const line = aLine({ day: '2026-11-05', in: 1n, balance: 1n, particulars })
        const written = await bytesOf(zengin03(aFile(aSection([line], 0n))))
        expect(written.length).toBe(4 * 202)
        const [, data] = splitRecords(written, 200)
        expect(readRecord(data03, data!, today).faults).toEqual([])
      }),
      { numRuns: 40 },
    )
  }, 30_000)

  test('sums beyond thirteen digits do not fit and are told before the file is begun', () => {
    const { totals } = aSection([], 0n)
    expect(fitsZengin03({ totals: { ...totals, inAmount: 10n ** 13n - 1n } })).toBe(true)
    expect(fitsZengin03({ totals: { ...totals, inAmount: 10n ** 13n } })).toBe(false)
    expect(fitsZengin03({ totals: { ...totals, outCount: 1_000_000 } })).toBe(false)
  })
})

describe('01 振込入金通知', () => {
  test('format A is the sample, byte for byte', async () => {
    const written = await bytesOf(zengin01(incoming(110_000n), 'A'))
    expect(written.equals(await sample('furikominyukin01.a.dat'))).toBe(true)
  })

  test('format B is the sample, byte for byte', async () => {
    const written = await bytesOf(zengin01(incoming(12_345_678_901n), 'B'))
    expect(written.equals(await sample('furikominyukin01.b.dat'))).toBe(true)
  })

  test('both samples are read back', async () => {
    const [header, data, trailer, end] = splitRecords(await sample('furikominyukin01.a.dat'), 200)
    expect(readRecord(header01, header!, today).values.accountNumber).toBe('1234567')
    expect(readRecord(data01A, data!, today)).toMatchObject({
      values: { amount: 110_000n, ediInformation: 'INV-1', cancelled: ' ' },
      faults: [],
    })
    expect(readRecord(trailer01, trailer!, today).values).toMatchObject({
      count: 1n,
      amount: 110_000n,
    })
    expect(readRecord(end01, end!, today).faults).toEqual([])

    const [, long] = splitRecords(await sample('furikominyukin01.b.dat'), 200)
    expect(readRecord(data01B, long!, today)).toMatchObject({
      values: { amount: 0n, amountLong: 12_345_678_901n },
      faults: [],
    })
  })

  test('an amount of eleven digits in format A is a fault, not a wrong file', async () => {
    const file = aFile(aSection(sample01Lines(10_000_000_000n), 0n))
    await expect(bytesOf(zengin01(file, 'A'))).rejects.toThrow(RangeError)
  })

  test('a total beyond twelve digits does not fit', () => {
    const { totals } = aSection([], 0n)
    expect(fitsZengin01({ totals: { ...totals, inAmount: 10n ** 12n - 1n } })).toBe(true)
    expect(fitsZengin01({ totals: { ...totals, inAmount: 10n ** 12n } })).toBe(false)
  })
})

describe('the lines of a file', () => {
  test('are those that were counted: what is booked meanwhile stays out', async () => {
    const counted = aSection(sample03Lines.slice(0, 2), 1_000_000n)
    const { lines } = aSection(sample03Lines, 1_000_000n)
    const chunks = await Array.fromAsync(countedLines({ ...counted, lines }))
    expect(chunks.flat()).toHaveLength(2)
  })

  test('that do not add up to the totals break the file off', async () => {
    const { lines } = aSection(sample03Lines.slice(0, 1), 1_000_000n)
    const section = { ...aSection(sample03Lines, 1_000_000n), lines }
    await expect(bytesOf(zengin03(aFile(section)))).rejects.toThrow('do not add up')
  })
})
