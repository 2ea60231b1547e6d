/**
 * `npm run journeys`: the stories of the guide, walked in a real browser through a real bank.
 * Arguments go to Playwright (a file, `-g words`); `UPDATE_GUIDE=1` draws docs/guide/ anew.
 */
import { makeSureOfBrowser } from './browser.ts'
import { run } from './run.ts'

/** @returns false when the screens do not build; then there is nothing to walk through */
export async function buildScreens(): Promise<boolean> {
  const { ok, output, seconds } = await run('node', ['scripts/build-web.ts'], { output: 'kept' })
  console.log(ok ? `✓ ${output.trim()} (${seconds} s)` : `✗ screens (${seconds} s)\n${output}`)
  return ok
}

export const journeys = ['test', '--config', 'test/journeys/playwright.config.ts'] as const

if (import.meta.main) {
  const browser = await makeSureOfBrowser()
  if (!browser.ready) console.error(browser.sentence)
  if (browser.ready && (await buildScreens())) {
    const args = [...journeys, ...process.argv.slice(2)]
    const { ok } = await run('playwright', args, {
      output: 'shown',
      env: { CHROMIUM: browser.path },
    })
    process.exitCode = ok ? 0 : 1
  } else {
    process.exitCode = 1
  }
}
