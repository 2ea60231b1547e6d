/** COPY over the driver's own protocol, from cells in the program's memory to the durable commit. */
import type pg from 'pg'

export type Row = readonly (string | null)[]

/** @returns every cell as the text that the server sent */
export async function textRows(client: pg.Client, text: string): Promise<readonly Row[]> {
  const asItIs = () => (value: string | Buffer) => value
  const types = { getTypeParser: asItIs } as pg.CustomTypesConfig
  const { rows } = await client.query<(string | null)[]>({ text, rowMode: 'array', types })
  return rows
}

/** @returns milliseconds until the rows were committed; writing them as COPY's text is included */
export async function copyIn(
  client: pg.Client,
  table: string,
  rows: readonly Row[],
): Promise<number> {
  const start = performance.now()
  const lines = rows.map((row) => `${row.map(written).join('\t')}\n`)
  await copy(client, `copy ${table} from stdin`, Buffer.from(lines.join('')))
  return performance.now() - start
}

function written(cell: string | null): string {
  if (cell === null) return String.raw`\N`
  return /[\\\t\n\r]/.test(cell) ? cell.replaceAll(/[\\\t\n\r]/g, escaped) : cell
}

function escaped(character: string): string {
  return { '\t': String.raw`\t`, '\n': String.raw`\n`, '\r': String.raw`\r` }[character] ?? '\\\\'
}

/** What the driver's connection offers to a query that speaks the protocol itself. */
interface Connection {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

function copy(client: pg.Client, text: string, rows: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const query = {
    submit: (connection: Connection) => connection.query(text),
    handleCopyInResponse: (connection: Connection) => {
      for (let start = 0; start < rows.length; start += 65_536) {
        connection.sendCopyFromChunk(rows.subarray(start, start + 65_536))
      }
      connection.endCopyFrom()
    },
    handleCommandComplete: () => {},
    handleReadyForQuery: () => resolve(),
    handleError: (fault: unknown) => reject(fault),
    callback: null,
  }
  client.query(query as unknown as pg.Submittable)
  return promise
}
