/**
 * `npm run check`: everything that is cheap to know, in the order of its price. The same list is
 * the first part of `npm test`.
 */
import { run, sum, type Counts } from './run.ts'

interface Check {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  readonly remedy: string
}

const checks: readonly Check[] = [
  { name: 'format', program: 'oxfmt', args: ['--check', '.'], remedy: 'npx oxfmt .' },
  {
    name: 'lint',
    program: 'oxlint',
    args: ['--type-aware', '--quiet'],
    remedy: 'see .oxlintrc.json and docs/style.md',
  },
  { name: 'types', program: 'tsc', args: ['-b'], remedy: 'a type error is a fault in the code' },
  { name: 'dead code', program: 'knip', args: [], remedy: 'remove it, or use it' },
]

const tidy: Check = {
  name: 'house rules',
  program: 'vitest',
  args: ['run', '--project', 'unit', 'test/tidy'],
  remedy: 'see docs/style.md',
}

/** Runs every check, also after one has failed, and counts each as one test. */
export async function runChecks(list: readonly Check[] = checks): Promise<Counts> {
  const results: Counts[] = []
  for (const { name, program, args, remedy } of list) {
    const { ok, output, seconds } = await run(program, args, { output: 'kept' })
    console.log(`${ok ? '✓' : '✗'} ${name} (${seconds} s)`)
    if (!ok) console.log(`${output.trimEnd()}\n  → ${remedy}`)
    results.push({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })
  }
  return sum(results)
}

if (import.meta.main) {
  const { failed } = await runChecks([...checks, tidy])
  process.exitCode = failed === 0 ? 0 : 1
}
