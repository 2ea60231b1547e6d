/** 照会 as files, through the counter: what they hold, what is refused, and flat memory. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRecord, splitRecords } from '#kit/zengin/record.ts'
import { data01A, data01B, trailer01 } from './files/zengin-incoming.ts'
import { data03, header03, trailer03 } from './files/zengin-statement.ts'
import { mainKey, testWorld, type World } from './inquiry.fixture.ts'

const today = Temporal.PlainDate.from('2026-11-22')
const nasty = '=HYPERLINK("x"),<Ntry/>&\'株'

let world: World
beforeAll(async () => {
  world = await testWorld({ pdfLinesMax: 5 })
  await world.arrives('2026-10-15', 1_000_000n)
  await world.leaves('2026-11-05', 250_000n, { description: nasty, remitterName: nasty })
  await world.arrives('2026-11-20', 12_345n, {
    remitterName: 'ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ',
    ediInformation: 'INV-1',
  })
  await world.arrives('2026-11-22', 655n)
})
afterAll(() => world.close())

const asked = { account: mainKey, period: 'this-month' }
const file = (query: Record<string, string>, path = 'statement/file') =>
  world.ask('sato', path, { ...asked, ...query })

describe('a statement', () => {
  test('as CSV tells how many lines will come, and holds them', async () => {
    const answer = await file({ format: 'csv' })
    expect(answer.headers['content-type']).toContain('text/csv; charset=utf-8')
    expect(answer.headers['x-total-lines']).toBe('3')
    expect(answer.headers['content-disposition']).toContain(
      `filename*=UTF-8''${encodeURIComponent('入出金明細_20261101-20261122.csv')}`,
    )
    const lines = answer.payload.split('\r\n')
    expect(lines).toHaveLength(1 + 3 + 1)
    expect(lines[2]).toContain('"","12345",')
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")`)
  })

  test('as CSV follows the search, in Shift_JIS when asked', async () => {
    const answer = await file({ format: 'csv', encoding: 'shift_jis', direction: 'out' })
    expect(answer.headers['x-total-lines']).toBe('1')
    const text = new TextDecoder('shift_jis').decode(answer.rawPayload)
    expect(text).toMatch(/^"照会口座","番号"/)
    expect(text.match(/\r\n/g)).toHaveLength(2)
  })

  test('as 全銀 03 balances to the yen', async () => {
    const answer = await file({ format: 'zengin' })
    const records = splitRecords(answer.rawPayload, 200)
    expect(answer.rawPayload.length).toBe(records.length * 202)
    const header = readRecord(header03, records[0]!, today)
    const lines = records.slice(1, -2).map((record) => readRecord(data03, record, today))
    const trailer = readRecord(trailer03, records.at(-2)!, today)

    expect([header, ...lines, trailer].flatMap(({ faults }) => faults)).toEqual([])
    const moved = lines.reduce(
      (sum, { values }) => sum + (values.direction === '1' ? values.amount : -values.amount),
      0n,
    )
    expect(header.values).toMatchObject({ opening: 1_000_000n, branchName: 'ﾎﾝﾃﾝｴｲｷﾞﾖｳﾌﾞ' })
    expect(header.values.opening + moved).toBe(trailer.values.closing)
    expect(trailer.values).toMatchObject({ inCount: 2n, outCount: 1n, closing: 763_000n })
  })

  test('as camt.053 has an entry per line', async () => {
    const answer = await file({ format: 'camt053' })
    expect(answer.headers['content-type']).toBe('application/xml')
    expect(answer.payload.match(/<Ntry>/g)).toHaveLength(3)
    expect(answer.payload).toContain('=HYPERLINK(&quot;x&quot;),&lt;Ntry/&gt;&amp;&apos;株')
  })

  test('as PDF is one, in either language', async () => {
    const answer = await file({ format: 'pdf' })
    expect(answer.headers['content-type']).toBe('application/pdf')
    expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('of all accounts is one file with a part for each', async () => {
    const answer = await file({ format: 'zengin', account: 'all' })
    const kinds = splitRecords(answer.rawPayload, 200).map((record) =>
      String.fromCharCode(record[0]!),
    )
    expect(kinds.join('')).toBe('12228' + '18' + '18' + '9')
  })

  test.each([
    [{ format: 'zengin', text: 'ﾌﾘｺﾐ' }, 'search-not-for-this-file', 422],
    [{ format: 'camt053', direction: 'in' }, 'search-not-for-this-file', 422],
    [{ format: 'csv', account: '000-ordinary-0000000' }, 'no-such-account', 404],
    [{ format: 'csv', period: 'dates', from: 'x' }, 'from-day-unreadable', 422],
    [{ format: 'xls' }, 'input-not-acceptable', 422],
  ])('%j is refused as %s', async (query, code, status) => {
    const answer = await file(query)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().code).toBe(code)
  })
})

describe('incoming transfers', () => {
  const path = 'incoming-transfers/file'

  test('as 全銀 01 are in format A while it can hold them', async () => {
    const records = splitRecords((await file({ format: 'zengin' }, path)).rawPayload, 200)
    const [, first, second, trailer] = records
    expect(readRecord(data01A, first!, today)).toMatchObject({
      values: { amount: 12_345n, ediInformation: 'INV-1', remitterName: 'ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ' },
      faults: [],
    })
    expect(readRecord(data01A, second!, today).values.amount).toBe(655n)
    expect(readRecord(trailer01, trailer!, today).values).toMatchObject({
      count: 2n,
      amount: 13_000n,
    })
  })

  test('as CSV name remitter and EDI information', async () => {
    const answer = await file({ format: 'csv' }, path)
    expect(answer.payload).toContain('"ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ","","","INV-1","ﾌﾘｺﾐ"')
  })

  test('are in format B as soon as one amount needs it', async () => {
    await world.arrives('2026-11-22', 12_345_678_901n)
    const records = splitRecords((await file({ format: 'zengin' }, path)).rawPayload, 200)
    const amounts = records
      .slice(1, -2)
      .map((record) => readRecord(data01B, record, today).values.amountLong)
    expect(amounts).toEqual([12_345n, 655n, 12_345_678_901n])
  })
})

test.each(['csv', 'pdf'])('balances come as %s', async (format) => {
  const answer = await world.ask('sato', 'balances/file', { format })
  expect(answer.statusCode).toBe(200)
  expect(answer.rawPayload.length).toBeGreaterThan(300)
})

test('a PDF longer than the bank allows is refused, with both figures', async () => {
  for (let at = 0; at < 3; at += 1) await world.arrives('2026-11-22', 1n)
  const answer = await file({ format: 'pdf' })
  expect(answer.statusCode).toBe(422)
  expect(answer.json()).toMatchObject({ code: 'too-many-lines', facts: { lines: '7', max: '5' } })
})
