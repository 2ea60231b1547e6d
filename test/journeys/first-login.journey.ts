/** The guide from its beginning: 手順 1-2, 2, 3, ログイン時お知らせ, 手順 5, for a first login. */
import { takahashi } from '../cast.ts'
import { enter, expect, test } from './counter.ts'

const newLogin = 'Aki2026mono'
const newConfirmation = 'Fuyu2027no'

test('手順 1-2 から 5: a first login changes both passwords and reaches the top page', async ({
  page,
  look,
}) => {
  await page.goto('/')
  await look({ title: 'ログイン', picture: '01-login' })

  await page.getByRole('button', { name: 'ソフトウェアキーボードを開く' }).click()
  await look({ title: 'ログイン', picture: '02-software-keyboard' })
  await page.getByRole('button', { name: 'ソフトウェアキーボードを閉じる' }).first().click()

  await test.step('a wrong password gets one sentence, whoever is named', async () => {
    await enter(page, { loginId: takahashi.loginId, loginPassword: 'Wrong12345' })
    const refusal = page.getByText('ログインIDまたはログインパスワードが正しくありません。')
    await expect(refusal).toBeVisible()
    await look({ title: 'ログイン' })
  })

  await test.step('手順 2 パスワード強制変更', async () => {
    await enter(page, takahashi)
    await look({ title: 'パスワード強制変更', picture: '03-password-change' })

    await page.locator('input[name=currentLoginPassword]').fill(takahashi.loginPassword)
    await page.locator('input[name=newLoginPassword]').fill('short')
    await page.locator('input[name=currentConfirmationPassword]').fill('Mistaken1')
    await page.locator('input[name=newConfirmationPassword]').fill(takahashi.loginId)
    await page.getByRole('button', { name: '実行' }).click()
    await expect(page.getByText(/は6文字以上で入力してください/).first()).toBeVisible()
    await look({ title: 'パスワード強制変更', picture: '04-password-change-refused' })

    await page.locator('input[name=currentLoginPassword]').fill(takahashi.loginPassword)
    await page.locator('input[name=newLoginPassword]').fill(newLogin)
    await page
      .locator('input[name=currentConfirmationPassword]')
      .fill(takahashi.confirmationPassword)
    await page.locator('input[name=newConfirmationPassword]').fill(newConfirmation)
    await page.getByRole('button', { name: '実行' }).click()
  })

  await test.step('手順 3 パスワード変更結果', async () => {
    await look({ title: 'パスワード変更結果', picture: '05-password-change-result' })
    await page.getByRole('button', { name: '確認' }).click()
  })

  await test.step('ログイン時お知らせ', async () => {
    await look({ title: 'ログイン時お知らせ', picture: '06-login-notices' })
    await page.getByRole('button', { name: '次へ' }).click()
  })

  await test.step('手順 5 トップページ', async () => {
    await look({ title: 'トップページ' })
    await expect(page.getByText('ログイン日時に心当たりのない場合は')).toBeVisible()
  })

  await test.step('the new password counts, the old one does not', async () => {
    await page.getByRole('button', { name: 'ログアウト' }).click()
    await look({ title: /ログアウト/ })
    await page.goto('/')
    await enter(page, takahashi)
    await expect(
      page.getByText('ログインIDまたはログインパスワードが正しくありません。'),
    ).toBeVisible()
    await enter(page, { loginId: takahashi.loginId, loginPassword: newLogin })
    await expect(page.locator('h1')).toHaveText('トップページ')
  })
})

test('the logins that the bank prints are the ones of the cast', async ({ bank }) => {
  const printed = bank.logins.find(({ loginId }) => loginId === takahashi.loginId)
  expect(printed).toMatchObject({ state: 'first-login', loginPassword: takahashi.loginPassword })
})
