/** 手順 5 and 照会 for a clerk on an ordinary day, ending with 操作履歴 and ログアウト. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { nakamura, tanaka } from '../cast.ts'
import { expect, goToTop, test } from './counter.ts'

const menu = (page: Page, word: string) =>
  page.getByRole('navigation', { name: 'メニュー', exact: true }).getByRole('link', { name: word })
const subMenu = (page: Page, word: string) =>
  page.getByRole('navigation', { name: '業務のメニュー' }).getByRole('link', { name: word })
const inquire = (page: Page) => page.getByRole('button', { name: '照会', exact: true }).click()

test('手順 5 から ログアウト: a clerk reads the day and leaves', async ({ page, look, bank }) => {
  await goToTop(page, tanaka)

  await test.step('トップページ', async () => {
    await look({ title: 'トップページ', picture: '07-top' })
    for (const block of ['最近３回のログイン日時', '未承認の取引', 'お知らせ', '最近の操作']) {
      await expect(page.getByRole('heading', { name: block }).first()).toBeVisible()
    }
    // The menu is made of what exists and what she may use; nothing leads to an empty page.
    await expect(menu(page, '振込振替')).toHaveCount(1)
    await expect(menu(page, 'データ伝送')).toHaveCount(0)
  })

  await test.step('お知らせ', async () => {
    await page.getByRole('link', { name: /ボイスフィッシングにご注意ください/ }).click()
    await look({ title: 'お知らせ詳細', picture: '08-notice' })
    await page.getByRole('link', { name: 'お知らせ一覧へ' }).click()
    await look({ title: 'お知らせ一覧', picture: '09-notices' })
  })

  await test.step('照会の業務選択と残高照会', async () => {
    await menu(page, '照会').click()
    await look({ title: '照会', picture: '10-choose-inquiry' })
    await subMenu(page, '残高照会').click()
    await look({ title: '残高照会' })
    await inquire(page)
    await expect(page.getByText('支払可能残高').first()).toBeVisible()
    await look({ title: '残高照会', picture: '11-balances' })
    // Her rights name two accounts; the savings account is not among them.
    await expect(page.getByText('7654321')).toHaveCount(0)
  })

  await test.step('入出金明細照会', async () => {
    await subMenu(page, '入出金明細照会').click()
    await look({ title: '入出金明細照会', picture: '12-statement-conditions' })
    await page.getByRole('radio', { name: '前月', exact: true }).check()
    await inquire(page)
    const rows = page.getByRole('table').getByRole('row')
    await expect(rows.nth(20)).toBeVisible()
    await look({ title: '入出金明細照会', picture: '13-statement' })
    const before = await rows.count()
    await page.getByRole('button', { name: 'もっと見る' }).click()
    await expect.poll(() => rows.count()).toBeGreaterThan(before)
  })

  await test.step('絞込みと誤り: full-width figures are read, nonsense is named', async () => {
    await page.locator('input[name=amountFrom]').fill('１，０００，０００')
    await inquire(page)
    await expect(page.getByText(/件中|\d+件/).first()).toBeVisible()
    await page.getByRole('radio', { name: '日付範囲指定' }).check()
    await page.locator('input[name=from]').fill('きのう')
    await inquire(page)
    await expect(page.getByText(/開始日は年月日を正しく入力してください/).first()).toBeVisible()
    await look({ title: '入出金明細照会', picture: '14-statement-refused' })
  })

  await test.step('ファイル取得', async () => {
    await page.getByRole('radio', { name: '前月', exact: true }).check()
    await page.locator('input[name=amountFrom]').fill('')
    await inquire(page)
    const wanted = { csv: /^"/, zengin: /^1/, pdf: /^%PDF-/, camt053: /^<\?xml/ }
    for (const [format, opening] of Object.entries(wanted)) {
      await page.locator('select[name=file-format]').selectOption(format)
      const arriving = page.waitForEvent('download')
      await page.getByRole('button', { name: 'ファイル取得', exact: true }).click()
      const file = readFileSync(await (await arriving).path())
      expect(file.toString('latin1').replace(/^\xef\xbb\xbf/, ''), format).toMatch(opening)
    }
    await look({ title: '入出金明細照会', picture: '15-statement-file' })
  })

  await test.step('振込入金明細照会', async () => {
    await subMenu(page, '振込入金明細照会').click()
    await page.getByRole('radio', { name: '当月' }).check()
    await inquire(page)
    await expect(page.getByRole('table')).toBeVisible()
    await look({ title: '振込入金明細照会', picture: '16-incoming-transfers' })
  })

  await test.step('残高推移', async () => {
    await subMenu(page, '残高推移').click()
    await page.getByRole('radio', { name: '前月', exact: true }).check()
    await inquire(page)
    await expect(page.getByRole('heading', { name: '日ごとの残高' })).toBeVisible()
    await look({ title: '残高推移', picture: '17-balance-line' })
  })

  await test.step('管理 操作履歴照会', async () => {
    await menu(page, '管理').click()
    await look({ title: '管理' })
    await page.getByRole('main').getByRole('link', { name: '操作履歴照会' }).click()
    await look({ title: '操作履歴照会' })
    await page.getByRole('button', { name: '検索' }).click()
    await expect(page.getByRole('table')).toContainText('入出金明細のCSV取得')
    await look({ title: '操作履歴照会', picture: '18-operation-history' })
    await expect(page.getByText('ご自身の操作履歴を照会できます。')).toBeVisible()
  })

  await test.step('ログアウト', async () => {
    await page.getByRole('button', { name: 'ログアウト' }).click()
    await look({ title: /ログアウト/, picture: '19-logout' })
    await page.goto(`${bank.address}/balances`)
    await look({ title: 'ログイン' })
  })
})

test('another company sees its own accounts, whatever its address bar says', async ({
  page,
  look,
}) => {
  await goToTop(page, nakamura)
  await page.goto('/statements?account=101-ordinary-1234567')
  await expect(
    page.getByText('照会できる口座ではありません', { exact: false }).first(),
  ).toBeVisible()
  await look({ title: '入出金明細照会' })
  const body = await page.locator('body').innerText()
  expect(body).not.toContain('サンプル商事')

  const answer = await page.request.get(
    '/api/statements?account=101-ordinary-1234567&period=this-month',
  )
  expect(answer.status()).toBeGreaterThanOrEqual(400)
})

test('a page that does not exist says so', async ({ page, look }) => {
  await page.goto('/no-such-page')
  await look({ title: 'ページが見つかりません' })
})
