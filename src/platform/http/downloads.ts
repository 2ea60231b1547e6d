/** Downloads — a file on its way out, read only as fast as the browser takes it. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Download } from './routes.ts'

/**
 * The first piece is read before anything is sent, so that a fault at the start is still a
 * problem with a number. Later the connection is cut: a browser then reports a failed download
 * instead of keeping half a file.
 */
export async function sendDownload(reply: FastifyReply, download: Download): Promise<FastifyReply> {
  const pieces = download.body[Symbol.asyncIterator]()
  const first = await pieces.next()
  reply
    .header('content-type', download.mediaType)
    .header('content-disposition', disposition(download.fileName))
    .header('x-accel-buffering', 'no')
  if (download.lines !== undefined) reply.header('x-total-lines', String(download.lines))
  return reply.send(Readable.from(resumed(first, pieces), { objectMode: false }))
}

async function* resumed(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>) {
  try {
    for (let piece = first; !piece.done; piece = await rest.next()) yield piece.value
  } finally {
    // The browser went away, or all is read: whoever makes the lines may let go of them.
    await rest.return?.()
  }
}

/** RFC 6266 with both names: an ASCII one for old programs, the real one for the rest. */
export function disposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%;/]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
