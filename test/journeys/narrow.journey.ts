/** A phone's width, both languages: every page fits, says everything in the language, and axe is content. */
import { devices } from '@playwright/test'
import { sampleAccounts } from '../../src/demo/accounts.ts'
import { cast, sato } from '../cast.ts'
import { expect, goToTop, test } from './counter.ts'

const { userAgent } = devices['Pixel 7']
test.use({ viewport: { width: 390, height: 844 }, userAgent })

const memos = Object.values(sampleAccounts).map(({ memo }) => memo)

const pages = {
  '/': ['トップページ', 'Top page'],
  '/notices': ['お知らせ一覧', 'Notices'],
  '/menu/inquiry': ['照会', /Inquir/],
  '/balances': ['残高照会', 'Balances'],
  '/statements?account=101-ordinary-1234567': ['入出金明細照会', 'Statement'],
  '/incoming-transfers?account=101-ordinary-1234567': ['振込入金明細照会', 'Incoming transfers'],
  '/balance-line': ['残高推移', 'Balance history'],
  '/operation-history': ['操作履歴照会', 'Operation history'],
} as const

test('390 px in Japanese', async ({ page, look }) => {
  await goToTop(page, sato)
  for (const [path, [japanese]] of Object.entries(pages)) {
    await page.goto(path)
    await look({ title: japanese })
  }
  await page.getByRole('button', { name: 'メニュー' }).click()
  await expect(page.getByRole('link', { name: '管理' })).toBeVisible()
  await look({ title: '操作履歴照会' })
})

test('390 px in English, with nothing of ours left in Japanese', async ({ page, look }) => {
  await goToTop(page, sato)
  await page.getByRole('button', { name: /English/ }).click()
  for (const [path, [, english]] of Object.entries(pages)) {
    await page.goto(path)
    await look({ title: english })
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect.soft(await leftInJapanese(page), path).toEqual([])
  }
  await page.getByRole('button', { name: 'Log out' }).click()
  await look({ title: /logged out|log out/i })
  await page.goto('/')
  await look({ title: /log in|login/i })
})

/**
 * Words of ours that stand in Japanese on an English page. Names stay as they are registered: of
 * the bank, companies, people, branches, and what is marked as Japanese.
 */
async function leftInJapanese(page: import('@playwright/test').Page): Promise<readonly string[]> {
  const text = await page.evaluate(() => {
    const copy = document.body.cloneNode(true)
    for (const marked of copy.querySelectorAll('[lang=ja], script, style, noscript'))
      marked.remove()
    return copy.innerText
  })
  const people = Object.values(cast).map(({ name }) => name)
  const known = [...people, '株式会社サンプル商事', '本店営業部', '中央支店', '日本語', ...memos]
  const ours = known.reduce((rest, name) => rest.replaceAll(name, ''), text)
  return [...ours.matchAll(/[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]{2,}/g)].map(([word]) => word)
}

/** The browser's side of `evaluate`. */
declare const document: {
  readonly body: { cloneNode(deep: true): ClonedBody }
}
interface ClonedBody {
  readonly innerText: string
  querySelectorAll(selector: string): Iterable<{ remove(): void }>
}
