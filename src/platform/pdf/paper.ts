/** What a PDF of ours consists of: a title, some facts, some tables. Plain data, so that it can be handed to a worker. */
export interface PdfPaper {
  readonly title: string
  /** Printed under the title, e.g. account, period, time of inquiry. */
  readonly facts: readonly PdfFact[]
  readonly tables: readonly PdfTable[]
  /** Printed at the foot of every page, beside the page number, e.g. the bank's name. */
  readonly foot: string
  readonly orientation?: 'portrait' | 'landscape'
  readonly language: 'ja' | 'en'
}

export interface PdfFact {
  readonly label: string
  readonly value: string
}

export interface PdfTable {
  readonly heading?: string
  readonly facts?: readonly PdfFact[]
  readonly columns: readonly PdfColumn[]
  readonly rows: readonly (readonly string[])[]
  /** Printed bold below the rows, e.g. the totals. */
  readonly sums?: readonly (readonly string[])[]
  /** Printed in place of rows when there are none. */
  readonly whenEmpty: string
}

export interface PdfColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Millimetres; `rest` shares what is left. */
  readonly width: number | 'rest'
}
