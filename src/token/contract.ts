/**
 * カメラ付きトークン — what the browser may ask: トランザクション認証利用開始登録 (手順 4) and the
 * operations on registered tokens. What a device may ask is in device/contract.ts.
 */
import * as z from 'zod/mini'
import { Scan, AuthenticationCode, TransactionCode } from '#kit/challenge.ts'
import { endpoint } from '#kit/endpoint.ts'

const moment = z.string() // an instant: `2026-11-24T01:00:00Z`
const secret = z.string().check(z.maxLength(256))

/** シリアル番号 as typed; the rule knows its form. */
const serialTyped = z.string().check(z.maxLength(40))

/** Where the registration stands; the screen follows it, also after a reload. */
export const registrationSteps = ['serial', 'authentication-code', 'transaction-code'] as const
export type RegistrationStep = (typeof registrationSteps)[number]

const RegistrationState = z.object({
  step: z.enum(registrationSteps),
  serial: z.nullable(z.string()), // of the step's token, once it is known
  /** 登録済みのトークンを使う: the second step of a shared token, which has no first one. */
  shared: z.boolean(),
  /** The 2D code of the step; null at the first, and where it has expired. */
  scan: z.nullable(Scan),
  /** 登録済みのトークン of the company, by トークンコード. */
  sharable: z.array(z.object({ tokenCode: z.string(), serialEnd: z.string(), users: z.string() })),
  /** Until when the registration may be put off; null when it may not. */
  skippableUntil: z.nullable(moment),
})
export type RegistrationState = z.infer<typeof RegistrationState>

const due = { 'session-over': 401, 'token-registration-not-due': 409 } as const

/** 利用者ごとのトークン, as the administrators see it. */
export const tokenStates = ['unused', 'in-use', 'suspended'] as const // 未使用・利用中・利用停止
const TokenLine = z.object({
  userId: z.string(),
  userName: z.string(),
  loginId: z.string(),
  tokenCode: z.string(), // トークンコード
  serial: z.string(), // シリアル番号
  state: z.enum(tokenStates),
  shared: z.boolean(), // 共用
  registeredAt: moment,
  /** What the asking user may do with it, by the rules; the refusals say why not. */
  may: z.array(z.enum(['reset', 'detach', 'release'])),
})

const confirmation = {
  busy: 429,
  'confirmation-unregistered': 409,
  'confirmation-paused': 423,
  'confirmation-stopped': 423,
  'confirmation-wrong': 422,
} as const
/** In the order of the checks. */
const managing = {
  'administrator-required': 403, // マスターユーザ・管理者ユーザ
  'token-unknown': 404,
} as const
const byConfirmation = z.object({ confirmationPassword: secret })

export const contract = {
  showTokenRegistration: endpoint({
    method: 'GET',
    path: '/api/token-registration',
    summary: 'Where the registration of a camera token stands (トランザクション認証利用開始登録)',
    who: 'signing-in',
    repeat: 'safe',
    pace: 'read',
    out: RegistrationState,
    refusals: due,
  }),
  startTokenRegistration: endpoint({
    method: 'POST',
    path: '/api/token-registration',
    summary: 'Names the token by its serial number, typed twice; answers the first 2D code',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({ serial: serialTyped, serialAgain: serialTyped }),
    out: RegistrationState,
    refusals: {
      ...due,
      'serial-malformed': 422,
      'serials-differ': 422,
      'serial-unknown': 422, // nobody's, or another company's: one answer for both
      'serial-stopped': 409, // 紛失・廃棄・失効
      'serial-registered': 409, // 登録済み: to be shared, not registered again
      'too-many-challenges': 429,
    },
  }),
  authenticateToken: endpoint({
    method: 'POST',
    path: '/api/token-registration/authentication-code',
    summary: '「トークン認証」: takes the 12 digits, answers the second 2D code',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({ authenticationCode: AuthenticationCode }),
    out: RegistrationState,
    refusals: {
      ...due,
      'registration-not-started': 409,
      'serial-stopped': 409,
      'too-many-authentication-codes': 429, // five wrong ones per token, ten per user, in 24 hours
      'scan-expired': 410, // 制限時間
      'scan-spent': 409, // three wrong codes
      'code-of-another-step': 422, // 8 digits where 12 are asked for
      'code-malformed': 422,
      'too-many-challenges': 429,
      'authentication-code-wrong': 422, // facts: triesLeft
    },
  }),
  shareToken: endpoint({
    method: 'POST',
    path: '/api/token-registration/shared',
    summary: '「登録済みのトークンを使う」: goes to the second step with a registered token',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({ tokenCode: z.string().check(z.maxLength(40)) }),
    out: RegistrationState,
    refusals: {
      ...due,
      'token-code-unknown': 422,
      'token-suspended': 423,
      'too-many-challenges': 429,
    },
  }),
  /** Back to the serial number; what was begun is forgotten. */
  restartTokenRegistration: endpoint({
    method: 'DELETE',
    path: '/api/token-registration',
    summary: 'Begins anew (「最初からやり直す」)',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'write',
    out: RegistrationState,
    refusals: due,
  }),
  completeTokenRegistration: endpoint({
    method: 'POST',
    path: '/api/token-registration/completion',
    summary: '「認証確認」: the 8 digits, and the tick that the device says it is activated',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({ transactionCode: TransactionCode, activated: z.boolean() }),
    out: 'nothing',
    refusals: {
      ...due,
      'registration-not-started': 409,
      'not-activated': 422, // 「登録完了」 is not ticked
      'serial-stopped': 409,
      'token-suspended': 423,
      'scan-expired': 410,
      'scan-spent': 409,
      'code-of-another-step': 422,
      'code-malformed': 422,
      'code-wrong': 422, // facts: triesLeft
    },
  }),
  skipTokenRegistration: endpoint({
    method: 'POST',
    path: '/api/token-registration/postponement',
    summary: '「あとで登録する」, for this login, as long as the bank allows it',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'write',
    out: 'nothing',
    refusals: { ...due, 'not-skippable': 409 },
  }),
  acknowledgeTokenCaution: endpoint({
    method: 'POST',
    path: '/api/token-registration/caution',
    summary: '注意喚起 「OK」, after the registration',
    who: 'signing-in',
    repeat: 'harmless',
    pace: 'write',
    out: 'nothing',
    refusals: { 'session-over': 401 },
  }),

  listTokens: endpoint({
    method: 'GET',
    path: '/api/tokens',
    summary: 'The tokens of the company’s users (トークンの管理)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({ tokens: z.array(TokenLine) }),
    refusals: { 'administrator-required': 403 },
  }),
  resetToken: endpoint({
    method: 'POST',
    path: '/api/tokens/:userId/reset',
    summary: 'トークン初期化: forgets a registration that was never used; the user registers anew',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'secret',
    params: z.object({ userId: z.string().check(z.maxLength(64)) }),
    body: byConfirmation,
    out: 'nothing',
    refusals: { ...managing, 'token-in-use': 409, 'own-token': 409, ...confirmation },
  }),
  detachToken: endpoint({
    method: 'POST',
    path: '/api/tokens/:userId/detachment',
    summary: 'トークン失効: takes the token from this user only; other sharers keep it',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'secret',
    params: z.object({ userId: z.string().check(z.maxLength(64)) }),
    body: byConfirmation,
    out: 'nothing',
    refusals: { ...managing, 'own-token': 409, ...confirmation },
  }),
  releaseToken: endpoint({
    method: 'POST',
    path: '/api/tokens/:userId/release',
    summary: '利用停止解除: after too many wrong codes; never one’s own token',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'secret',
    params: z.object({ userId: z.string().check(z.maxLength(64)) }),
    body: byConfirmation,
    out: 'nothing',
    refusals: {
      ...managing,
      'own-token': 409, // also one that is shared with him
      'token-not-suspended': 409,
      ...confirmation,
    },
  }),
  /** No password and no code: who has lost the device must be quick. */
  suspendOwnToken: endpoint({
    method: 'POST',
    path: '/api/tokens/own/suspension',
    summary: 'Suspends one’s own token at once (紛失時の利用停止)',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'write',
    out: 'nothing',
    refusals: { 'token-missing': 409 },
  }),
} as const

/** Every name that one of these endpoints may refuse with. */
export type TokenRefusal = {
  [Name in keyof typeof contract]: keyof (typeof contract)[Name]['refusals']
}[keyof typeof contract]
