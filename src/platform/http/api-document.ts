/** The interface in writing — OpenAPI 3.1, derived from the same contracts as the routes. */
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Endpoint, Who } from '#kit/endpoint.ts'
import { Problem } from '#kit/problem.ts'
import { refusalsOfTheListener } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    served?: { readonly name: string; readonly endpoint: Endpoint }
  }
}

const description = `Every error is an RFC 9457 problem with a stable \`code\` and an
お問い合わせ番号 (\`inquiryNumber\`). Amounts are decimal text in whole yen. Beside the refusals
listed at each call, the listener itself may answer: ${Object.entries(refusalsOfTheListener)
  .map(([code, status]) => `\`${code}\` (${status})`)
  .join(', ')}.`

/** Registers the document's maker; must come before the routes. Read it by `app.swagger()`. */
export async function describeApi(app: FastifyInstance, publicOrigin: string): Promise<void> {
  if (!z.globalRegistry.has(Problem)) z.globalRegistry.add(Problem, { id: 'Problem' })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Madoguchi (窓口)', version: '0.1.0', description },
      servers: [{ url: publicOrigin }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: '__Host-sid', description: 'ログイン' },
        },
      },
    },
    transform: ((given: Parameters<typeof jsonSchemaTransform>[0]) => {
      const served = given.route.config?.served
      if (!served) return { schema: { hide: true }, url: given.url }
      const { schema, url } = jsonSchemaTransform({ ...given, schema: fullSchema(served) as never })
      return { schema: withoutContent(schema as Described, served.endpoint), url }
    }) as never,
    transformObject: jsonSchemaTransformObject as never,
  })
}

function fullSchema({ name, endpoint }: { name: string; endpoint: Endpoint }) {
  const { params, query, body, out, who, repeat, summary } = endpoint
  return {
    operationId: name,
    summary,
    description: `Who: ${whoInWords(who)}. Pace: ${endpoint.pace}. Repeat: ${repeat}.`,
    'x-madoguchi-who': who,
    'x-madoguchi-repeat': repeat,
    'x-madoguchi-pace': endpoint.pace,
    security: who === 'anyone' ? [] : [{ session: [] }],
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(repeat === 'idempotency-key' && {
      headers: z.object({ 'idempotency-key': z.uuid().describe('Fresh for each intent') }),
    }),
    response: {
      ...(typeof out === 'object' && { 200: out }),
      ...problemResponses(endpoint),
    },
  }
}

type Described = Record<string, unknown> & { response: Record<string, Record<string, unknown>> }

/** The answers that are no JSON have no schema of ours. */
function withoutContent(schema: Described, { out, summary }: Endpoint): Described {
  const { response } = schema
  if (out === 'nothing') response['204'] = { description: summary, type: 'null' }
  if (out === 'download') {
    const content = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    response['200'] = { description: 'The file', content }
  }
  if (out === 'events') {
    const content = { 'text/event-stream': { schema: { type: 'string' } } }
    response['200'] = { description: 'Server-sent events, until the session ends', content }
  }
  if (typeof out === 'object') response['200'] = { ...response['200'], description: summary }
  return schema
}

/** One entry per status, naming its refusals in the order of the checks. */
function problemResponses({ refusals, who, repeat, body }: Endpoint) {
  const codes = new Map<number, string[]>()
  const add = (code: string, status: number) =>
    codes.set(status, [...(codes.get(status) ?? []), code])
  const own = (...listed: (keyof typeof refusalsOfTheListener)[]) =>
    listed.forEach((code) => add(code, refusalsOfTheListener[code]))

  own('too-many-requests')
  if (who !== 'anyone') own('session-missing', 'session-idle', 'session-absolute')
  if (typeof who === 'object') own('right-missing')
  if (body) own('malformed-json', 'body-too-large', 'media-type-not-allowed')
  own('input-not-acceptable')
  if (repeat === 'idempotency-key') own('repeat-in-flight', 'idempotency-key-reused')
  for (const [code, status] of Object.entries(refusals)) add(code, status)

  return Object.fromEntries(
    [...codes].map(([status, listed]) => [
      status,
      {
        description: listed.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  )
}

export function whoInWords(who: Who): string {
  if (typeof who === 'string') return who
  return 'right' in who ? `right ${who.right}` : `one of ${who.anyOf.join(', ')}`
}
