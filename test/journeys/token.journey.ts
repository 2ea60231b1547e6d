/**
 * 手順 1-2 から 5 with the camera token: the bank's page in one browser, the device in another one
 * whose camera films the first one's screen.
 */
import { ito } from '../cast.ts'
import { enter, expect, look, test } from './counter.ts'
import { openPhone } from './phone.ts'

const newLogin = 'Natsu2026so'
const newConfirmation = 'Hotaru2027'

test('手順 1-2 から 5: a clerk changes the passwords, registers the camera token and reaches the top page', async ({
  page,
  look: see,
  bank,
}) => {
  const phone = await openPhone(bank.deviceAddress)
  try {
    await test.step('手順 1-2, 2, 3', async () => {
      await page.goto('/')
      await enter(page, ito)
      await page.locator('input[name=currentLoginPassword]').fill(ito.loginPassword)
      await page.locator('input[name=newLoginPassword]').fill(newLogin)
      await page.locator('input[name=currentConfirmationPassword]').fill(ito.confirmationPassword)
      await page.locator('input[name=newConfirmationPassword]').fill(newConfirmation)
      await page.getByRole('button', { name: '実行' }).click()
      await page.getByRole('button', { name: '確認', exact: true }).click()
    })

    const serial = await test.step('the device gets its serial number', async () => {
      await look(phone.page, { title: 'カメラ付きトークン', picture: '20-device-issue' })
      await phone.page.getByRole('button', { name: /株式会社サンプル商事のトークンを発行/ }).click()
      const shown = phone.page.locator('[data-serial]')
      await expect(shown).toBeVisible()
      return (await shown.getAttribute('data-serial'))!
    })

    await test.step('手順 4: the serial number, twice', async () => {
      const title = 'トランザクション認証利用開始登録'
      await see({ title, picture: '21-token-serial' })
      await page.locator('input[name=serial]').fill('777')
      await page.locator('input[name=serialAgain]').fill('778')
      await page.getByRole('button', { name: '次へ' }).click()
      await expect(page.locator('#serialAgain-error')).toBeVisible()
      await see({ title, picture: '22-token-serial-refused' })
      await page.locator('input[name=serialAgain]').fill('777')
      await page.getByRole('button', { name: '次へ' }).click()
      await expect(page.locator('#serial-error')).toBeVisible()
      await page.locator('input[name=serial]').fill(serial)
      await page.locator('input[name=serialAgain]').fill(serial)
      await page.getByRole('button', { name: '次へ' }).click()
    })

    await test.step('手順 4: [DP002], right once, the first 2D code, 12 digits', async () => {
      const code = page.locator('.code-place svg')
      await expect(code).toBeVisible()
      await see({ title: /トークン認証|利用開始登録/, picture: '23-token-authentication' })
      await phone.power()
      await expect(phone.page.locator('.lcd')).toContainText('[DP002]')
      await look(phone.page, { title: 'カメラ付きトークン', picture: '24-device-dp002' })
      await phone.press('右ボタン')
      await phone.film(code)
      const digits = await phone.digits()
      expect(digits).toMatch(/^\d{12}$/)
      await look(phone.page, { title: 'カメラ付きトークン', picture: '25-device-twelve-digits' })

      const field = page.locator('input[name=authenticationCode]')
      await field.fill('12345678')
      await page.getByRole('button', { name: 'トークン認証', exact: true }).click()
      await expect(page.getByText(/8桁）が入力されています/).first()).toBeVisible()
      await field.fill('000000000000')
      await page.getByRole('button', { name: 'トークン認証', exact: true }).click()
      await expect(page.getByText(/あと2回/).first()).toBeVisible()
      await see({ title: /トークン認証|利用開始登録/, picture: '26-authentication-code-refused' })
      await field.fill(digits)
      await page.getByRole('button', { name: 'トークン認証', exact: true }).click()
    })

    await test.step('手順 4: right three times, the second 2D code, 8 digits', async () => {
      await expect(page.locator('input[name=transactionCode]')).toBeVisible()
      await see({ title: /トランザクション認証/, picture: '27-transaction-authentication' })
      phone.lookAway()
      await phone.press('右ボタン', 3)
      await phone.film(page.locator('.code-place svg'))
      const digits = await phone.digits()
      expect(digits).toMatch(/^\d{8}$/)
      await look(phone.page, { title: 'カメラ付きトークン', picture: '28-device-eight-digits' })
      await page.locator('input[name=transactionCode]').fill(digits)
      await page.getByRole('button', { name: '認証確認' }).click()
      await expect(page.getByText(/レ点を入れてください/).first()).toBeVisible()

      await phone.press('右ボタン', 2)
      await expect(phone.page.locator('.lcd')).toContainText('The device is activated.')
      await look(phone.page, { title: 'カメラ付きトークン', picture: '29-device-activated' })
      await page.getByRole('checkbox', { name: /登録完了/ }).check()
      await page.locator('input[name=transactionCode]').fill(digits)
      await page.getByRole('button', { name: '認証確認' }).click()
    })

    await test.step('注意喚起, ログイン時お知らせ, 手順 5', async () => {
      await see({ title: '注意喚起', picture: '30-token-caution' })
      await page.getByRole('button', { name: 'OK', exact: true }).click()
      await expect(page.locator('h1')).toHaveText('ログイン時お知らせ')
      await page.getByRole('button', { name: '次へ' }).click()
      await see({ title: 'トップページ' })
    })

    await test.step('the next login asks for nothing more', async () => {
      await page.getByRole('button', { name: 'ログアウト' }).click()
      await see({ title: /ログアウト/ })
      await page.goto('/')
      await enter(page, { loginId: ito.loginId, loginPassword: newLogin })
      await expect(page.locator('h1')).toHaveText('トップページ')
    })

    await test.step('the device survives a reload, and keeps its registration', async () => {
      await phone.page.reload()
      await phone.power()
      await expect(phone.page.locator('.lcd')).not.toContainText('[DP002]')
      await look(phone.page, { title: 'カメラ付きトークン', picture: '31-device-ready' })
    })
  } finally {
    await phone.close()
  }
})
