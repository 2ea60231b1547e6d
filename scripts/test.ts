/**
 * `npm test`: the checks, the suites with and without a database, the screens, the journeys. What
 * the journeys need is installed first where that is possible. The last line sums all suites up.
 *
 *   npm test                    everything
 *   npm test -- unit journeys   these suites only
 */
import { readFileSync } from 'node:fs'
import { debianBinDir } from '../test/postgres-debian.ts'
import { makeSureOfBrowser } from './browser.ts'
import { runChecks } from './check.ts'
import { buildScreens, journeys } from './journeys.ts'
import { closingLine, freshReport, run, sum, type Counts, type Ended } from './run.ts'

const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 }

/** In the order they run. */
const suites: Readonly<Record<string, () => Promise<Counts>>> = {
  checks: () => runChecks(),
  unit: () => vitest('unit'),
  'db-embedded': () => vitest('db-embedded'),
  // Where Debian's PostgreSQL is missing there is nothing to run, and nothing is counted.
  ...(debianBinDir() === null ? {} : { 'db-debian': () => vitest('db-debian') }),
  slow: () => vitest('slow'),
  screens: async () =>
    (await buildScreens()) ? { ...oneFailed, passed: 1, failed: 0 } : oneFailed,
  journeys: walkJourneys,
}

async function vitest(project: string): Promise<Counts> {
  const report = freshReport(`${project}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const ended = await run('vitest', ['run', '--project', project, ...reporters], {
    output: 'kept',
  })
  if (!ended.ok) console.log(ended.output.trimEnd())
  return counted(ended, report, (json: VitestReport) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }))
}

async function walkJourneys(): Promise<Counts> {
  const browser = await makeSureOfBrowser()
  if (!browser.ready) {
    console.log(browser.sentence)
    return oneFailed
  }
  const report = freshReport('journeys.json')
  const ended = await run('playwright', [...journeys, '--reporter=line,json'], {
    output: 'kept',
    env: { CHROMIUM: browser.path, PLAYWRIGHT_JSON_OUTPUT_NAME: report, CI: '1' },
  })
  if (!ended.ok) console.log(ended.output.trimEnd())
  return counted(ended, report, ({ stats }: PlaywrightReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}
interface PlaywrightReport {
  readonly stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>
}

/** A suite that fell over (a file that does not load, no report) counts as one failure at least. */
function counted<Report>(ended: Ended, file: string, read: (report: Report) => Counts): Counts {
  let counts: Counts
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')) as Report)
  } catch {
    return oneFailed
  }
  const isEmpty = counts.passed + counts.failed + counts.skipped === 0
  if (isEmpty || (!ended.ok && counts.failed === 0)) return { ...counts, failed: 1 }
  return counts
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in suites))
if (unknown.length > 0) {
  console.error(
    `no such suite: ${unknown.join(', ')} (there are ${Object.keys(suites).join(', ')})`,
  )
  process.exit(64)
}

const results: Record<string, Counts & { seconds: number }> = {}
for (const [name, suite] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n── ${name}`)
  const started = performance.now()
  const counts = await suite()
  const seconds = Math.round((performance.now() - started) / 1000)
  results[name] = { ...counts, seconds }
  console.log(`   ${closingLine(counts)} (${seconds} s)`)
}

console.log('\n── summary')
for (const [name, counts] of Object.entries(results)) {
  console.log(`${name.padEnd(12)} ${closingLine(counts)} (${counts.seconds} s)`)
}
const total = sum(Object.values(results))
console.log(closingLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
