/** 通知: what is told while a screen is open rings its bell, without a reload. */
import { createMessages } from '../../src/notices/index.ts'
import type { CompanyId, UserId } from '../../src/kit/ids.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/database/open.ts'
import { openServer } from '../../src/platform/database/server.ts'
import { createAdministration } from '../../src/administration/index.ts'
import { createLog } from '../../src/platform/log.ts'
import { sato } from '../cast.ts'
import type { OpenBank } from './bank.ts'
import { expect, goToTop, test } from './counter.ts'

/** As another process of the bank would tell it. */
async function tellSato(bank: OpenBank, name: string): Promise<void> {
  const read = readConfig({ DATA_DIR: bank.dataDir })
  if ('mistakes' in read) throw new Error(read.mistakes.join('; '))
  const log = createLog({ logLevel: 'error' })
  const server = await openServer({ config: read.config, log, say: () => {}, beside: true })
  const database = await openDatabase({ address: server.address, migrate: false })
  const messages = createMessages({ database, reportFault: () => {} })
  const now = Temporal.Now.instant()
  await database.asBank(async (tx) => {
    const user = await createAdministration().userByLoginId(tx, sato.loginId)
    const { companyId, id } = user as { companyId: CompanyId; id: UserId }
    await messages.tell(
      tx,
      {
        ...{ companyId, userIds: [id], kind: 'approval-asked', path: '/notices' },
        facts: {
          ...{ kind: '総合振込', kindEnglish: 'Supplier payments', name, at: now },
          ...{ paymentDay: '2026-11-30', requesterName: '田中 一郎' },
          deadline: now.add({ hours: 24 }),
        },
      },
      now,
    )
  })
  await database.close()
  await server.stop()
}

test('a message arrives, is said politely, opened by keyboard and read', async ({
  page,
  look,
  bank,
}) => {
  await goToTop(page, sato)
  const bell = page.getByRole('button', { name: /^通知/ })
  await expect(bell).toHaveAccessibleName('通知')
  await tellSato(bank, '十一月分')
  await expect(bell).toHaveAccessibleName('通知 未読1件')
  await expect(page.locator('[aria-live=polite]').first()).toContainText(
    '新しい通知：田中 一郎さんから「十一月分」の承認が依頼されました。',
  )
  await bell.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '通知', exact: true })).toBeFocused()
  await look({ title: 'トップページ' })
  await page.keyboard.press('Escape')
  await expect(bell).toBeFocused()
  await expect(bell).toHaveAttribute('aria-expanded', 'false')

  await test.step('on a phone, in English', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: /English/ }).click()
    await page.getByRole('button', { name: 'Messages, 1 unread' }).click()
    await look({ title: 'Top page' })
    await page.getByRole('link', { name: /asks you to approve/ }).click()
    await expect(page.locator('h1')).toHaveText('Notices')
    await expect(page.getByRole('button', { name: 'Messages', exact: true })).toBeVisible()
  })

  await test.step('two windows hear of it through one stream', async () => {
    const second = await page.context().newPage()
    await second.goto('/')
    await expect(second.getByRole('button', { name: 'Messages', exact: true })).toBeVisible()
    await tellSato(bank, '十二月分')
    for (const window of [page, second]) {
      await expect(window.getByRole('button', { name: 'Messages, 1 unread' })).toBeVisible()
    }
    await second.close()
  })
})
