/** COPY over the driver's own protocol: the rows out as text, and back in with the time it took. */
import type pg from 'pg'

/** @returns the rows in COPY's text format */
export async function copyOut(client: pg.Client, query: string): Promise<Buffer> {
  const chunks: Buffer[] = [] // copies: the driver uses its own buffer again
  await copy(client, `copy (${query}) to stdout`, (chunk) => chunks.push(Buffer.from(chunk)))
  return Buffer.concat(chunks)
}

/** @returns milliseconds until the rows were committed */
export async function copyIn(client: pg.Client, table: string, rows: Buffer): Promise<number> {
  const start = performance.now()
  await copy(client, `copy ${table} from stdin`, () => {}, rows)
  return performance.now() - start
}

/** What the driver's connection offers to a query that speaks the protocol itself. */
interface Connection {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

function copy(
  client: pg.Client,
  text: string,
  onData: (chunk: Buffer) => void,
  rows?: Buffer,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const query = {
    submit: (connection: Connection) => connection.query(text),
    handleCopyInResponse: (connection: Connection) => {
      for (let start = 0; start < rows!.length; start += 65_536) {
        connection.sendCopyFromChunk(rows!.subarray(start, start + 65_536))
      }
      connection.endCopyFrom()
    },
    handleCopyData: ({ chunk }: { chunk: Buffer }) => onData(chunk),
    handleCommandComplete: () => {},
    handleReadyForQuery: () => resolve(),
    handleError: (fault: unknown) => reject(fault),
    callback: null,
  }
  client.query(query as unknown as pg.Submittable)
  return promise
}
