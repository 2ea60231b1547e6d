/**
 * `npm run dev`: the bank, opened again whenever a file under src/ has changed. The screens are
 * built again first where one of theirs has (scripts/build-web.ts), so one window shows it all.
 */
import { spawn } from 'node:child_process'
import { house } from './run.ts'

const args = ['--watch', '--watch-path=src', '--watch-preserve-output', 'scripts/start.ts']
const bank = spawn(process.execPath, args, { cwd: house, stdio: 'inherit' })

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => bank.kill(signal))
}
bank.on('exit', (code) => (process.exitCode = code ?? 1))
