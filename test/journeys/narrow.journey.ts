/** A phone's width, both languages: every page fits, says everything in the language, and axe is content. */
import { devices } from '@playwright/test'
import { sampleAccounts } from '../../src/demo/accounts.ts'
import { cast, sato, suzuki } from '../cast.ts'
import { enter, expect, goToTop, test } from './counter.ts'
import { softwareToken } from './token-by-interface.ts'

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
  '/token-suspension': ['トークンの利用停止', 'Suspension of the token'],
  '/certificates/own': ['電子証明書の更新', 'Renew your certificate'],
} as const

test('390 px in Japanese', async ({ page, look }) => {
  await goToTop(page, sato)
  for (const [path, [japanese]] of Object.entries(pages)) {
    await page.goto(path)
    await look({ title: japanese })
  }
  await page.getByRole('button', { name: 'メニュー' }).click()
  await expect(page.getByRole('link', { name: '管理' })).toBeVisible()
  await look({ title: '電子証明書の更新' })
})

test('390 px: 手順 4 from its serial number to the 2D code, in both languages', async ({
  page,
  look,
  bank,
}) => {
  await page.goto('/')
  await enter(page, suzuki)
  const { serial } = await softwareToken(bank)
  await look({ title: 'トランザクション認証利用開始登録' })
  await page.getByRole('button', { name: /English/ }).click()
  await look({ title: 'Registration for transaction authentication' })
  expect.soft(await leftInJapanese(page)).toEqual([])
  await page.locator('input[name=serial]').fill(serial)
  await page.locator('input[name=serialAgain]').fill(serial)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.locator('.code-place svg')).toBeVisible()
  await look({ title: /./ })
  expect.soft(await leftInJapanese(page)).toEqual([])
  await page.goto('/certificate-issue')
  await look({ title: 'Issue a certificate' })
  expect.soft(await leftInJapanese(page)).toEqual([])
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
