/**
 * Fuzz over contracts: for every endpoint, calls that are almost right and calls that are quite
 * wrong. Whatever is sent, the listener answers with the contract's output, one of its refusals,
 * or a refusal of its own; never with a fault.
 *
 *     const report = await fuzzContracts({ contracts: [identity, notices], send: …, … })
 *     expect(report.showMenu![200]).toBeGreaterThan(0)
 */
import fc, { type Arbitrary } from 'fast-check'
import type { Contract, Endpoint } from '#kit/endpoint.ts'
import { Problem } from '#kit/problem.ts'
import { refusalsOfTheListener } from '#platform/http/problems.ts'
import {
  hostileBodies,
  hostileTexts,
  hostileValues,
  plausible,
  type KnownValues,
} from './plausible.ts'

export interface FuzzRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface FuzzAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

export interface FuzzTarget {
  readonly contracts: readonly Contract[]
  send(request: FuzzRequest): Promise<FuzzAnswer>
  /** Cookie headers that take turns; null for nobody. */
  readonly visitors: readonly (string | null)[]
  readonly publicOrigin: string
  /** Names of endpoints to leave out, e.g. the one that ends the visitors' sessions. */
  readonly except?: readonly string[]
  readonly known?: KnownValues
  readonly runsPerEndpoint?: number
  readonly seed?: number
  /** Awaited after each call, e.g. to let the clock pass so that no rate limit is met. */
  readonly between?: () => Promise<void> | void
}

/** How often each endpoint answered with each status. */
export type FuzzReport = Readonly<Record<string, Readonly<Record<number, number>>>>

/** @throws Error with the smallest call that was answered wrongly, and the seed to repeat it */
export async function fuzzContracts(target: FuzzTarget): Promise<FuzzReport> {
  const report: Record<string, Record<number, number>> = {}
  const endpoints = target.contracts.flatMap((contract) => Object.entries(contract))
  for (const [name, endpoint] of endpoints) {
    if (target.except?.includes(name)) continue
    const statuses: Record<number, number> = {}
    report[name] = statuses
    const property = fc.asyncProperty(callsOf(endpoint, target), async (call) => {
      const answer = await target.send(call)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      const wrong = wrongWith(answer, endpoint)
      if (wrong) throw new Error(`${name}: ${wrong}: ${answer.body.slice(0, 500)}`)
      await target.between?.()
    })
    // oxlint-disable-next-line no-await-in-loop -- one endpoint after the other, so a report can be read
    await fc.assert(property, {
      numRuns: target.runsPerEndpoint ?? 60,
      includeErrorInReport: true,
      ...(target.seed !== undefined && { seed: target.seed }),
    })
  }
  return report
}

function wrongWith({ status, headers, body }: FuzzAnswer, endpoint: Endpoint): string | null {
  if (status >= 500) return `status ${status}`
  if (headers['x-content-type-options'] !== 'nosniff') return 'no security headers'
  if (headers['cache-control'] !== 'no-store') return 'the answer may be kept'
  if (status >= 400) return wrongWithProblem(status, headers, body, endpoint)
  if (endpoint.out === 'nothing') return status === 204 && body === '' ? null : 'not 204'
  if (status !== 200) return `status ${status}`
  if (endpoint.out === 'download') return headers['content-disposition'] ? null : 'no file name'
  if (endpoint.out === 'events') {
    return headers['content-type']?.startsWith('text/event-stream') ? null : 'no stream'
  }
  const json: unknown = JSON.parse(body)
  return endpoint.out.safeParse(json).success ? null : 'an answer that the contract does not allow'
}

function wrongWithProblem(
  status: number,
  headers: FuzzAnswer['headers'],
  body: string,
  endpoint: Endpoint,
): string | null {
  if (!headers['content-type']?.startsWith('application/problem+json')) return 'no problem'
  const read = Problem.safeParse(JSON.parse(body))
  if (!read.success) return 'a problem of another shape'
  const { code } = read.data
  const declared =
    endpoint.refusals[code] ?? (refusalsOfTheListener as Record<string, number>)[code]
  if (declared === undefined) return `a refusal that nobody declared: ${code}`
  if (declared !== status || read.data.status !== status) return `${code} with status ${status}`
  return /\bat .+:\d+:\d+|node_modules|select .+ from /i.test(body)
    ? 'it tells of the inside'
    : null
}

function callsOf(endpoint: Endpoint, target: FuzzTarget): Arbitrary<FuzzRequest> {
  const { visitors, publicOrigin, known = {} } = target
  const input = (schema: object | undefined) =>
    schema ? spoiled(plausible(schema, known)) : fc.constant(undefined)
  const body = endpoint.body
    ? fc.oneof(
        { weight: 6, arbitrary: input(endpoint.body).map((value) => JSON.stringify(value) ?? '') },
        { weight: 1, arbitrary: fc.constantFrom(...hostileBodies) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 500 }) },
      )
    : fc.constant(undefined)
  return fc
    .record({
      visitor: fc.constantFrom(...visitors),
      params: input(endpoint.params),
      query: input(endpoint.query),
      body,
      type: fc.oneof(
        { weight: 12, arbitrary: fc.constant('application/json') },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            'text/plain',
            'multipart/form-data',
            'application/json;charset=x',
          ),
        },
      ),
      key: fc.oneof(
        { weight: 6, arbitrary: fc.uuid({ version: 4 }) },
        { weight: 1, arbitrary: fc.constantFrom('', 'x', '0', "'--") },
      ),
      tail: fc.oneof(
        { weight: 12, arbitrary: fc.constant('') },
        fc.constantFrom('&__proto__[a]=1', '&a=%', '&%00=1', `&z=${'9'.repeat(2000)}`),
      ),
    })
    .map(({ visitor, params, query, body: sent, type, key, tail }) => ({
      method: endpoint.method,
      url: filled(endpoint.path, params) + search(query, tail),
      headers: {
        origin: publicOrigin,
        'sec-fetch-site': 'same-origin',
        ...(endpoint.out === 'events' && { accept: 'text/event-stream' }),
        ...(visitor !== null && { cookie: visitor }),
        ...(sent !== undefined && { 'content-type': type }),
        ...(endpoint.repeat === 'idempotency-key' && { 'idempotency-key': key }),
      },
      ...(sent !== undefined && { body: sent }),
    }))
}

/** Right as it is, or with one thing wrong, or quite something else. */
function spoiled(right: Arbitrary<unknown>): Arbitrary<unknown> {
  const hostile = fc.constantFrom(...hostileValues)
  const oneField = fc.tuple(right, fc.nat(), hostile).map(([value, at, wrong]) => {
    if (typeof value !== 'object' || value === null) return wrong
    const names = Object.keys(value)
    return names.length === 0 ? value : { ...value, [names[at % names.length]!]: wrong }
  })
  const oneLess = fc.tuple(right, fc.nat()).map(([value, at]) => {
    if (typeof value !== 'object' || value === null) return null
    const entries = Object.entries(value)
    return Object.fromEntries(entries.filter((_, place) => place !== at % (entries.length || 1)))
  })
  const oneMore = fc
    .tuple(right, fc.constantFrom(...hostileTexts), hostile)
    .map(([value, name, more]) => ({ ...(value as object), [name]: more }))
  return fc.oneof(
    { weight: 4, arbitrary: right },
    { weight: 4, arbitrary: oneField },
    { weight: 1, arbitrary: oneLess },
    { weight: 1, arbitrary: oneMore },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
}

function filled(path: string, params: unknown): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = (params as Record<string, unknown> | null | undefined)?.[name]
    return percent(textFrom(value ?? 'x')) || 'x'
  })
}

function search(query: unknown, tail: string): string {
  const entries = typeof query === 'object' && query !== null ? Object.entries(query) : []
  const pairs = entries.flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined)
      .map((one) => `${percent(name)}=${percent(textFrom(one))}`),
  )
  return `?${pairs.join('&')}${tail}`.slice(0, 12_000)
}

function textFrom(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Half a surrogate goes out as the bytes that an ill-behaved program would send. */
function percent(text: string): string {
  return Array.from(text, (letter) =>
    letter.isWellFormed() ? encodeURIComponent(letter) : '%ED%A1%82',
  ).join('')
}
