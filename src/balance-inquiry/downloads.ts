/**
 * The inquiries that are answered by a file. A file is counted first, so that its head can tell
 * how many lines will come and a format too small for them is refused before it is begun; then it
 * is written line by line, and memory stays flat however long it is.
 */
import type { Language } from '#kit/visitor.ts'
import { yen } from '#kit/yen.ts'
import type { StatementFilter } from '#outside/core-banking/port.ts'
import { renderPdf } from '#platform/pdf/render.ts'
import { refuse, type Download, type Handlers } from '#platform/http/routes.ts'
import { conditionFacts, type Conditions, readConditions, refuseAtField } from './conditions.ts'
import type { contract, incomingFormats, statementFormats } from './contract.ts'
import type { Asked, Desk, InquiryParameters, Needs } from './desk.ts'
import { balancesCsv, incomingCsv, statementCsv } from './files/anser-csv.ts'
import { camt053 } from './files/camt053.ts'
import { type CsvEncoding, csvMediaType } from '#kit/csv.ts'
import { balancesPaper, statementPaper, wordsOf } from './files/papers.ts'
import { type BankFace, linesOf, type Section, type StatementFile } from './files/section.ts'
import { amountMaxOfFormatA, fitsZengin01, zengin01 } from './files/zengin-incoming.ts'
import { fitsZengin03, zengin03 } from './files/zengin-statement.ts'
import { incomingOnly } from './inquiries.ts'
import type { Period, PeriodAsked } from './period.ts'
import { searchesNothing, type SearchAsked } from './search.ts'

type Downloads = Pick<
  Handlers<typeof contract>,
  'downloadStatement' | 'downloadIncomingTransfers' | 'downloadBalances'
>
type StatementFormat = (typeof statementFormats)[number]
type IncomingFormat = (typeof incomingFormats)[number]

/** These promise the whole of the period, opening and closing balance included. */
const wholePeriodOnly: readonly (StatementFormat | IncomingFormat)[] = ['zengin', 'camt053']

export function downloads(needs: Needs, desk: Desk): Downloads {
  const { coreBanking, parameters } = needs
  return {
    async downloadStatement({ input: { query }, ...asked }) {
      const { format, encoding } = query
      const operation = `statement-${format}` as const
      const prepared = await prepare(needs, desk, asked, { ...query, operation, only: {} })
      if ('refusal' in prepared) return prepared

      const { file, conditions } = prepared
      const lines = file.sections.reduce((sum, section) => sum + linesOf(section), 0)
      const refused = async (reason: 'too-many-lines' | 'figures-too-large', max: string) => {
        await desk.recordRefusal(asked, operation, reason, factsOf(query.account, conditions))
        return refuse(reason, { facts: { lines: String(lines), max } })
      }
      if (format === 'pdf' && lines > parameters.statementPdfLinesMax) {
        return refused('too-many-lines', String(parameters.statementPdfLinesMax))
      }
      if (format === 'zengin' && !file.sections.every(fitsZengin03)) {
        return refused('figures-too-large', '999999')
      }

      const facts = { ...factsOf(query.account, conditions), lines: String(lines) }
      await desk.record(asked, operation, facts)
      return statementDownload(file, { format, encoding, lines, language: asked.origin.language })
    },

    async downloadIncomingTransfers({ input: { query }, ...asked }) {
      const { format, encoding } = query
      const operation = `incoming-transfer-${format}` as const
      const only = incomingOnly
      const prepared = await prepare(needs, desk, asked, { ...query, operation, only })
      if ('refusal' in prepared) return prepared

      const { file, conditions } = prepared
      const lines = file.sections.reduce((sum, section) => sum + linesOf(section), 0)
      if (format === 'zengin' && !file.sections.every(fitsZengin01)) {
        const facts = factsOf(query.account, conditions)
        await desk.recordRefusal(asked, operation, 'figures-too-large', facts)
        return refuse('figures-too-large', { facts: { lines: String(lines), max: '999999' } })
      }

      const facts = { ...factsOf(query.account, conditions), lines: String(lines) }
      await desk.record(asked, operation, facts)
      const name = fileName('incoming', file.period, asked.origin.language)
      if (format === 'csv') {
        const body = incomingCsv(file, encoding)
        return { fileName: `${name}.csv`, mediaType: csvMediaType(encoding), body, lines }
      }
      const layout = (await needsFormatB(needs, file)) ? 'B' : 'A'
      return { fileName: `${name}.txt`, mediaType: zenginType, body: zengin01(file, layout), lines }
    },

    async downloadBalances({ input: { query }, ...asked }) {
      const { account, encoding, format } = query
      const operation = `balance-${format}` as const
      const accounts = await desk.chosen(asked.visitor, account)
      if (accounts === null) {
        await desk.recordRefusal(asked, operation, 'no-such-account', { account })
        return refuseAtField('no-such-account')
      }

      const found = await coreBanking.balances(accounts.map((one) => one.account))
      const rows = accounts.map((one, at) => ({ account: one, balances: found[at] ?? null }))
      await desk.record(asked, operation, { account })
      const { language } = asked.origin
      const name = wordsOf(language).fileNames.balances
      if (format === 'csv') {
        const body = balancesCsv(rows, encoding)
        return { fileName: `${name}.csv`, mediaType: csvMediaType(encoding), body }
      }
      const facts = { bankName: parameters.bankName, at: asked.now, language }
      const body = renderPdf(balancesPaper(rows, facts))
      return { fileName: `${name}.pdf`, mediaType: 'application/pdf', body }
    },
  }
}

interface FileAsked extends PeriodAsked, SearchAsked {
  readonly account: string
  readonly format: StatementFormat | IncomingFormat
  readonly operation: Parameters<Desk['record']>[1]
  /** What the file is narrowed to by its kind. */
  readonly only: StatementFilter
}

/** The checks that every file has in common, then the counting. */
async function prepare(needs: Needs, desk: Desk, caller: Asked, asked: FileAsked) {
  const { coreBanking, parameters } = needs
  const { now, visitor } = caller
  const read = readConditions(asked, { now, monthsShown: parameters.statementMonthsShown })
  if (!read.granted) return refuseAtField(...read.reasons)
  if (wholePeriodOnly.includes(asked.format) && !searchesNothing(read.value.filter)) {
    return refuse('search-not-for-this-file')
  }
  const accounts = await desk.chosen(visitor, asked.account)
  if (accounts === null) {
    const facts = { account: asked.account }
    await desk.recordRefusal(caller, asked.operation, 'no-such-account', facts)
    return refuseAtField('no-such-account')
  }

  const { period, filter } = read.value
  const narrowed = { ...filter, ...asked.only }
  const sections = await Promise.all(
    accounts.map(async (account): Promise<Section> => {
      const query = { account: account.account, ...period, filter: narrowed }
      const totals = await coreBanking.statementTotals(query)
      return { account, totals, lines: coreBanking.statementLines(query) }
    }),
  )
  const file: StatementFile = { bank: bankFace(parameters), period, madeAt: now, sections }
  return { file, conditions: read.value }
}

function statementDownload(
  file: StatementFile,
  asked: { format: StatementFormat; encoding: CsvEncoding; lines: number; language: Language },
): Download {
  const { format, encoding, lines, language } = asked
  const name = fileName('statement', file.period, language)
  switch (format) {
    case 'csv': {
      const body = statementCsv(file, encoding)
      return { fileName: `${name}.csv`, mediaType: csvMediaType(encoding), body, lines }
    }
    case 'zengin':
      return { fileName: `${name}.txt`, mediaType: zenginType, body: zengin03(file), lines }
    case 'camt053':
      return { fileName: `${name}.xml`, mediaType: 'application/xml', body: camt053(file), lines }
    case 'pdf':
      return {
        fileName: `${name}.pdf`,
        mediaType: 'application/pdf',
        body: onPaper(file, language),
      }
  }
}

async function* onPaper(file: StatementFile, language: Language): AsyncIterable<Uint8Array> {
  yield* renderPdf(await statementPaper(file, language))
}

/** Bytes of JIS X 0201, which no text type names. */
const zenginType = 'application/octet-stream'

async function needsFormatB({ coreBanking }: Needs, { period, sections }: StatementFile) {
  const filter = { ...incomingOnly, amountFrom: yen(amountMaxOfFormatA + 1n) }
  const large = await Promise.all(
    sections.map(({ account }) =>
      coreBanking.statementTotals({ account: account.account, ...period, filter }),
    ),
  )
  return large.some(({ inCount }) => inCount > 0)
}

function bankFace(parameters: InquiryParameters): BankFace {
  const { bankCode: code, bankName: name, bankNameKana: nameKana, branchNamesKana } = parameters
  return { code, name, nameKana, branchNamesKana }
}

function factsOf(account: string, conditions: Conditions): Readonly<Record<string, string>> {
  return { account, ...conditionFacts(conditions) }
}

/** 入出金明細_20261101-20261122 */
function fileName(
  kind: 'statement' | 'incoming',
  { from, to }: Period,
  language: Language,
): string {
  const days = [from, to].map((day) => day.toString().replaceAll('-', '')).join('-')
  return `${wordsOf(language).fileNames[kind]}_${days}`
}
