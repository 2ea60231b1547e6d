/**
 * `npm run dev`: the bank, started again whenever a file of the server changes, and the screens,
 * built again whenever one of theirs does.
 */
import { spawn } from 'node:child_process'
import { house } from './run.ts'

const common = { cwd: house, stdio: 'inherit' } as const

const screens = spawn('vite', ['build', '--watch', '--mode', 'development'], common)
const bank = spawn('node', ['--watch', '--watch-preserve-output', 'src/main.ts'], common)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    screens.kill('SIGTERM')
    bank.kill('SIGTERM')
  })
}
for (const [child, other] of [
  [screens, bank],
  [bank, screens],
] as const) {
  child.on('exit', (code) => {
    other.kill('SIGTERM')
    process.exitCode ||= code ?? 0
  })
}
