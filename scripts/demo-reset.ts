/**
 * `npm run demo:reset`: forgets the demo bank, with its books, keys and logins, so that the next
 * `npm start` makes a new one. Refuses while a bank runs on the data folder. A database of your
 * own (DATABASE_URL) is never touched.
 */
import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { removePostgres } from '#platform/embedded-postgres/index.ts'

const folder = resolve(process.env['DATA_DIR'] || './data')
/** Only a folder that a bank has made is removed, whatever DATA_DIR says. */
const marks = ['postgres', 'keys', 'demo-logins.json']

if (process.env['DATABASE_URL']) {
  console.error('DATABASE_URL is set: that database is yours, and nothing was removed.')
  process.exitCode = 1
} else if (!existsSync(folder)) {
  console.log(`There is nothing in ${folder}.`)
} else if (!marks.some((name) => existsSync(join(folder, name)))) {
  console.error(`${folder} does not look like a bank's data folder; nothing was removed.`)
  process.exitCode = 1
} else {
  try {
    await removePostgres(join(folder, 'postgres'))
    rmSync(folder, { recursive: true, force: true })
    console.log(`Removed ${folder}. The next "npm start" makes a new bank.`)
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault)
    process.exitCode = 1
  }
}
