/**
 * From our paper to pdfmake's document definition.
 *
 * Table rows are not merged or measured by content: every width is fixed, which keeps ten
 * thousand rows affordable. Header rows repeat on each page.
 */
import type { PdfColumn, PdfFact, PdfPaper, PdfTable } from './paper.ts'

const pointsPerMillimetre = 72 / 25.4
const navy = '#16365c'
const shade = '#e8edf2'
const rule = '#b4bcc6'

export function pdfDefinition(paper: PdfPaper): object {
  return {
    pageSize: 'A4',
    pageOrientation: paper.orientation ?? 'portrait',
    pageMargins: [34, 40, 34, 44],
    info: { title: paper.title, creator: 'Madoguchi', producer: 'Madoguchi' },
    language: paper.language,
    defaultStyle: { font: 'NotoSansJP', fontSize: 8.5, lineHeight: 1.1 },
    content: [
      { text: paper.title, fontSize: 15, bold: true, margin: [0, 0, 0, 8] },
      factLines(paper.facts),
      ...paper.tables.flatMap(tableBlocks),
    ],
    footer: (page: number, pages: number) => ({
      margin: [34, 14, 34, 0],
      fontSize: 8,
      columns: [
        { text: paper.foot, width: '*' },
        { text: `${page} / ${pages}`, width: 60, alignment: 'right' },
      ],
    }),
  }
}

function factLines(facts: readonly PdfFact[]): object {
  return {
    margin: [0, 0, 0, 6],
    stack: facts.map(({ label, value }) => ({
      columns: [
        { text: label, width: 110, color: '#444444' },
        { text: value, width: '*' },
      ],
      margin: [0, 0, 0, 2],
    })),
  }
}

function tableBlocks(table: PdfTable): object[] {
  const heading = table.heading
    ? [{ text: table.heading, fontSize: 11, bold: true, margin: [0, 10, 0, 4], headlineLevel: 1 }]
    : []
  const facts = table.facts ? [factLines(table.facts)] : []
  return [...heading, ...facts, tableBlock(table)]
}

function tableBlock({ columns, rows, sums = [], whenEmpty }: PdfTable): object {
  const cells = (row: readonly string[], more: object = {}) =>
    columns.map((column, at) => ({ text: row[at] ?? '', alignment: align(column), ...more }))
  const empty = [{ text: whenEmpty, colSpan: columns.length }, ...columns.slice(1).map(() => ({}))]

  return {
    margin: [0, 4, 0, 0],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => (width === 'rest' ? '*' : width * pointsPerMillimetre)),
      body: [
        columns.map((column) => ({
          text: column.title,
          bold: true,
          alignment: align(column),
          fillColor: shade,
        })),
        ...(rows.length === 0 ? [empty] : rows.map((row) => cells(row))),
        ...sums.map((row) => cells(row, { bold: true })),
      ],
    },
    layout: {
      hLineWidth: (line: number) => (line === 1 ? 1 : line === 0 ? 0 : 0.4),
      vLineWidth: () => 0,
      hLineColor: (line: number) => (line === 1 ? navy : rule),
      paddingLeft: () => 3,
      paddingRight: () => 3,
      paddingTop: () => 2.5,
      paddingBottom: () => 2.5,
    },
  }
}

function align(column: PdfColumn): 'left' | 'right' {
  return column.align ?? 'left'
}
