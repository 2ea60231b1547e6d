/** `npm start`: builds the screens when something they are made of has changed, then opens the bank. */
import { buildWeb } from './build-web.ts'

process.stderr.write('madoguchi: looking at the screens …\n')
const built = await buildWeb()
if (built) process.stderr.write('madoguchi: screens built.\n')
const { main } = await import('../src/main.ts')
await main(process.argv.slice(2))
