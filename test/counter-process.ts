/**
 * A counter in a process of its own: `node test/counter-process.ts ADDRESS [hang]` prints its
 * port. With `hang` an order stays forever within its transaction, until somebody kills us.
 */
import type { DatabaseAddress } from '#platform/database/address.ts'
import { openDatabase } from '#platform/database/open.ts'
import { open } from '#platform/http/lifetime.ts'
import { testCounter } from './counter.ts'

const [address = '', hang] = process.argv.slice(2)
const database = await openDatabase({
  address: JSON.parse(address) as DatabaseAddress,
  migrate: false,
})
const { app, kitchen } = await testCounter(database)
if (hang) {
  kitchen.beforeAnswer = () => {
    process.stdout.write('within\n')
    return new Promise(() => {})
  }
}
process.stdout.write(`port ${await open(app, { host: '127.0.0.1', port: 0 })}\n`)
process.stdin.on('end', () => process.exit(0)).resume() // the test is gone
