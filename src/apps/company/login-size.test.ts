import { expect, it } from 'vitest'
import { buildWeb, loginPageBytes } from '../../../scripts/build-web.ts'

it('the login page is at most 140 KB of script and style as gzip carries them', async () => {
  await buildWeb()
  expect(loginPageBytes()).toBeGreaterThan(50_000)
  expect(loginPageBytes()).toBeLessThanOrEqual(140_000)
}, 120_000)
