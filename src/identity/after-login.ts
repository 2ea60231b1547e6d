/**
 * ログイン後の確認 — what stands between the right password and the top page, in order.
 *
 * Each named check answers `done`, the screen to show, or the refusal that ends the way. The
 * first that is not done decides. Another step takes its place in the list, and nothing else
 * changes.
 */
import type { Step } from './contract.ts'
import type { Lock } from './lock.ts'
import { closedNow, type ServiceHours } from './service-hours.ts'
import type { TokenStep } from './token-steps.ts'

/** Everything the checks look at, read in one transaction. */
export interface AfterLogin {
  readonly now: Temporal.Instant
  readonly loginLock: Lock
  readonly userState: 'active' | 'stopped-by-administrator'
  readonly companyState: 'active' | 'stopped'
  readonly serviceHours: ServiceHours
  readonly passwordChange: readonly ChangeReason[]
  readonly passwordChangeResultUnseen: boolean
  readonly tokenStep: TokenStep
  readonly loginNoticesPending: number
}

/** Why a forced change is due: the two cases of the guide's 手順 2. */
export type ChangeReason = 'change-required' | 'confirmation-missing'

export type Gate =
  | 'login-paused'
  | 'login-stopped'
  | 'user-stopped'
  | 'company-stopped'
  | 'outside-service-hours'

export interface Stop {
  readonly refuse: Gate
  readonly facts: Readonly<Record<string, string>>
}
export type CheckAnswer = 'done' | { readonly show: Exclude<Step, 'home'> } | Stop

export interface Check {
  readonly name: string
  readonly answer: (facts: AfterLogin) => CheckAnswer
}

export const checksAfterLogin: readonly Check[] = [
  {
    name: 'lock', // 利用一時停止・利用停止
    answer: ({ loginLock }) => {
      if (loginLock.state === 'stopped') return stop('login-stopped')
      if (loginLock.state === 'open') return 'done'
      return stop('login-paused', { until: loginLock.until.toString() })
    },
  },
  {
    name: 'user', // 管理者による停止
    answer: ({ userState }) => (userState === 'active' ? 'done' : stop('user-stopped')),
  },
  {
    name: 'company', // 契約の停止
    answer: ({ companyState }) => (companyState === 'active' ? 'done' : stop('company-stopped')),
  },
  {
    name: 'service-hours', // サービス時間外
    answer: ({ serviceHours, now }) => {
      const closed = closedNow(serviceHours, now)
      if (closed === null) return 'done'
      const { from = '', to = '' } = closed.today ?? {}
      return stop('outside-service-hours', { from, to })
    },
  },
  {
    name: 'password-change', // パスワード強制変更
    answer: ({ passwordChange }) =>
      passwordChange.length === 0 ? 'done' : { show: 'password-change' },
  },
  {
    name: 'password-change-result', // パスワード変更結果
    answer: ({ passwordChangeResultUnseen }) =>
      passwordChangeResultUnseen ? { show: 'password-change-result' } : 'done',
  },
  {
    name: 'token-registration', // トランザクション認証利用開始登録
    answer: ({ tokenStep }) =>
      tokenStep === 'registration' ? { show: 'token-registration' } : 'done',
  },
  {
    name: 'token-caution', // 注意喚起
    answer: ({ tokenStep }) => (tokenStep === 'caution' ? { show: 'token-caution' } : 'done'),
  },
  {
    name: 'login-notices', // ログイン時お知らせ
    answer: ({ loginNoticesPending }) =>
      loginNoticesPending > 0 ? { show: 'login-notices' } : 'done',
  },
]

/** Where the user goes next. */
export function nextAfterLogin(
  facts: AfterLogin,
  checks: readonly Check[] = checksAfterLogin,
): { readonly show: Step } | Stop {
  for (const { answer } of checks) {
    const given = answer(facts)
    if (given !== 'done') return given
  }
  return { show: 'home' }
}

function stop(refuse: Gate, facts: Stop['facts'] = {}): Stop {
  return { refuse, facts }
}
