/**
 * 手順 1-1: a certificate is issued in the page, whose key the bank never sees, and then shown: once
 * presented by the test, once out of Chromium's own store. Revoked, it is explained in plain words.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium as browsers, type Browser, type Page } from '@playwright/test'
import pg from 'pg'
import { chromium } from '../../scripts/browser.ts'
import { sato, tanaka } from '../cast.ts'
import type { TestDevice } from '../device.ts'
import type { OpenBank } from './bank.ts'
import { enter, expect, goToTop, look, test } from './counter.ts'
import { registerToken } from './token-by-interface.ts'

const passphrase = 'Hanaikada-2026'
const japanese = { locale: 'ja-JP', timezoneId: 'Asia/Tokyo' } as const
/** Where Debian's Chromium looks for policies; only root may write there. */
const policies = '/etc/chromium/policies/managed'

test.describe.configure({ mode: 'serial' })

let file: Buffer // the .p12 that the page made
let token: TestDevice
const folder = mkdtempSync(join(tmpdir(), 'mdg-certificate-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('電子証明書発行: ID, password and token, and the key is made in the page', async ({
  page,
  look: see,
  bank,
}) => {
  await page.goto('/')
  await enter(page, tanaka)
  await expect(page.locator('h1')).toHaveText('トランザクション認証利用開始登録')
  token = await registerToken(page, bank)
  await page.getByRole('button', { name: 'OK', exact: true }).click()
  await page.getByRole('button', { name: 'ログアウト' }).click()
  await expect(page.locator('h1')).toHaveText(/ログアウト/)

  await page.goto('/')
  await page.getByRole('link', { name: '電子証明書発行' }).click()
  await see({ title: '電子証明書発行', picture: '40-certificate-issue' })
  await page.locator('input[name=loginId]').fill(tanaka.loginId)
  await page.locator('input[name=loginPassword]').fill(tanaka.loginPassword)
  const answered = page.waitForResponse('**/api/certificate-issue')
  await page.getByRole('button', { name: '認証', exact: true }).click()
  const { challenge } = await (await answered).json()
  await see({ title: '証明書発行確認', picture: '41-certificate-confirmation' })
  await prove(page, challenge.qr)
  file = await saved(page)
  await see({ title: '証明書発行完了', picture: '42-certificate-issued' })
  expect(file.includes(Buffer.from(passphrase))).toBe(false)
})

async function prove(page: Page, qr: string): Promise<void> {
  const { shown, code } = await token.sign(qr)
  expect(shown['login-id']).toBe(tanaka.loginId)
  await page.locator('input[name=transactionCode]').fill(code)
  await page.locator('input[name=passphrase]').fill(passphrase)
  await page.locator('input[name=passphraseAgain]').fill(passphrase)
}

async function saved(page: Page): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '発行', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`${tanaka.loginId}.p12`)
  const path = join(folder, 'issued.p12')
  await download.saveAs(path)
  return readFileSync(path)
}

test('手順 1-1: the certificate is shown, the ID is fixed, the password is typed', async ({
  browser,
  bank,
}) => {
  const page = await withCertificate(browser, bank, { pfx: file, passphrase })
  await page.goto(bank.address)
  await look(page, { title: 'ログイン', picture: '43-certificate-login' })
  await show(page)
  await expect(
    page.getByText(tanaka.loginId).or(page.locator(`input[value=${tanaka.loginId}]`)),
  ).toBeVisible()
  expect(page.url()).not.toContain('ticket')
  await look(page, { title: 'ログイン', picture: '44-certificate-password' })
  await page.locator('input[name=loginPassword]').fill(tanaka.loginPassword)
  await page.getByRole('button', { name: 'ログイン', exact: true }).click()
  await expect(page.locator('h1')).toHaveText(/ログイン時お知らせ|トップページ/)
  await page.context().close()
})

test('手順 1-1 out of Chromium’s own store, by its policy', async ({ bank }, info) => {
  const tools = ['certutil', 'pk12util'].every((tool) => existsSync(`/usr/bin/${tool}`))
  info.skip(!tools || process.getuid?.() !== 0, 'needs root and Debian’s libnss3-tools')
  const home = join(folder, 'home')
  const store = join(home, '.pki/nssdb')
  mkdirSync(store, { recursive: true })
  const p12 = join(folder, 'issued.p12')
  execFileSync('certutil', ['-N', '-d', `sql:${store}`, '--empty-password'])
  execFileSync('pk12util', ['-i', p12, '-d', `sql:${store}`, '-W', passphrase, '-K', ''])
  const filter = { SUBJECT: { CN: tanaka.loginId } }
  const rule = JSON.stringify({ pattern: bank.entryAddress, filter })
  const policy = join(policies, 'madoguchi-journey.json')
  mkdirSync(policies, { recursive: true })
  writeFileSync(policy, JSON.stringify({ AutoSelectCertificateForUrls: [rule] }))
  try {
    const executablePath = chromium()
    const context = await browsers.launchPersistentContext(join(folder, 'profile'), {
      ...(executablePath && { executablePath }),
      ...{ ...japanese, ignoreHTTPSErrors: true, args: ['--disable-dev-shm-usage'] },
      env: { ...(process.env as Record<string, string>), HOME: home },
    })
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(bank.address)
    await show(page)
    await page.locator('input[name=loginPassword]').fill(tanaka.loginPassword)
    await page.getByRole('button', { name: 'ログイン', exact: true }).click()
    await expect(page.locator('h1')).toHaveText(/ログイン時お知らせ|トップページ/)
    await context.close()
  } finally {
    rmSync(policy, { force: true })
  }
})

test('電子証明書の更新: from the top page in the last days, and the next login ends the old one', async ({
  page,
  look: see,
  bank,
  browser,
}) => {
  await sooner(bank)
  await goToTop(page, tanaka)
  await see({ title: 'トップページ', picture: '47-certificate-ends' })
  await page.getByRole('link', { name: '更新', exact: true }).click()
  await see({ title: '電子証明書の更新', picture: '48-certificate-renewal' })
  const begun = page.waitForResponse('**/api/certificates/own/renewal')
  await page.getByRole('button', { name: '更新', exact: true }).click()
  const { qr } = await (await begun).json()
  await expect(page.locator('h1')).toHaveText('証明書発行確認')
  await prove(page, qr)
  const old = file
  file = await saved(page)
  await see({ title: '証明書発行完了' })
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'トップページへ' }).click()
  await expect(page.locator('h1')).toHaveText('トップページ')

  const next = await logInBy(file, { browser, bank })
  await next.context().close()
  const late = await withCertificate(browser, bank, { pfx: old, passphrase })
  await late.goto(bank.address)
  await late.getByRole('button', { name: '電子証明書ログイン' }).click()
  await expect(late.getByText(/新しい電子証明書に替わったため/)).toBeVisible()
  await look(late, { title: '電子証明書ログイン' })
  await late.context().close()
})

/** As if it had been issued eleven months ago: the bank goes by its own registry. */
async function sooner({ dataDir }: OpenBank): Promise<void> {
  const host = join(dataDir, 'postgres/socket')
  const client = new pg.Client({ host, user: 'madoguchi_owner', database: 'madoguchi' })
  await client.connect()
  const { rowCount } = await client.query(
    `update certificates.certificate set not_after = now() + interval '30 days'
      where login_id = $1 and state = 'valid'`,
    [tanaka.loginId],
  )
  await client.end()
  expect(rowCount).toBe(1)
}

async function logInBy(
  pfx: Buffer,
  { browser, bank }: { readonly browser: Browser; readonly bank: OpenBank },
): Promise<Page> {
  const page = await withCertificate(browser, bank, { pfx, passphrase })
  await page.goto(bank.address)
  await show(page)
  await page.locator('input[name=loginPassword]').fill(tanaka.loginPassword)
  await page.getByRole('button', { name: 'ログイン', exact: true }).click()
  await expect(page.locator('h1')).toHaveText(/ログイン時お知らせ|トップページ/)
  return page
}

test('without a certificate, and with a revoked one, a page says what to do', async ({
  browser,
  bank,
}) => {
  const nobody = await withCertificate(browser, bank, null)
  await nobody.goto(bank.address)
  await nobody.getByRole('button', { name: '電子証明書ログイン' }).click()
  await expect(nobody.getByText('電子証明書が提示されませんでした。')).toBeVisible()
  await look(nobody, { title: '電子証明書ログイン', picture: '45-certificate-missing' })
  await nobody.getByRole('link', { name: 'ログイン画面へ' }).click()
  await expect(nobody.locator('h1')).toHaveText('ログイン')

  const page = await logInBy(file, { browser, bank })
  await revoke(nobody)
  // The session that began with it is over with the next call.
  await page.reload()
  await expect(page.locator('h1')).toHaveText(/ログアウトしました|ログイン/)
  await page.goto(bank.address)
  await page.getByRole('button', { name: '電子証明書ログイン' }).click()
  await expect(page.getByText('選択された電子証明書は、失効しています。')).toBeVisible()
  await look(page, { title: '電子証明書ログイン', picture: '46-certificate-revoked' })
  await page.context().close()
  await nobody.context().close()
})

/** To the other listener and back; the login page has a field of the same name. */
async function show(page: Page): Promise<void> {
  await page.getByRole('button', { name: '電子証明書ログイン' }).click()
  await page.waitForURL('**/login/certificate')
  await expect(page.locator('input[name=loginPassword]')).toBeVisible()
}

async function withCertificate(
  browser: Browser,
  { entryAddress: origin }: OpenBank,
  shown: { readonly pfx: Buffer; readonly passphrase: string } | null,
): Promise<Page> {
  const context = await browser.newContext({
    ...{ ...japanese, ignoreHTTPSErrors: true },
    ...(shown && { clientCertificates: [{ origin, ...shown }] }),
  })
  return context.newPage()
}

/** The administrators' screen comes with 管理; its interface is there. */
async function revoke(page: Page): Promise<void> {
  await goToTop(page, sato)
  const status = await page.evaluate(
    async ([loginId, confirmationPassword]) => {
      const list = (await (await fetch('/api/certificates')).json()) as {
        certificates: { id: string; loginId: string; state: string }[]
      }
      const isMine = (one: { loginId: string; state: string }) =>
        one.loginId === loginId && one.state === 'valid'
      const mine = list.certificates.find(isMine)!
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ confirmationPassword })
      const path = `/api/certificates/${mine.id}/revocation`
      return (await fetch(path, { method: 'POST', headers, body })).status
    },
    [tanaka.loginId, sato.confirmationPassword],
  )
  expect(status).toBe(204)
}
