import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createMetrics } from '#platform/metrics.ts'
import { metricsServer } from './house-routes.ts'
import { listen, PortTaken } from './lifetime.ts'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

function kept(server: Server): Server {
  servers.push(server)
  return server
}

test('a port of the metrics that is taken is named with the variable that moves it', async () => {
  const other = kept(createServer().listen(0, '127.0.0.1'))
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const wanted = { host: '127.0.0.1', port, variable: 'METRICS_PORT' }
  const failure = listen(metricsServer(createMetrics()), wanted)
  await expect(failure).rejects.toThrow(PortTaken)
  await expect(failure).rejects.toThrow('set METRICS_PORT to a free port')
})

test('the token of the metrics holds on their own port too', async () => {
  const token = 'a-token-of-the-monitoring'
  const server = kept(metricsServer(createMetrics(), token))
  await listen(server, { host: '127.0.0.1', port: 0, variable: 'METRICS_PORT' })
  const { port } = server.address() as AddressInfo
  const status = async (headers: Record<string, string>) =>
    (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).status
  expect(await status({})).toBe(404)
  expect(await status({ authorization: `Bearer ${token}x` })).toBe(404)
  expect(await status({ authorization: `Bearer ${token}` })).toBe(200)
})
