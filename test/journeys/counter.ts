/**
 * What every journey has: an open bank, a page that reports what a visitor would not see (faults
 * in the console, violations of the content security policy), and `look`, which examines a state
 * of a page and, on request, draws it for the guide.
 */
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Page } from '@playwright/test'
import type { CastMember } from '../cast.ts'
import { openBank, type OpenBank } from './bank.ts'

export { expect } from '@playwright/test'

const pictures = resolve(import.meta.dirname, '../../docs/guide/pictures')
const accessibility = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The browser's side, as far as it is used here: the server's types have no document. */
declare const document: {
  addEventListener(
    type: 'securitypolicyviolation',
    listener: (event: { effectiveDirective: string; blockedURI: string; sample: string }) => void,
  ): void
  readonly fonts: { readonly ready: Promise<unknown> }
  querySelectorAll(
    selector: string,
  ): Iterable<{ readonly outerHTML: string; getBoundingClientRect(): { readonly right: number } }>
  readonly documentElement: {
    readonly scrollWidth: number
    readonly scrollHeight: number
    readonly clientWidth: number
  }
}

export interface Looking {
  /** The h1 of the screen. */
  readonly title: string | RegExp
  /** File name in docs/guide/pictures, drawn with UPDATE_GUIDE=1. */
  readonly picture?: string
}

interface Counter {
  readonly faults: string[]
  readonly look: (looking: Looking) => Promise<void>
}

export const test = base.extend<Counter, { bank: OpenBank }>({
  bank: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs here
    async ({}, use) => {
      const bank = await openBank()
      await use(bank)
      await bank.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ bank }, use) => use(bank.address),
  // oxlint-disable-next-line no-empty-pattern -- as above
  faults: async ({}, use) => use([]),
  page: async ({ page, faults }, use) => {
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
      })
    })
    page.on('pageerror', (error) => faults.push(`fault: ${error.message}`))
    page.on('console', (message) => {
      // The browser's own note about a refusal (4xx) is no fault of the page.
      const isRefusal = /^Failed to load resource: .* status of 4\d\d/.test(message.text())
      if (message.type() === 'error' && !isRefusal) faults.push(message.text())
    })
    await use(page)
    expect(faults).toEqual([])
  },
  look: async ({ page }, use) => use((looking) => look(page, looking)),
})

/** Examines a state of any page, the device's too. */
export async function look(page: Page, { title, picture }: Looking): Promise<void> {
  await expect(page.locator('h1')).toHaveText(title)
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).withTags(accessibility).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)
  expect(found, `axe on ${page.url()}`).toEqual([])
  expect(await overflow(page), `wider than the window: ${page.url()}`).toEqual([])
  if (picture !== undefined && process.env['UPDATE_GUIDE'] === '1') {
    await draw(page, join(pictures, `${picture}.png`))
  }
}

/** The whole page, but of a long list its beginning only. */
async function draw(page: Page, path: string): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  const clip = { x: 0, y: 0, width: 1280, height: Math.min(height, 1_400) }
  await page.screenshot({ path, fullPage: true, clip, animations: 'disabled' })
}

/** Nothing is being fetched, and fonts are there. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(async () => void (await document.fonts.ready))
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
}

/** What sticks out at the right, unless it lies in something that scrolls. */
function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map((element) => element.outerHTML.slice(0, 160))
  })
}

/** 手順 1-2 */
export async function enter(
  page: Page,
  { loginId, loginPassword }: Pick<CastMember, 'loginId' | 'loginPassword'>,
): Promise<void> {
  await page.locator('input[name=loginId]').fill(loginId)
  await page.locator('input[name=loginPassword]').fill(loginPassword)
  await page.getByRole('button', { name: 'ログイン', exact: true }).click()
}

/** From the login page to the top page, for a user who has no step in between but the notices. */
export async function goToTop(page: Page, member: CastMember): Promise<void> {
  await page.goto('/')
  await enter(page, member)
  const registration = 'トランザクション認証利用開始登録'
  const title = page.locator('h1')
  await expect(title).toHaveText(new RegExp(`${registration}|ログイン時お知らせ|トップページ`))
  if ((await title.textContent()) === registration) {
    await page.getByRole('button', { name: 'あとで登録する' }).click()
    await expect(title).toHaveText(/ログイン時お知らせ|トップページ/)
  }
  const next = page.getByRole('button', { name: '次へ' })
  if (await next.isVisible()) await next.click()
  await expect(page.locator('h1')).toHaveText('トップページ')
}
