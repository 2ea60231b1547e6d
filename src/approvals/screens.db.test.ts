/** 承認 at the counter: real sessions, real passwords, a real camera token. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAdministration } from '#administration/index.ts'
import { newId } from '#kit/ids.ts'
import { operationHistory } from '#operation-history/index.ts'
import { fakeApprovable, fakeOrderTable, paying, submitOrder } from '../../test/approvals.ts'
import { suzuki, tanaka } from '../../test/cast.ts'
import { fromOurselves } from '../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import type { TestDevice } from '../../test/device.ts'
import type { Browser } from '../../test/identity.ts'
import { tokenWorld, type TokenWorld } from '../../test/tokens.ts'
import { createApprovals, signingPurpose, type ApprovalsRoom, type Teller } from './index.ts'

let db: TestDatabase
let world: TokenWorld
let approvals: ApprovalsRoom
let device: TestDevice
let approver: Browser, requester: Browser
const kind: { refuses: string | null; begun: boolean } = { refuses: null, begun: false }
const now = () => world.counter.clock.now()

beforeAll(async () => {
  db = await testDatabase()
  await fakeOrderTable(db)
  const approvable = fakeApprovable({ kind, kicked: [] })
  world = await tokenWorld(db, {}, ({ identity, tokens }) => {
    approvals = createApprovals({
      ...{ database: db.database, administration: createAdministration(), identity },
      ...{ history: operationHistory, signing: tokens.signing },
      tell: new Proxy({} as Teller, { get: () => async () => {} }),
      approvables: () => [approvable],
      limitsOf: {
        limitsFor: async () => ({
          day: Temporal.PlainDate.from('2026-11-30'),
          lines: [{ level: 'company', limited: 'transfers', limit: 5000n, used: 1000n }],
        }),
      },
    })
    return [approvals.routes]
  })
  await allow(world.users.suzuki, ['transfers-approve'])
  await allow(world.users.tanaka, ['transfers-request-any'])
  device = await world.hardware(world.users.suzuki, '3104800123')
  approver = await world.atRegistration(suzuki)
  await world.register(approver, device, '3104800123')
  const other = await world.hardware(world.users.tanaka, '3104800124')
  requester = await world.atRegistration(tanaka)
  await world.register(requester, other, '3104800124')
  for (const browser of [approver, requester]) await toTop(browser)
})
afterAll(async () => {
  await world?.close()
  await db?.close()
})
beforeEach(() => {
  kind.refuses = null
})

async function allow({ id, companyId }: { id: string; companyId: string }, rights: string[]) {
  await db.owner.query('delete from administration.user_right where user_id = $1', [id])
  await db.owner.query(
    `insert into administration.user_right (company_id, user_id, right_name)
     select $1, $2, unnest($3::text[])`,
    [companyId, id, rights],
  )
  await db.owner.query(
    `insert into administration.user_account (company_id, user_id, account_key)
     values ($1, $2, $3)`,
    [companyId, id, paying],
  )
}

async function toTop(browser: Browser) {
  await browser.call('POST', '/api/token-registration/caution')
  const { status, body } = await browser.call('GET', '/api/session')
  if (status !== 200) throw new Error(JSON.stringify(body))
}

const submitted = () => {
  const { tanaka: by, suzuki: one } = world.users
  const order = { companyId: by.companyId, by, chosen: [one], amount: 1000n, at: now() }
  return submitOrder(db, approvals, order)
}

async function post(browser: Browser, path: string, payload: object, key: string = newId(0)) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { ...fromOurselves, cookie, 'idempotency-key': key, 'user-agent': 'Chrome' }
  const address = { 'x-forwarded-for': '192.0.2.7' }
  const answer = await world.counter.app.inject({
    ...{ method: 'POST', url: path, headers: { ...headers, ...address }, payload },
  })
  return { status: answer.statusCode, body: answer.json() }
}

async function signed({ id, digest }: { id: string; digest: string }) {
  const begun = await approver.call('POST', `/api/approvals/${id}/signature`, { digest })
  expect(begun.body).toMatchObject({ template: 'approval' })
  const { code } = await device.sign(begun.body.qr)
  const { confirmationPassword } = suzuki
  const rest = { comment: '', confirmationPassword, transactionCode: code }
  return { digest, challengeId: begun.body.id as string, ...rest }
}

describe('at the counter', () => {
  test('an order is shown with its sheet and explanation, and approved with a real code', async () => {
    const order = await submitted()
    const count = await approver.call('GET', '/api/approvals/count')
    expect(count.body).toEqual({ awaitingYou: 1 })
    const shown = await approver.call('GET', `/api/approvals/${order.id}`)
    expect(shown.body).toMatchObject({
      line: { state: 'awaiting-approval', accountName: '本店営業部 普通 1234567' },
      digest: order.digest,
      may: { approve: true, sendBack: true, delete: true, recall: false, withdraw: false },
      explanation: { says: { ja: 'あなたの承認を待っています。' }, you: null },
      moves: [{ move: 'submit', by: { name: tanaka.name } }],
    })
    const limits = await approver.call('GET', `/api/approvals/${order.id}/limits`)
    expect(limits.body.lines).toEqual([
      { level: 'company', limited: 'transfers', limit: '5000', used: '1000' },
    ])
    const form = await signed(order)
    const key = newId(1)
    const path = `/api/approvals/${order.id}/approvals`
    const first = await post(approver, path, form, key)
    expect(first).toMatchObject({ status: 200, body: { state: 'approved', why: null } })
    expect(await post(approver, path, form, key)).toEqual(first)
    expect((await post(approver, path, form)).body.code).toBe('state-changed')

    const canonical = JSON.stringify({ orderId: order.orderId, amount: '1000' })
    const subject = { purpose: signingPurpose, subjectId: order.id, canonical }
    const { companyId } = world.users.suzuki
    const holds = await db.database.asCompany(companyId, (tx) =>
      world.tokens.signing.holds(tx, { companyId, challengeId: form.challengeId, ...subject }),
    )
    expect(holds).toBe(true)
    const lists = await approver.call('GET', '/api/approvals')
    expect(lists.body.withdrawable).toMatchObject([{ id: order.id }])
  })

  test('a wrong password or code leaves it awaiting; エラー uses the code up', async () => {
    const order = await submitted()
    const path = `/api/approvals/${order.id}/approvals`
    const form = await signed(order)
    const wrong = await post(approver, path, { ...form, confirmationPassword: 'Wrong9999' })
    expect(wrong.body.code).toBe('confirmation-wrong')
    const code = form.transactionCode === '00000000' ? '00000001' : '00000000'
    const typed = await post(approver, path, { ...form, transactionCode: code })
    expect(typed.body.code).toBe('code-wrong')
    kind.refuses = 'over-limit'
    const failed = await post(approver, path, form)
    expect(failed.body).toMatchObject({ state: 'failed', why: { reason: 'over-limit' } })
    const { rows } = await db.owner.query('select used_at from token.challenge where id = $1', [
      form.challengeId,
    ])
    expect(rows[0].used_at).not.toBeNull()
  })

  test('a code is for one order: another order of the same content does not take it', async () => {
    const [order, twin] = [await submitted(), await submitted()]
    const form = { ...(await signed(order)), digest: twin.digest }
    const answer = await post(approver, `/api/approvals/${twin.id}/approvals`, form)
    expect(answer.body.code).toBe('challenge-unknown')
  })

  test('the requester may recall and not approve; a stranger’s order is not there', async () => {
    const order = await submitted()
    const path = `/api/approvals/${order.id}`
    const approving = await post(requester, `${path}/signature`, { digest: order.digest })
    expect(approving.status).toBe(403)
    const back = await post(approver, `${path}/sending-back`, { comment: '' })
    expect(back.body.code).toBe('comment-missing')
    const recalled = await post(requester, `${path}/recall`, { comment: '' })
    expect(recalled.body).toEqual({ state: 'recalled' })
    const other = await approver.call('GET', `/api/approvals/${newId(0)}`)
    expect(other.code).toBe('approval-unknown')
  })

  test('a hypothetical order is explained', async () => {
    const query = `business=transfers&amount=1000&newPayee=no&accountKey=${paying}`
    const path = `/api/approvals/explanation?${query}&paymentDay=2026-11-30`
    const { body } = await requester.call('GET', path)
    expect(body.explanation.steps[0].candidates).toMatchObject([{ name: suzuki.name }])
    const form = await requester.call('GET', '/api/approvals/route-form')
    expect(form.body.requesters).toMatchObject([{ name: tanaka.name }])
    expect(form.body.accounts.length).toBeGreaterThan(0)
    const unknown = await requester.call('GET', path.replace('1234567', '7654321'))
    expect(unknown.code).toBe('account-unknown')
  })
})
