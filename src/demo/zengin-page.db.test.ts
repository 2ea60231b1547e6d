/** デモの全銀システム: the page of the simulated other banks, behind the real listener. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { yen } from '#kit/yen.ts'
import { zenginPage } from '#demo/index.ts'
import { aMessage } from '../outside/zengin-net/port.contract.ts'
import { testSimulator, type TestSimulator } from '../outside/zengin-net/simulator.fixture.ts'
import { publicOrigin, testCounter, type TestCounter } from '../../test/counter.ts'

let banks: TestSimulator
let counter: TestCounter
beforeAll(async () => {
  banks = await testSimulator()
  const page = zenginPage({ banks: banks.net, publicOrigin })
  counter = await testCounter(banks.db.database, { extra: [page] })
})
afterAll(async () => {
  await counter?.close()
  await banks?.close()
})

const url = '/demo/zengin-net'
const page = (language = 'ja') =>
  counter.app.inject({ method: 'GET', url, headers: { cookie: `language=${language}` } })
const own = { origin: publicOrigin, 'sec-fetch-site': 'same-origin' }
const post = (name: string, fields: Record<string, string>, headers: object = own) =>
  counter.app.inject({
    ...{ method: 'POST', url: `${url}/${name}` },
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })

const account = {
  ...{ bank: '9998', branch: '101', kind: 'ordinary', number: '7654321' },
  ...{ holder: 'カ）トナリ', state: 'open' },
}

test('shows whose account was paid by whom, with its balance, in both languages', async () => {
  const { open } = banks.accounts
  const message = aMessage(open, { amount: yen(1_234_567), ediInformation: '<b>"1"</b>' })
  await banks.net.send(message)
  const { body, statusCode } = await page()
  expect(statusCode).toBe(200)
  expect(body).toContain('<h1>デモの全銀システム</h1>')
  expect(body).toContain('9998-101 普通 1111111')
  expect(body).toContain('残高 1,234,567')
  expect(body).toContain('&lt;b&gt;&quot;1&quot;&lt;/b&gt;')
  expect(body).toContain('送信待ち')
  expect(body).not.toContain('<b>')
  const english = (await page('en')).body
  expect(english).toContain('<html lang="en">')
  expect(english).toContain('Not yet sent')
  expect(english).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
})

test('no script may run, and its forms go to itself', async () => {
  const { body, headers } = await page()
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("form-action 'self'")
  expect(policy).not.toMatch(/script-src|unsafe/)
  expect(headers['referrer-policy']).toBe('same-origin')
  expect(body).not.toMatch(/<script|<style|style=/)
  const css = await counter.app.inject({ method: 'GET', url: `${url}.css` })
  expect(css.headers['content-type']).toContain('text/css')
})

test('a form opens an account, then leads back to the page', async () => {
  const answer = await post('accounts', account)
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${url}?done`])
  const opened = { ...banks.accounts.open, number: '7654321' }
  expect(await banks.seen(opened)).toMatchObject({ holderKana: 'ｶ)ﾄﾅﾘ', state: 'open' })
  const back = await counter.app.inject({ method: 'GET', url: `${url}?done` })
  expect(back.body).toContain('<p role="status" class="told">設定を変更しました。</p>')
})

test('a form sets a switch and takes it back', async () => {
  await post('switches', { name: 'lost-answers', bank: '', times: '3' })
  expect((await banks.net.overview()).switches).toMatchObject([{ bankCode: '*', remaining: 3 }])
  expect((await page()).body).toContain('残り3回')
  await post('switches', { name: 'lost-answers', bank: '', times: '0' })
  expect((await banks.net.overview()).switches).toEqual([])
})

test('a form sets モアタイム, for a bank that exists', async () => {
  const fields = { 'more-time': 'no', service: 'yes' }
  await post('banks', { ...fields, bank: '0005' })
  expect(await banks.net.takesMoreTime('0005')).toBe(false)
  const unknown = await post('banks', { ...fields, bank: '9990' })
  expect(unknown.statusCode).toBe(422)
  expect(unknown.body).toContain('role="alert"')
})

test('a form releases the answers that are held', async () => {
  const message = aMessage(banks.accounts.open, { amount: yen(9_905) })
  await banks.net.send(message)
  banks.passing(60)
  const isThere = async () =>
    (await banks.net.answers(100)).some(({ messageId }) => messageId === message.id)
  expect(await isThere()).toBe(false)
  await post('answers', {})
  expect(await isThere()).toBe(true)
})

test('says what is wrong, and changes nothing', async () => {
  const before = await banks.net.overview()
  for (const [name, wrong] of [
    ['accounts', { ...account, number: '1' }],
    ['accounts', {}],
    ['switches', { name: 'none' }],
    ['banks', { bank: 'x' }],
  ] as const) {
    const answer = await post(name, wrong)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('role="alert"')
  }
  expect(await banks.net.overview()).toEqual(before)
})

test.for([
  { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  { origin: publicOrigin, 'sec-fetch-site': 'same-site' },
  { origin: 'null' },
  {},
])('a form of another origin is refused: %o', async (headers) => {
  const answer = await post('accounts', { ...account, number: '6666666' }, headers)
  expect(answer.json()).toMatchObject({ code: 'other-origin' })
  expect(await banks.seen({ ...banks.accounts.open, number: '6666666' })).toBeUndefined()
})

test('elsewhere the listener takes no forms still', async () => {
  const answer = await counter.app.inject({
    ...{ method: 'POST', url: '/api/login' },
    headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'a=b',
  })
  expect(answer.statusCode).not.toBe(303)
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
})

test('a counter without the simulator has no such page', async () => {
  const other = await testCounter(banks.db.database)
  try {
    const answer = await other.app.inject({ method: 'GET', url })
    expect(answer.json()).toMatchObject({ code: 'no-such-page' })
  } finally {
    await other.close()
  }
})
