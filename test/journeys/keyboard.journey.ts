/** Without a mouse: login by typing, the software keyboard by keys, the menu, and out again. */
import type { Page } from '@playwright/test'
import { suzuki } from '../cast.ts'
import { expect, test } from './counter.ts'

test('a visitor without a mouse logs in, reads a balance, and logs out', async ({ page, look }) => {
  await page.goto('/')
  await expect(page.locator('h1')).toHaveText('ログイン')
  await tabTo(page, 'input[name=loginId]')
  await page.keyboard.type(suzuki.loginId)
  await page.keyboard.press('Tab')
  await page.keyboard.type(suzuki.loginPassword)
  await page.keyboard.press('Enter')

  await look({ title: 'トランザクション認証利用開始登録' })
  await tabTo(page, 'button:has-text("あとで登録する")')
  await page.keyboard.press('Enter')
  await expect(page.locator('h1')).toHaveText('ログイン時お知らせ')
  await tabTo(page, 'button:has-text("次へ")')
  await page.keyboard.press('Enter')
  await look({ title: 'トップページ' })

  await tabTo(page, 'nav a[href="/menu/inquiry"]')
  await page.keyboard.press('Enter')
  await expect(page.locator('h1')).toHaveText('照会')
  await tabTo(page, 'main a[href="/balances"]')
  await page.keyboard.press('Enter')
  await expect(page.locator('h1')).toHaveText('残高照会')
  await tabTo(page, 'main button[type=submit]')
  await page.keyboard.press('Enter')
  await expect(page.getByText('前月末残高').first()).toBeVisible()
  await look({ title: '残高照会' })

  await tabTo(page, 'button:has-text("ログアウト")')
  await page.keyboard.press('Enter')
  await expect(page.locator('h1')).toHaveText(/ログアウト/)
})

test('the software keyboard types by keyboard alone', async ({ page, look }) => {
  await page.goto('/')
  await tabTo(page, 'button:has-text("ソフトウェアキーボードを開く")')
  await page.keyboard.press('Enter')
  await look({ title: 'ログイン' })
  // The keys are one stop of the Tab key; arrows lead from one to the next.
  await tabTo(page, '[role=group] button:text-is("1")')
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const fields = await page.locator('input[name=loginId], input[name=loginPassword]').all()
  const values = await Promise.all(fields.map((field) => field.inputValue()))
  expect(values.join('')).toBe('7')
})

/** Tab, as often as it takes; the focus must be visible where it arrives. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const wanted = page.locator(selector).first()
  await expect(wanted).toBeVisible()
  for (let presses = 0; presses < 80; presses += 1) {
    if (await wanted.evaluate((element) => element.matches(':focus-visible'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${selector} is not reached by the Tab key`)
}
