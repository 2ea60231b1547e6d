/**
 * ログイン後の確認. Each row of the first table breaks its own check and every later one, and
 * satisfies every earlier one, so it fixes their order as well.
 */
import { describe, expect, test } from 'vitest'
import { checksAfterLogin, nextAfterLogin, type AfterLogin } from './after-login.ts'
import { closedNow, type ServiceHours } from './service-hours.ts'

const now = Temporal.Instant.from('2026-11-22T10:00:00+09:00') // a Sunday
const weekdays = { from: '08:00', to: '23:00' }
const notOnSundays: ServiceHours = [...Array.from({ length: 6 }, () => weekdays), null]

const nothingOpen: AfterLogin = {
  now,
  loginLock: { state: 'open' },
  userState: 'active',
  companyState: 'active',
  serviceHours: 'always',
  passwordChange: [],
  passwordChangeResultUnseen: false,
  tokenStep: 'done',
  loginNoticesPending: 0,
}

const notices = { loginNoticesPending: 1 }
const caution = { ...notices, tokenStep: 'caution' as const }
const registration = { ...notices, tokenStep: 'registration' as const }
const result = { ...registration, passwordChangeResultUnseen: true }
const change = { ...result, passwordChange: ['change-required'] as const }
const hours = { ...change, serviceHours: notOnSundays }
const company = { ...hours, companyState: 'stopped' as const }
const user = { ...company, userState: 'stopped-by-administrator' as const }
const paused = { ...user, loginLock: { state: 'paused', until: now } as const }
const stopped = { ...paused, loginLock: { state: 'stopped' } as const }

test.for([
  ['login-stopped', { refuse: 'login-stopped', facts: {} }, stopped],
  ['login-paused', { refuse: 'login-paused', facts: { until: now.toString() } }, paused],
  ['user-stopped', { refuse: 'user-stopped', facts: {} }, user],
  ['company-stopped', { refuse: 'company-stopped', facts: {} }, company],
  ['closed today', { refuse: 'outside-service-hours', facts: { from: '', to: '' } }, hours],
  ['パスワード強制変更', { show: 'password-change' }, change],
  ['パスワード変更結果', { show: 'password-change-result' }, result],
  ['トランザクション認証利用開始登録', { show: 'token-registration' }, registration],
  ['注意喚起', { show: 'token-caution' }, caution],
  ['ログイン時お知らせ', { show: 'login-notices' }, notices],
  ['トップページ', { show: 'home' }, {}],
] as const)('%s comes before everything below it', ([, expected, open]) => {
  expect(nextAfterLogin({ ...nothingOpen, ...open })).toEqual(expected)
})

test('another step takes its place in the list', () => {
  const at = checksAfterLogin.findIndex(({ name }) => name === 'login-notices')
  const another = { name: 'another', answer: () => ({ show: 'password-change' as const }) }
  expect(
    nextAfterLogin({ ...nothingOpen, ...notices }, checksAfterLogin.toSpliced(at, 0, another)),
  ).toEqual({
    show: 'password-change',
  })
})

test('every check has a name of its own', () => {
  const names = checksAfterLogin.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

describe('サービス時間', () => {
  const daily: ServiceHours = Array.from({ length: 7 }, () => weekdays)
  const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}+09:00`)
  test.for([
    ['07:59:59.999', false],
    ['08:00:00', true],
    ['22:59:59.999', true],
    ['23:00:00', false],
  ] as const)('at %s the counter is open: %s', ([time, open]) => {
    expect(closedNow(daily, at(time)) === null).toBe(open)
  })
  test('24:00 is the end of the day', () => {
    const all: ServiceHours = Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' }))
    expect(closedNow(all, at('23:59:59.999'))).toBeNull()
  })
})
