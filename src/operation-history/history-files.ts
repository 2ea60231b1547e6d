/** 操作履歴のファイル — the same lines as CSV (for a spreadsheet) and on paper (印刷用PDF). */
import { momentInJapan } from '#kit/japan-time.ts'
import type { Language } from '#kit/visitor.ts'
import type { PdfPaper } from '#platform/pdf/paper.ts'
import type { HistoryLine } from './contract.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

export function wordsOf(language: Language): typeof ja {
  return language === 'en' ? en : ja
}

/** Without the BOM, Excel takes UTF-8 for Shift_JIS. */
const byteOrderMark = '\ufeff'

export async function* historyCsv(
  pages: AsyncIterable<readonly HistoryLine[]>,
  language: Language,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder()
  const { columns } = wordsOf(language)
  const heading = [
    columns.sequence,
    columns.at,
    columns.userName,
    columns.loginId,
    columns.terminal,
    columns.address,
    columns.business,
    columns.operation,
    columns.details,
    columns.result,
    columns.reason,
    columns.inquiryNumber,
  ]
  yield encoder.encode(byteOrderMark + csvLine(heading))
  for await (const lines of pages) {
    yield encoder.encode(lines.map((line) => csvLine(fieldsOf(line, language))).join(''))
  }
}

function fieldsOf(line: HistoryLine, language: Language): readonly string[] {
  const words = wordsOf(language)
  return [
    line.sequence,
    momentOf(line),
    line.userName ?? '',
    line.loginId ?? '',
    words.terminals[line.terminal],
    line.address,
    words.businesses[line.business],
    words.operations[line.operation],
    words.says(line),
    words.results[line.result],
    line.reason ?? '',
    line.inquiryNumber,
  ]
}

/**
 * A spreadsheet takes a field that begins with = + - @ for a formula: an apostrophe makes it text.
 * Line breaks and other control characters become spaces: one record, one line.
 */
function csvLine(fields: readonly string[]): string {
  const quoted = fields.map((field) => {
    const plain = field.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    const text = /^\s*[=+\-@＝＋－＠]/.test(plain) ? `'${plain}` : plain
    return `"${text.replaceAll('"', '""')}"`
  })
  return `${quoted.join(',')}\r\n`
}

export interface PaperFacts {
  readonly bankName: string
  readonly companyName: string
  readonly period: string
  /** The conditions besides the period, in words. */
  readonly conditions: readonly string[]
  readonly at: Temporal.Instant
  readonly language: Language
}

export function historyPaper(lines: readonly HistoryLine[], facts: PaperFacts): PdfPaper {
  const { title, columns, paper, list, ...words } = wordsOf(facts.language)
  return {
    title,
    facts: [
      { label: paper.company, value: facts.companyName },
      { label: paper.period, value: facts.period },
      { label: paper.conditions, value: facts.conditions.join(' / ') || paper.noConditions },
      { label: paper.lines, value: String(lines.length) },
      { label: paper.inquiredAt, value: momentInJapan(facts.at) },
    ],
    tables: [
      {
        columns: [
          { title: columns.at, width: 32 },
          { title: columns.user, width: 45 },
          { title: columns.terminal, width: 25 },
          { title: columns.business, width: 35 },
          { title: columns.operation, width: 'rest' },
          { title: columns.result, width: 20 },
        ],
        rows: lines.map((line) => [
          momentOf(line),
          personText(line, words.nobody),
          words.terminals[line.terminal],
          words.businesses[line.business],
          words.says(line),
          words.results[line.result],
        ]),
        whenEmpty: list.none,
      },
    ],
    foot: facts.bankName,
    orientation: 'landscape',
    language: facts.language,
  }
}

function personText({ userName, loginId }: HistoryLine, nobody: string): string {
  return userName === null ? nobody : `${userName}（${loginId}）`
}

function momentOf({ at }: HistoryLine): string {
  return momentInJapan(Temporal.Instant.from(at))
}
