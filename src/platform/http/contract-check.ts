/**
 * What a contract must hold beyond its types. Checked while the listener is built, so that a
 * mistake stops the start and not a customer.
 */
import type { Contract, Endpoint } from '#kit/endpoint.ts'
import { refusalsOfTheListener } from './problems.ts'
import type { Routes } from './routes.ts'

/** @throws Error naming the endpoint and the mistake */
export function checkRoutes(all: readonly Routes[]): void {
  const names = new Set<string>()
  const places = new Set<string>()
  for (const { contract, handlers } of all) {
    for (const [name, endpoint] of Object.entries(contract as Contract)) {
      const place = `${endpoint.method} ${endpoint.path.replaceAll(/:\w+/g, ':')}`
      const mistake =
        (names.has(name) && 'its name is used twice') ||
        (places.has(place) && `${place} is taken`) ||
        (!handlers[name] && 'it has no handler') ||
        mistakeIn(endpoint)
      if (mistake) throw new Error(`contract: ${name}: ${mistake}`)
      names.add(name)
      places.add(place)
    }
  }
}

function mistakeIn(endpoint: Endpoint): string | null {
  const { method, who, repeat, out, refusals, params, path } = endpoint
  if ((method === 'GET') !== (repeat === 'safe')) return "GET and only GET is 'safe'"
  if (method === 'GET' && endpoint.body) return 'GET has no body'
  if (repeat === 'idempotency-key' && who === 'anyone') return 'a key belongs to a visitor'
  if (repeat === 'idempotency-key' && out === 'download') return 'a download is not repeated by key'
  if (out === 'events' && method !== 'GET') return 'a browser opens a stream by GET'
  if (out === 'events' && who === 'anyone') return 'a stream belongs to a session'
  if (path.includes(':') && !params) return 'the path names parameters that no schema checks'
  if (typeof out === 'object' && 'refusal' in (shapeOf(out) ?? {})) {
    return "a field 'refusal' in the answer would be taken for a refusal"
  }
  const taken = Object.keys(refusals).find((code) => code in refusalsOfTheListener)
  return taken ? `the refusal '${taken}' belongs to the listener` : null
}

/** The fields of an object schema. */
export function shapeOf(schema: object): Readonly<Record<string, unknown>> | null {
  const definition = (schema as { _zod?: { def?: { shape?: Record<string, unknown> } } })._zod?.def
  return definition?.shape ?? null
}
