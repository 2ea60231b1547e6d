/** Metrics — what a bank's monitoring reads at /metrics, in the Prometheus text format. */
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  /** An answered request; `endpoint` is a name of the contract, never an address with ids. */
  answered(request: { endpoint: string; method: string; status: number; seconds: number }): void
  /** A named refusal, e.g. of a login. */
  refused(request: { endpoint: string; code: string }): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'madoguchi_http_request_seconds',
    help: 'Time to answer, by endpoint of the contract and status',
    labelNames: ['endpoint', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'madoguchi_refusals_total',
    help: 'Refusals by endpoint and name',
    labelNames: ['endpoint', 'code'],
    registers: [registry],
  })
  return {
    registry,
    answered({ endpoint, method, status, seconds }) {
      requests.observe({ endpoint, method, status: String(status) }, seconds)
    },
    refused(labels) {
      refusals.inc(labels)
    },
  }
}
