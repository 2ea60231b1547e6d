/** 管理 → 操作履歴照会: who sees whose operations, refused conditions, and the files. */
import { readFile } from 'node:fs/promises'
import { sato, tanaka } from '../cast.ts'
import { expect, goToTop, test } from './counter.ts'

test('a clerk sees his own operations, the master those of everybody', async ({ page, look }) => {
  await goToTop(page, tanaka)
  await page.goto('/operation-history')
  await expect(page.getByLabel('利用者名')).toHaveText(/^田中 一郎（tanaka01）$/)
  await page.getByRole('button', { name: '検索' }).click()
  await expect(page.getByRole('row', { name: /ログインしました/ }).first()).toBeVisible()
  await page.getByRole('button', { name: 'ログアウト' }).click()
  await expect(page.locator('h1')).toHaveText(/ログアウト/)

  await goToTop(page, sato)
  await page.goto('/operation-history')
  await look({ title: '操作履歴照会' })

  await test.step('a period that cannot be inquired is refused at its field', async () => {
    const from = page.getByRole('textbox', { name: '操作日付（開始）' })
    const kept = await from.inputValue()
    await from.fill('きのう')
    await page.getByRole('button', { name: '検索' }).click()
    await expect(page.getByRole('alert')).toContainText('年月日で入力してください')
    await from.fill('２０２０年１月１日')
    await page.getByRole('button', { name: '検索' }).click()
    await expect(page.getByRole('alert')).toContainText('照会できる期間内の日付')
    await look({ title: '操作履歴照会' })
    await from.fill(kept)
  })

  let shown = 0
  await test.step('the conditions narrow what is shown', async () => {
    await page.getByLabel('利用者名').selectOption({ label: '田中 一郎（tanaka01）' })
    await page.getByLabel('業務種別').selectOption({ label: 'ログイン' })
    await page.getByLabel('操作内容').selectOption({ label: 'ログアウト' })
    await page.getByRole('button', { name: '検索' }).click()
    const rows = page.getByRole('table').getByRole('row')
    // Other stories of this bank have logged out as well.
    await expect(rows.nth(1)).toContainText('ログアウトしました。')
    shown = (await rows.count()) - 1
    await expect(rows.filter({ hasText: 'ログアウトしました。' })).toHaveCount(shown)
    await expect(rows.filter({ hasText: 'tanaka01' })).toHaveCount(shown)
    await look({ title: '操作履歴照会' })
  })

  await test.step('CSV and PDF hold the same', async () => {
    for (const [button, name, begins] of [
      ['CSVファイル', /^操作履歴_\d{8}\.csv$/, '\ufeff"通番"'],
      ['印刷用PDF', /^操作履歴_\d{8}\.pdf$/, '%PDF-'],
    ] as const) {
      const arriving = page.waitForEvent('download')
      await page.getByRole('button', { name: button }).click()
      const file = await arriving
      expect(file.suggestedFilename()).toMatch(name)
      const text = await readFile(await file.path(), 'utf8')
      expect(text.startsWith(begins)).toBe(true)
      if (begins !== '%PDF-') {
        expect(text.trimEnd().split('\r\n')).toHaveLength(shown + 1)
      }
    }
  })

  await test.step('in English', async () => {
    await page.getByRole('button', { name: /English/ }).click()
    await look({ title: 'Operation history' })
    await expect(page.getByRole('row', { name: /Logout\./ }).first()).toBeVisible()
  })
})
