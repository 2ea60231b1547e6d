/** Statements and balances on paper (PDF), in the language of the visitor. */
import type { CompanyAccount } from '#administration/index.ts'
import { momentInJapan } from '#kit/japan-time.ts'
import type { Language } from '#kit/visitor.ts'
import type { StatementLine } from '#outside/core-banking/port.ts'
import type { PdfFact, PdfPaper, PdfTable } from '#platform/pdf/paper.ts'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'
import type { Period } from '../period.ts'
import { type AccountBalances, particularsWord } from './anser-csv.ts'
import { countedLines, type Section, type StatementFile } from './section.ts'

type Words = typeof ja

export function wordsOf(language: Language): Words {
  return language === 'en' ? en : ja
}

export async function statementPaper(file: StatementFile, language: Language): Promise<PdfPaper> {
  const words = wordsOf(language)
  return {
    title: words.menu.statement,
    facts: [
      { label: words.fields.period, value: periodWord(file.period, words) },
      { label: words.fields.askedAt, value: momentInJapan(file.madeAt) },
    ],
    tables: await Promise.all(file.sections.map((section) => statementTable(section, words))),
    foot: file.bank.name,
    orientation: 'landscape',
    language,
  }
}

async function statementTable(section: Section, words: Words): Promise<PdfTable> {
  const { fields } = words
  const { account, totals } = section
  const rows: string[][] = []
  for await (const chunk of countedLines(section)) {
    for (const line of chunk) rows.push(lineRow(line, rows.length + 1, words))
  }
  const facts: PdfFact[] = [
    { label: fields.holder, value: account.holder },
    { label: fields.opening, value: amountWord(totals.opening) },
    { label: fields.closing, value: amountWord(totals.closing) },
  ]
  return {
    heading: accountWord(account, words),
    facts,
    columns: [
      { title: fields.number, width: 14, align: 'right' },
      { title: fields.bookedOn, width: 21 },
      { title: fields.valueOn, width: 21 },
      { title: words.yenHeading(fields.out), width: 33, align: 'right' },
      { title: words.yenHeading(fields.in), width: 33, align: 'right' },
      { title: words.yenHeading(fields.balance), width: 36, align: 'right' },
      { title: fields.kind, width: 22 },
      { title: fields.particulars, width: 'rest' },
    ],
    rows,
    sums: [
      [
        '',
        fields.total,
        '',
        amountWord(totals.outAmount),
        amountWord(totals.inAmount),
        '',
        '',
        words.lines(grouped(totals.inCount + totals.outCount)),
      ],
    ],
    whenEmpty: words.noLines,
  }
}

function lineRow(line: StatementLine, at: number, words: Words): string[] {
  const amount = amountWord(line.amount)
  const { bankName, branchName, ediInformation } = line.particulars
  return [
    String(at),
    dayWord(line.bookedOn),
    dayWord(line.valueOn),
    line.direction === 'out' ? amount : '',
    line.direction === 'in' ? amount : '',
    amountWord(line.balance),
    words.transactionKinds[line.kind],
    [particularsWord(line), bankName, branchName, ediInformation].filter(Boolean).join(' '),
  ]
}

export function balancesPaper(
  accounts: readonly AccountBalances[],
  facts: { readonly bankName: string; readonly at: Temporal.Instant; readonly language: Language },
): PdfPaper {
  const words = wordsOf(facts.language)
  const { fields } = words
  const money = [
    fields.current,
    fields.uncleared,
    fields.available,
    fields.previousDay,
    fields.previousMonthEnd,
  ].map((title) => ({ title: words.yenHeading(title), width: 36, align: 'right' }) as const)
  return {
    title: words.menu.balances,
    facts: [{ label: fields.askedAt, value: momentInJapan(facts.at) }],
    tables: [
      {
        columns: [{ title: fields.account, width: 'rest' }, ...money],
        rows: accounts.map(({ account, balances }) => [
          accountWord(account, words),
          ...(balances
            ? [
                balances.current,
                balances.uncleared,
                balances.available,
                balances.previousDay,
                balances.previousMonthEnd,
              ].map(amountWord)
            : [words.balancesUnknown]),
        ]),
        whenEmpty: words.noAccounts,
      },
    ],
    foot: facts.bankName,
    orientation: 'landscape',
    language: facts.language,
  }
}

function accountWord({ account, branchName }: CompanyAccount, words: Words): string {
  return words.accountWord(branchName, words.kinds[account.kind], account.number)
}

function periodWord({ from, to }: Period, words: Words): string {
  return words.periodWord(dayWord(from), dayWord(to))
}

function dayWord(day: Temporal.PlainDate): string {
  return day.toString().replaceAll('-', '/')
}

function amountWord(amount: bigint): string {
  return grouped(amount)
}

function grouped(figure: bigint | number): string {
  return String(figure).replace(/\B(?=(\d{3})+$)/g, ',')
}
