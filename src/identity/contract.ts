/**
 * ログイン — what the browser may ask on its way from the login page to the top page.
 *
 * Every answer that moves on names the `next` screen; the server alone decides the order
 * (after-login.ts). Passwords travel only in bodies and never come back.
 */
import * as z from 'zod/mini'
import { endpoint } from '#kit/endpoint.ts'
import { rights, roles } from '#kit/rights.ts'

/** The screens between the login page and the top page, in their order. */
export const steps = [
  'password-change', // パスワード強制変更
  'password-change-result', // パスワード変更結果
  'token-registration', // トランザクション認証利用開始登録
  'token-caution', // 注意喚起
  'login-notices', // ログイン時お知らせ
  'home', // トップページ
] as const
export type Step = (typeof steps)[number]

/** The four fields of パスワード強制変更, in the order of the guide's table. */
export const passwordFields = [
  'currentLoginPassword', // 現在のログインパスワード
  'newLoginPassword', // 新しいログインパスワード
  'currentConfirmationPassword', // 現在の確認用パスワード
  'newConfirmationPassword', // 新しい確認用パスワード
] as const
export type PasswordField = (typeof passwordFields)[number]

export const passwordProfiles = ['guide', 'modern'] as const
export type PasswordProfile = (typeof passwordProfiles)[number]

/** What can be wrong with one password field, in the order of the checks. */
export const passwordFaults = [
  'required',
  'not-asked-for',
  'too-short',
  'too-long',
  'not-half-width-alphanumeric', // 半角英数字でない
  'letters-and-digits-not-mixed', // 英字と数字が混在していない
  'unreadable-characters', // profile `modern`: control characters, halves of characters
  'too-common', // profile `modern`: よく使われるパスワード
  'same-as-login-id',
  'same-as-login-password', // 確認用パスワード only
  'same-as-current',
  'wrong', // a current password that is not the registered one
] as const
export type PasswordFault = (typeof passwordFaults)[number]

/** Instants as text: `2026-11-22T08:00:00Z`. */
const moment = z.string()
/** Long enough for every password, short enough to hash. */
const secret = z.string().check(z.maxLength(256))

export const SessionLimits = z.object({
  now: moment, // the server's clock: count from here, not from the browser's clock
  warnsAt: moment,
  idleEndsAt: moment,
  endsAt: moment,
})
export type SessionLimits = z.infer<typeof SessionLimits>

const Next = z.object({ next: z.enum(steps) })

export const SessionFacts = z.object({
  next: z.enum(steps),
  stage: z.enum(['signing-in', 'signed-in']),
  user: z.object({ loginId: z.string(), name: z.string(), role: z.enum(roles) }),
  company: z.object({ name: z.string() }),
  rights: z.array(z.enum(rights)),
  loggedInAt: moment,
  /** 最近３回のログイン日時, newest first, this one included. */
  lastLogins: z.array(moment),
  limits: SessionLimits,
})
export type SessionFacts = z.infer<typeof SessionFacts>

export const LoginNotice = z.object({
  id: z.string(),
  title: z.string(),
  paragraphs: z.array(z.string()),
  english: z.nullable(z.object({ title: z.string(), paragraphs: z.array(z.string()) })),
  important: z.boolean(),
  publishedAt: moment,
})

/** The locks of ログインパスワード. `until` stands in the facts of a pause. */
const loginLocks = { 'login-paused': 423, 'login-stopped': 423 } as const
const confirmationLocks = { 'confirmation-paused': 423, 'confirmation-stopped': 423 } as const
/** The session ended, or went on under another id, while this call was on its way. */
const over = { 'session-over': 401 } as const
/** What can stand between the right password and the next screen (after-login.ts). */
const gates = {
  ...loginLocks,
  'user-stopped': 403, // 管理者による利用停止
  'company-stopped': 403, // 契約の停止
  'outside-service-hours': 403, // サービス時間外; facts: from, to
} as const

export const contract = {
  /** Says the same of an unknown ID, a wrong password and a user who must use a certificate. */
  login: endpoint({
    method: 'POST',
    path: '/api/session',
    summary: 'Logs in with login ID and login password (ログイン)',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'login',
    body: z.object({
      /** With `byCertificate` it is the one that takeCertificateTicket told, and is not believed. */
      loginId: z.string().check(z.maxLength(64)),
      loginPassword: secret,
      byCertificate: z.optional(z.boolean()), // 電子証明書方式
    }),
    out: Next,
    refusals: {
      busy: 429,
      'certificate-login-over': 409, // the certificate was shown too long ago: show it again
      ...loginLocks,
      'login-failed': 401,
      ...gates,
    },
  }),
  /** Ties the way through the other listener to this browser by the entry cookie. */
  beginCertificateLogin: endpoint({
    method: 'POST',
    path: '/api/certificate-login',
    summary: 'Where the browser goes to show its certificate (電子証明書ログイン)',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'login',
    out: z.object({ address: z.string() }),
    refusals: { 'certificate-login-closed': 409 }, // this bank has no such listener
  }),
  /** The ticket lives 60 seconds and belongs to the browser that began; it is taken once. */
  takeCertificateTicket: endpoint({
    method: 'POST',
    path: '/api/certificate-login/ticket',
    summary: 'Back from the other listener: whose certificate was shown',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'login',
    body: z.object({ ticket: z.string().check(z.maxLength(128)) }),
    out: z.object({ loginId: z.string(), expiresAt: moment }),
    refusals: { 'ticket-over': 410 },
  }),

  showSession: endpoint({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is logged in, which screen is next, and when the session ends',
    who: 'signing-in',
    repeat: 'safe',
    pace: 'read',
    out: SessionFacts,
    refusals: { ...over, ...gates },
  }),
  keepSession: endpoint({
    method: 'POST',
    path: '/api/session/activity',
    summary: 'Moves the idle limit: the customer goes on working (操作を続ける)',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'read',
    out: SessionLimits,
    refusals: over,
  }),
  logout: endpoint({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Ends the session (ログアウト)',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'read',
    out: 'nothing',
    refusals: {},
  }),
  showPasswordChange: endpoint({
    method: 'GET',
    path: '/api/session/password-change',
    summary: 'What the forced change asks for (パスワード強制変更)',
    who: 'signing-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      /** `change-required`: 「パスワードを強制変更する」; `confirmation-missing`: 確認用 not yet registered. */
      reasons: z.array(z.enum(['change-required', 'confirmation-missing'])),
      /** The fields to show, in the guide's order. The others must be absent. */
      fields: z.array(z.enum(passwordFields)),
      profile: z.enum(passwordProfiles),
      lengthMin: z.int(),
      lengthMax: z.int(),
    }),
    refusals: { ...over, 'no-password-change-due': 409 },
  }),
  changePasswords: endpoint({
    method: 'POST',
    path: '/api/session/passwords',
    summary: 'Carries out the forced change (「実行」)',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({
      currentLoginPassword: z.optional(secret),
      newLoginPassword: z.optional(secret),
      currentConfirmationPassword: z.optional(secret),
      newConfirmationPassword: z.optional(secret),
    }),
    out: Next,
    /** `passwords-refused` carries `errors`: path is a PasswordField, code a PasswordFault. */
    refusals: {
      ...over,
      'no-password-change-due': 409,
      'passwords-refused': 422,
      busy: 429,
      ...loginLocks,
      ...confirmationLocks,
    },
  }),
  showPasswordChangeResult: endpoint({
    method: 'GET',
    path: '/api/session/password-change-result',
    summary: 'What was changed (パスワード変更結果)',
    who: 'signing-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      changedAt: moment,
      changed: z.array(z.enum(['login-password', 'confirmation-password'])),
    }),
    refusals: { ...over, 'no-password-change-result': 409 },
  }),
  confirmPasswordChangeResult: endpoint({
    method: 'POST',
    path: '/api/session/password-change-result/confirmation',
    summary: 'Goes on from the result (「確認」)',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'write',
    out: Next,
    refusals: { ...over, 'no-password-change-result': 409, ...gates },
  }),
  showLoginNotices: endpoint({
    method: 'GET',
    path: '/api/session/login-notices',
    summary: 'Notices to be shown before the top page (ログイン時お知らせ)',
    who: 'signing-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({ notices: z.array(LoginNotice) }),
    refusals: { ...over, 'login-notices-not-due': 409 },
  }),
  /** Only the notices that were shown are acknowledged; one that came since is shown next. */
  acknowledgeLoginNotices: endpoint({
    method: 'POST',
    path: '/api/session/login-notices/acknowledgement',
    summary: 'Goes on from the notices (「次へ」)',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'write',
    body: z.object({ notices: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(100)) }),
    out: Next,
    refusals: { ...over, 'login-notices-not-due': 409, ...gates },
  }),
} as const

/** Every name that one of these endpoints may refuse with. */
export type IdentityRefusal = {
  [Name in keyof typeof contract]: keyof (typeof contract)[Name]['refusals']
}[keyof typeof contract]
