/** COPY over the driver's own protocol, from cells in the program's memory to the durable commit. */
import type pg from 'pg'

const nothing = String.raw`\N`

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
  // Nothing here has to be escaped, and COPY is not made to look for it while it is timed.
  if (rows.some((row) => row.some((cell) => cell !== null && /[\\\t\n\r]/.test(cell)))) {
    throw new Error('a cell would have to be escaped')
  }
  const start = performance.now()
  let text = ''
  for (const row of rows) {
    let end = ''
    for (const cell of row) {
      text += end + (cell ?? nothing)
      end = '\t'
    }
    text += '\n'
  }
  await copy(client, `copy ${table} from stdin`, Buffer.from(text))
  return performance.now() - start
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
