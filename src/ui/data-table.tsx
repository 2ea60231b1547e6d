/**
 * 一覧 — a plain <table>: caption, column headings with scope, one heading per row. On a narrow
 * screen rows become cards, or entries of two lines where a list is long, or the table scrolls
 * sideways where columns must be compared.
 */
import { useId, type ReactNode } from 'react'
import { classes } from './classes.ts'
import { useUiMessages } from './language.tsx'

export interface Column<Row> {
  readonly key: string
  readonly heading: string
  readonly align?: 'start' | 'end' | 'center'
  /** This cell names its row (th scope=row). */
  readonly namesRow?: boolean
  /** Never broken over lines: dates, numbers. */
  readonly unbroken?: boolean
  /** Where it stands in a row of `narrow="lines"`; below the rest when left out. */
  readonly place?: 'lead' | 'tag' | 'main' | 'wide' | 'value' | 'under' | 'more'
  /** What it is called there; nothing when left out. */
  readonly shortHeading?: string
  readonly cell: (row: Row, index: number) => ReactNode
}

export interface DataTableProps<Row> {
  readonly caption: string
  /** Shown above the table; otherwise only read out. */
  readonly captionShown?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly narrow?: 'cards' | 'lines' | 'scroll'
  /** A line below, e.g. sums; one cell per column. */
  readonly footer?: readonly ReactNode[]
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, captionShown = false, narrow = 'cards' } = props
  const words = useUiMessages()
  const id = useId()
  // `display: block` would take the table's meaning away; explicit roles keep it.
  const table = (
    <table role="table" className={classes('data-table', narrow !== 'scroll' && `as-${narrow}`)}>
      <caption id={id} className={captionShown ? 'pb-2 text-start font-bold' : 'sr-only'}>
        {caption}
        {narrow === 'scroll' && <span className="sr-only">{words.scrollTable}</span>}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" className={look(column)}>
              {column.heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row, index) => (
          <Line key={props.rowKey(row)} columns={props.columns} row={row} index={index} />
        ))}
      </tbody>
      {props.footer && <Footer cells={props.footer} columns={props.columns} />}
    </table>
  )
  if (narrow !== 'scroll') return table
  return (
    <div className="scroll-shadow" role="region" aria-labelledby={id} tabIndex={0}>
      {table}
    </div>
  )
}

interface LineProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly row: Row
  readonly index: number
}

function Line<Row>({ columns, row, index }: LineProps<Row>) {
  return (
    <tr role="row">
      {columns.map((column) => {
        const content = column.cell(row, index)
        return column.namesRow ? (
          <th
            key={column.key}
            role="rowheader"
            scope="row"
            data-label={column.heading}
            data-short={column.shortHeading}
            className={look(column)}
          >
            {content}
          </th>
        ) : (
          <td
            key={column.key}
            role="cell"
            data-label={column.heading}
            data-short={column.shortHeading}
            className={look(column)}
          >
            {content}
          </td>
        )
      })}
    </tr>
  )
}

interface FooterProps<Row> {
  readonly cells: readonly ReactNode[]
  readonly columns: readonly Column<Row>[]
}

function Footer<Row>({ cells, columns }: FooterProps<Row>) {
  return (
    <tfoot role="rowgroup" className="font-bold">
      <tr role="row">
        {columns.map((column, index) => (
          <td
            key={column.key}
            role="cell"
            data-label={column.heading}
            data-short={column.shortHeading}
            className={look(column)}
          >
            {cells[index]}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}

function look<Row>(column: Column<Row>): string {
  const { align = 'start', unbroken, place = 'more' } = column
  return classes(`at-${align}`, unbroken && 'unbroken', `place-${place}`)
}
