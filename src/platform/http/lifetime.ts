/** The life of a listener: it opens its port, and at the end lets the last calls finish. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Config } from '#platform/config.ts'

/** The port belongs to another program: the sentence names the variable that moves ours. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'

  constructor(port: number, variable: string, cause: unknown) {
    super(
      `port ${port} is taken by another program; stop that one, or set ${variable} to a free port`,
      { cause },
    )
  }
}

/**
 * @param variable the one that moves its port
 * @returns the port that was opened
 * @throws PortTaken
 */
export async function open(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
  variable = 'PORT',
): Promise<number> {
  await orPortTaken(app.listen({ host, port }), port, variable)
  return (app.server.address() as { port: number }).port
}

/** The same for a plain listener. @param variable the one that moves its port */
export async function listen(
  server: Server,
  { host, port, variable }: { host: string; port: number; variable: string },
): Promise<void> {
  server.listen(port, host)
  await orPortTaken(once(server, 'listening'), port, variable)
}

async function orPortTaken(opened: Promise<unknown>, port: number, variable: string) {
  try {
    await opened
  } catch (fault) {
    const { code } = fault as { code?: unknown }
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new PortTaken(port, variable, fault)
    throw fault
  }
}

/**
 * Ends a listener without cutting calls off: /readyz says 503, after `drainDelaySeconds` no new
 * connection is taken, and what is still running after `drainSeconds` is cut.
 */
export async function drain(
  app: FastifyInstance,
  config: Pick<Config, 'drainSeconds' | 'drainDelaySeconds'>,
): Promise<void> {
  app.readiness.draining = true
  await new Promise((resolve) => setTimeout(resolve, config.drainDelaySeconds * 1_000))
  const cut = setTimeout(() => app.server.closeAllConnections(), config.drainSeconds * 1_000)
  // A kept connection whose last call ends now would otherwise be waited for.
  const idle = setInterval(() => app.server.closeIdleConnections(), 100)
  await app.close()
  clearInterval(idle)
  clearTimeout(cut)
}

/** Calls `end` once, at SIGTERM or SIGINT; a second SIGINT leaves at once. */
export function atTheEnd(end: (signal: string) => Promise<void>): void {
  let ending = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending && signal === 'SIGINT') process.exit(130)
      if (ending) return
      ending = true
      end(signal).then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}
