/** CSV, camt.053 and paper: their form, and names that try to be more than text. */
import { describe, expect, test } from 'vitest'
import { yenBalance } from '#kit/yen.ts'
import { balancesCsv, incomingCsv, statementCsv } from './anser-csv.ts'
import { camt053, xmlText } from './camt053.ts'
import { guarded } from '#kit/csv.ts'
import { balancesPaper, statementPaper } from './papers.ts'
import { aFile, aLine, aSection, bytesOf, sample03Lines, sampleAccount } from './sample-files.ts'
import { shiftJis } from '#kit/shift-jis.ts'

const nasty = [
  '=HYPERLINK("http://evil.example","x")',
  '+cmd|calc',
  '-1+1',
  '@SUM(A1)',
  '＝1+1',
  '  =1',
  '"),DROP',
  'two\r\nlines',
  '</Nm><Amt Ccy="JPY">1</Amt>',
  ']]>&amp;\u0000\u0008',
  'half \ud83d',
  '髙﨑𠮷🏦',
]
const nastyLines = nasty.map((text, at) =>
  aLine({
    day: '2026-11-05',
    in: 1n,
    balance: BigInt(at + 1),
    particulars: {
      description: text,
      remitterName: text,
      bankName: text,
      branchName: text,
      ediInformation: text,
      chequeNumber: text,
      remitterCode: text,
    },
  }),
)

/** As a strict reader takes it: every field quoted, CRLF at the end. */
function readCsv(text: string): string[][] {
  expect(text).toMatch(/^("(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*\r\n)+$/)
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((line) =>
      Array.from(line.matchAll(/"((?:[^"]|"")*)"/g), ([, field]) => field!.replaceAll('""', '"')),
    )
}

describe('CSV', () => {
  test('a statement has the ANSER layout: BOM, thirteen titles, quoted fields, CRLF', async () => {
    const bytes = await bytesOf(statementCsv(aFile(aSection(sample03Lines, 1_000_000n)), 'utf-8'))
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(bytes.subarray(3).toString()).toBe(
      [
        '"照会口座","番号","勘定日","（起算日）","出金金額（円）","入金金額（円）","小切手区分","残高（円）","取引区分","明細区分","金融機関名","支店名","摘要"',
        '"本店 普通 1234567","1","2026年11月05日","2026年11月05日","","110000","","1110000","振込","入金","ﾐﾎﾝ","ｴｷﾏｴ","ﾌﾘｺﾐ ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ"',
        '"本店 普通 1234567","2","2026年11月10日","2026年11月10日","55000","","","1055000","振替","出金","","","ﾃﾞﾝｷﾘﾖｳ"',
        '"本店 普通 1234567","3","2026年11月20日","2026年11月20日","200330","","","854670","振込","出金","","","ｿｳｺﾞｳﾌﾘｺﾐ"',
        '',
      ].join('\r\n'),
    )
  })

  test('in Shift_JIS it says the same, without a BOM', async () => {
    const file = () => aFile(aSection(sample03Lines, 1_000_000n))
    const bytes = await bytesOf(statementCsv(file(), 'shift_jis'))
    const utf8 = await bytesOf(statementCsv(file(), 'utf-8'))
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(bytes)).toBe(
      utf8.subarray(3).toString(),
    )
  })

  test.each(['utf-8', 'shift_jis'] as const)(
    'in %s no name becomes a formula, a further field or a further line',
    async (encoding) => {
      for (const make of [statementCsv, incomingCsv]) {
        const bytes = await bytesOf(make(aFile(aSection(nastyLines, 0n)), encoding))
        const rows = readCsv(new TextDecoder(encoding).decode(bytes))
        expect(rows).toHaveLength(nasty.length + 1)
        expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows[0]!.length]))
        const text = rows.slice(1).flat()
        expect(text.filter((field) => /^\s*[=+@＝]/.test(field))).toEqual([])
      }
    },
  )

  test('a negative balance stays a number', async () => {
    const line = aLine({ day: '2026-11-05', out: 5n, balance: -5n })
    const bytes = await bytesOf(statementCsv(aFile(aSection([line], 0n)), 'utf-8'))
    expect(readCsv(bytes.subarray(3).toString())[1]![7]).toBe('-5')
  })

  test('balances that the core does not know are empty fields', async () => {
    const rows = [{ account: sampleAccount, balances: null }]
    const bytes = await bytesOf(balancesCsv(rows, 'utf-8'))
    expect(readCsv(bytes.subarray(3).toString())[1]).toEqual([
      '本店 普通 1234567',
      ...Array(6).fill(''),
    ])
  })

  test.each([
    ['=1', "'=1"],
    ['-1', "'-1"],
    ['ﾔﾏﾀﾞ', 'ﾔﾏﾀﾞ'],
    ['a\r\nb\tc', 'a b c'],
    ['\u0000=1', "' =1"],
  ])('%j is written as %j', (text, expected) => expect(guarded(text)).toBe(expected))

  test.each([
    ['髙﨑', '髙﨑'],
    ['𠮷🏦', '〓〓'],
    ['〜−①㈱', '～－①㈱'],
    ['ｱｲｳ~\\', 'ｱｲｳ~\\'],
  ])('Shift_JIS writes %j as %j', (text, expected) => {
    expect(new TextDecoder('shift_jis').decode(shiftJis(text))).toBe(expected)
  })
})

describe('camt.053', () => {
  test('names account, balances, sums and entries in the order of the schema', async () => {
    const xml = String(await bytesOf(camt053(aFile(aSection(sample03Lines, 1_000_000n)))))
    expect(xml).toContain('xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"')
    const order = [
      '<GrpHdr>',
      '<Stmt>',
      '<FrToDt>',
      '<Acct>',
      '>OPBD<',
      '>CLBD<',
      '<TxsSummry>',
      '<Ntry>',
    ]
    const places = order.map((part) => xml.indexOf(part))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places).not.toContain(-1)
    expect(xml).toContain(
      '<Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="JPY">1000000</Amt><CdtDbtInd>CRDT',
    )
    expect(xml).toContain(
      '<Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="JPY">854670</Amt><CdtDbtInd>CRDT',
    )
    expect(xml.match(/<Ntry>/g)).toHaveLength(3)
    expect(xml).toContain(
      '<TtlDbtNtries><NbOfNtries>2</NbOfNtries><Sum>255330</Sum></TtlDbtNtries>',
    )
  })

  test('an overdrawn balance is a positive amount marked DBIT', async () => {
    const xml = String(await bytesOf(camt053(aFile(aSection([], -7n)))))
    expect(xml.match(/<Amt Ccy="JPY">7<\/Amt><CdtDbtInd>DBIT/g)).toHaveLength(2)
  })

  test('names stay text: every element is closed, none is added, no forbidden character', async () => {
    const xml = String(await bytesOf(camt053(aFile(aSection(nastyLines, 0n)))))
    expect(elementsOf(xml).filter((name) => name === 'Ntry')).toHaveLength(nasty.length)
    // eslint-disable-next-line no-control-regex -- the characters that XML 1.0 forbids
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
    expect(xml).toContain('&lt;/Nm&gt;&lt;Amt')
    expect(xml).toContain('髙﨑𠮷🏦')
  })

  test('the five signs of XML are escaped', () => {
    expect(xmlText(`<a b="c">&'`)).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&apos;')
  })
})

/** Names of all elements, after checking that they nest. */
function elementsOf(xml: string): string[] {
  const names: string[] = []
  const open: string[] = []
  for (const [, closing, name, empty] of xml.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(name)
    else {
      names.push(name!)
      if (!empty) open.push(name!)
    }
  }
  expect(open).toEqual([])
  return names
}

describe('paper', () => {
  test('a statement shows lines, sums and balances in the visitor’s language', async () => {
    const file = () => aFile(aSection(sample03Lines, 1_000_000n))
    const japanese = await statementPaper(file(), 'ja')
    expect(japanese.title).toBe('入出金明細照会')
    expect(japanese.tables[0]!.rows[0]).toEqual([
      '1',
      '2026/11/05',
      '2026/11/05',
      '',
      '110,000',
      '1,110,000',
      '振込',
      'ﾌﾘｺﾐ ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ ﾐﾎﾝ ｴｷﾏｴ INV-1',
    ])
    expect(japanese.tables[0]!.sums![0]!.slice(3, 5)).toEqual(['255,330', '110,000'])
    expect((await statementPaper(file(), 'en')).title).toBe('Statement')
  })

  test('balances are one row per account', () => {
    const at = Temporal.Instant.from('2026-11-22T01:00:00Z')
    const amounts = { current: 1n, available: -2n, previousDay: 3n, previousMonthEnd: 4n }
    const balances = {
      account: sampleAccount.account,
      current: yenBalance(amounts.current),
      available: yenBalance(amounts.available),
      uncleared: 0n as never,
      previousDay: yenBalance(amounts.previousDay),
      previousMonthEnd: yenBalance(amounts.previousMonthEnd),
      asOf: at,
    }
    const facts = { bankName: 'まどぐち銀行', at, language: 'ja' } as const
    const paper = balancesPaper([{ account: sampleAccount, balances }], facts)
    expect(paper.tables[0]!.rows).toEqual([['本店 普通 1234567', '1', '0', '-2', '3', '4']])
  })
})
