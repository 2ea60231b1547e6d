/** トークンの管理 — who may do what to whose token; each refusal, in its order. */
import { describe, expect, test } from 'vitest'
import type { UserId } from '#kit/ids.ts'
import type { Role } from '#kit/rights.ts'
import type { Holding } from './holdings-store.ts'
import { judgeAction, type TokenAction } from './managing-rules.ts'

const now = Temporal.Instant.from('2026-11-24T10:00:00+09:00')
const [master, clerk, sharer] = ['master', 'clerk', 'sharer'] as UserId[]

function holding(userId: UserId, more: Partial<Holding> = {}): Holding {
  return {
    ...{ userId, instanceId: `of ${userId}`, serial: '1', handle: 1n, state: 'unused' },
    ...{ suspended: false, since: now, cautionSeen: true },
    ...more,
  }
}
const judge = (
  action: TokenAction,
  { role = 'master' as Role, target = clerk!, holdings = [holding(master!), holding(clerk!)] } = {},
) => judgeAction(action, { actor: { userId: master!, role }, target, holdings })

describe('is refused', () => {
  test.for(['reset', 'detach', 'release'] as const)(
    '%s to a general user, and without a token',
    (action) => {
      expect(judge(action, { role: 'general' })).toMatchObject({ reason: 'administrator-required' })
      expect(judge(action, { holdings: [] })).toMatchObject({ reason: 'token-unknown' })
    },
  )

  test('初期化 of a token that has signed an order', () => {
    const holdings = [holding(clerk!, { state: 'in-use' })]
    expect(judge('reset', { holdings })).toMatchObject({ reason: 'token-in-use' })
    expect(judge('detach', { holdings }).granted).toBe(true)
  })

  test('利用停止解除 of one’s own token, also of one that is shared with a colleague', () => {
    const suspended = { suspended: true }
    const own = [holding(master!, suspended)]
    expect(judge('release', { target: master!, holdings: own })).toMatchObject({
      reason: 'own-token',
    })
    const shared = { ...suspended, instanceId: 'one for two' }
    const both = [holding(master!, shared), holding(sharer!, shared)]
    expect(judge('release', { target: sharer!, holdings: both })).toMatchObject({
      reason: 'own-token',
    })
    expect(judge('release')).toMatchObject({ reason: 'token-not-suspended' })
  })

  test.for(['reset', 'detach'] as const)(
    '%s of a suspended token that one uses oneself: a new registration would end the suspension',
    (action) => {
      const suspended = { suspended: true, instanceId: 'one for two' }
      const both = [holding(master!, suspended), holding(sharer!, suspended)]
      for (const target of [master!, sharer!]) {
        expect(judge(action, { target, holdings: both })).toMatchObject({ reason: 'own-token' })
      }
      expect(judge(action, { target: master!, holdings: [holding(master!)] }).granted).toBe(true)
    },
  )
})

test.for(['master', 'administrator'] as const)('is granted to the %s', (role) => {
  const holdings = [holding(clerk!, { suspended: true })]
  for (const action of ['reset', 'detach', 'release'] as const) {
    expect(judge(action, { role, holdings }).granted).toBe(true)
  }
})
