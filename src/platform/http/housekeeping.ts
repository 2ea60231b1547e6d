/** Housekeeping — what the listener's tables forget, hourly, in any of the web processes. */
import type { FastifyInstance } from 'fastify'
import type { Clock } from '#outside/clock/port.ts'
import type { Database } from '#platform/database/database.ts'
import { forgetAnswers } from './idempotency-store.ts'
import { forgetPace } from './pace-store.ts'

export function sweepHourly(app: FastifyInstance, database: Database, clock: Clock): void {
  const sweep = () =>
    database
      .asBank(async (tx) => {
        await forgetAnswers(tx, clock.now())
        await forgetPace(tx, clock.now())
      })
      .catch((fault: unknown) => app.log.warn({ err: fault }, 'the hourly sweep failed'))
  const timer = setInterval(() => void sweep(), 3_600_000)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
