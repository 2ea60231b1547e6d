/** デモのメール: the page on which the mails of the drop are read, behind the real listener. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { mailsPage } from '#notices/index.ts'
import { openMailDrop, type MailDrop } from '../outside/mail/drop.ts'
import { testCounter, type TestCounter } from '../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { now } from '../../test/operation-history.ts'

let db: TestDatabase
let folder: string
let drop: MailDrop
let counter: TestCounter

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'mails-page-'))
  const from = { name: 'まどぐち銀行', address: 'no-reply@bank.example' }
  drop = await openMailDrop({ folder: join(folder, 'mails'), from, log: () => {} })
  counter = await testCounter(db.database, { extra: [mailsPage({ drop })] })
})
afterAll(async () => {
  await counter?.close()
  await db?.close()
  await rm(folder, { recursive: true })
})

async function page(language = 'ja') {
  const headers = { cookie: `language=${language}` }
  return counter.app.inject({ method: 'GET', url: '/demo/mails', headers })
}
let minutes = 0
async function dropped(subject: string, text = '本文\n'): Promise<void> {
  const at = now.add({ minutes: (minutes += 1) })
  const id = newId<'mail'>(at.epochMilliseconds)
  await drop.send({ id, at, to: 'tanaka@sample.example', subject, text })
}

test('without a mail it says so, in the language of the screens', async () => {
  expect((await page()).body).toContain('メールはまだありません。')
  expect((await page()).body).toContain('<html lang="ja">')
  const { body } = await page('en')
  expect(body).toContain('<html lang="en">')
  expect(body).toContain('<h1>Mails of the demo</h1>')
})

test('shows the newest first, its text as it is', async () => {
  await dropped('トークン登録のお知らせ')
  await dropped('電子証明書発行のお知らせ', '一行目\n\n・日時：2026/11/22\n')
  const { body } = await page()
  const subjects = [...body.matchAll(/<strong>(.*?)<\/strong>/g)].map(([, subject]) => subject)
  expect(subjects).toEqual(['電子証明書発行のお知らせ', 'トークン登録のお知らせ'])
  expect(body).toContain('一行目\n\n・日時：2026/11/22\n')
  expect(body).toContain('tanaka@sample.example')
  expect(body).toContain('2026/11/22 10:17:30')
})

test('nothing of a mail becomes markup, and no script may run', async () => {
  await dropped('<script>alert(1)</script>', '"><img src=x onerror=alert(1)> & </details>')
  const { body, headers } = await page()
  expect(body).not.toMatch(/<script|<img/)
  expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/script-src|unsafe/)
  expect(headers['cache-control']).toBe('no-store')
  const css = await counter.app.inject({ method: 'GET', url: '/demo/mails.css' })
  expect(css.headers['content-type']).toContain('text/css')
  expect(body).not.toMatch(/<style|style=/)
})

test('shows fifty at the most', async () => {
  for (let at = 0; at < 60; at += 1) await dropped(`${at}通目`)
  const { body } = await page()
  expect(body.match(/<details/g)).toHaveLength(50)
  expect(body).toContain('<strong>59通目</strong>')
  expect(body).not.toContain('<strong>9通目</strong>')
})

test('a counter without the drop has no such page', async () => {
  const other = await testCounter(db.database)
  try {
    const answer = await other.app.inject({ method: 'GET', url: '/demo/mails' })
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'no-such-page' })
  } finally {
    await other.close()
  }
})
