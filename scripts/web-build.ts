/** Builds the screens into dist/company. */
import { run } from './run.ts'

export async function buildScreens(): Promise<boolean> {
  const { ok, output, seconds } = await run('vite', ['build'], { output: 'kept' })
  console.log(`${ok ? '✓' : '✗'} screens built (${seconds} s)`)
  if (!ok) console.log(output.trimEnd())
  return ok
}
