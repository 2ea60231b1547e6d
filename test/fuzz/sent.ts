/** Sends one request of the fuzz to a listener; of a stream that stays open, the first piece is read. */
import type { FastifyInstance } from 'fastify'
import type { FuzzAnswer, FuzzRequest } from './contract-fuzz.ts'

export async function sentTo(
  app: FastifyInstance,
  { method, url, headers, body }: FuzzRequest,
): Promise<FuzzAnswer> {
  const isStream = headers['accept'] === 'text/event-stream'
  const answer = await app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(body !== undefined && { payload: body }),
    ...(isStream && { payloadAsStream: true }),
  })
  const status = answer.statusCode
  const told = answer.headers as Record<string, string>
  if (!isStream) return { status, headers: told, body: answer.body }
  return { status, headers: told, body: await textIn(answer.stream(), { whole: status >= 400 }) }
}

/** Leaves the loop and so the stream: its own end is not waited for. */
async function textIn(stream: AsyncIterable<Buffer>, { whole }: { whole: boolean }) {
  let text = ''
  for await (const piece of stream) {
    text += piece.toString()
    if (!whole) break
  }
  return text
}
