/** Journeys: one bank, one browser, one story after the other, as people use a counter. */
import { defineConfig } from '@playwright/test'
import { chromium } from '../../scripts/browser.ts'

const executablePath = chromium()

export default defineConfig({
  testDir: '.',
  testMatch: '*.journey.ts',
  outputDir: '../../test-results',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 1280, height: 900 },
    // A trace of every step costs more than the walk; TRACE=1 keeps those of failures.
    trace: process.env['TRACE'] === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: ['--disable-dev-shm-usage'],
    },
  },
})
