/** 操作履歴のファイル取得 — CSV streams without a limit; a PDF has one, for it is laid out in memory. */
import { dayInJapan } from '#kit/japan-time.ts'
import type { Operation } from '#kit/operations.ts'
import { refuse, type Handlers } from '#platform/http/routes.ts'
import { renderPdf } from '#platform/pdf/render.ts'
import type { contract, HistoryFilters } from './contract.ts'
import { daysOf, factsOf, note, pages, peopleFor, refusal } from './desk.ts'
import type { Asked, HistoryRoutesNeeds } from './desk.ts'
import { historyCsv, historyPaper, wordsOf } from './history-files.ts'
import type { People } from './history-lines.ts'
import { searchFor, type HistorySearch } from './history-search.ts'
import { measure } from './operation-history-store.ts'

type History = Handlers<typeof contract>

export function csvHandler(needs: HistoryRoutesNeeds): History['operationHistoryCsv'] {
  const operation = 'operation-history-csv'
  return async ({ input, ...asked }) => {
    const { visitor, now, origin } = asked
    const daysBack = needs.parameters.historyDaysShown
    const outcome = searchFor(visitor, input.query, { now, daysBack })
    if (!outcome.granted) return refusal(needs, asked, operation, outcome.reason)

    const wanted = outcome.value
    const { lines, upTo } = await begin(needs, asked, { operation, wanted, filters: input.query })
    return {
      fileName: wordsOf(origin.language).downloads.csvName({ day: compactDay(now) }),
      mediaType: 'text/csv; charset=utf-8; header=present',
      body: historyCsv(pages(needs, visitor, wanted, upTo), origin.language),
      lines,
    }
  }
}

export function pdfHandler(needs: HistoryRoutesNeeds): History['operationHistoryPdf'] {
  const operation = 'operation-history-pdf'
  const { bankName, historyDaysShown: daysBack, historyPdfLinesMax: linesMax } = needs.parameters
  return async ({ input, ...asked }) => {
    const { visitor, now, origin } = asked
    const outcome = searchFor(visitor, input.query, { now, daysBack })
    if (!outcome.granted) return refusal(needs, asked, operation, outcome.reason)

    const wanted = outcome.value
    const of = { operation, wanted, filters: input.query, linesMax } as const
    const { lines, upTo, people } = await begin(needs, asked, of)
    if (lines > linesMax) {
      const facts = { lines: String(lines), max: String(linesMax) }
      return refuse('too-many-lines-for-pdf', { facts })
    }

    const words = wordsOf(origin.language)
    const { from, to } = daysOf(wanted)
    const paper = historyPaper(
      (await Array.fromAsync(pages(needs, visitor, wanted, upTo))).flat(),
      {
        bankName,
        companyName: visitor.companyName,
        period: [from, to].map((day) => day.replaceAll('-', '/')).join(' - '),
        conditions: conditionsOf(input.query, people, words),
        at: now,
        language: origin.language,
      },
    )
    return {
      fileName: words.downloads.pdfName({ day: compactDay(now) }),
      mediaType: 'application/pdf',
      body: renderPdf(paper),
      lines,
    }
  }
}

/** Counts what the file will hold and records that it was asked for, before it leaves. */
function begin(
  needs: HistoryRoutesNeeds,
  asked: Asked,
  of: { operation: Operation; wanted: HistorySearch; filters: HistoryFilters; linesMax?: number },
) {
  const { companyId } = asked.visitor
  return needs.database.asCompany(companyId, async (tx) => {
    const found = await measure(tx, companyId, of.wanted)
    const people = await peopleFor(needs, tx, asked.visitor)
    const tooMany = of.linesMax !== undefined && found.lines > of.linesMax
    await note(needs, tx, asked, {
      operation: of.operation,
      facts: factsOf(of.filters, of.wanted, String(found.lines)),
      ...(tooMany && { refusal: 'too-many-lines-for-pdf' }),
    })
    return { ...found, people }
  })
}

function conditionsOf(
  { userId, terminal, business, operation, result }: HistoryFilters,
  people: People,
  words: ReturnType<typeof wordsOf>,
): readonly string[] {
  const { form } = words
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [form.user, userId && (people.get(userId)?.name ?? userId)],
    [form.terminal, terminal && words.terminals[terminal]],
    [form.business, business && words.businesses[business]],
    [form.operation, operation && words.operations[operation]],
    [form.result, result && words.results[result]],
  ]
  return pairs.flatMap(([label, value]) => (value === undefined ? [] : [`${label} ${value}`]))
}

/** 20261122 */
function compactDay(now: Temporal.Instant): string {
  return dayInJapan(now).toString().replaceAll('-', '')
}
