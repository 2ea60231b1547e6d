/**
 * トランザクション認証 on the wire: the 2D code that a screen shows, and beside it the fields that
 * the device will show, so that people can compare. Every contract that asks for a signature
 * (電子証明書発行 today, orders later) uses these shapes; `token` makes and checks them.
 */
import * as z from 'zod/mini'

/** One line of the device's screen; `tag` is a name of ctp1/fields.ts. */
const ShownField = z.object({ tag: z.string(), value: z.string() })

export const Challenge = z.object({
  id: z.string(),
  qr: z.string(), // text of the 2D code, `CTP1:` and base45
  template: z.string(), // what is signed: a name of ctp1/fields.ts
  shows: z.array(ShownField),
  now: z.string(), // the server's clock: count from here, not from the browser's
  expiresAt: z.string(),
})
export type Challenge = z.infer<typeof Challenge>

/** A 2D code that carries no order: the two steps of トランザクション認証利用開始登録. */
export const Scan = z.object({ qr: z.string(), now: z.string(), expiresAt: z.string() })
export type Scan = z.infer<typeof Scan>

/** What people type: spaces and hyphens between the digits are no mistake, full width neither. */
function digitsTyped(count: number) {
  return z.pipe(
    z.pipe(
      z.string().check(z.maxLength(40)),
      z.transform((typed) => typed.normalize('NFKC').replaceAll(/[\s\u2010-\u2015\u2212-]/g, '')),
    ),
    z.string().check(z.regex(/^\d*$/, 'not-digits'), z.maxLength(count + 8)),
  )
}

/** トランザクション認証番号: 8 digits. Its length is judged by the rule, which knows what else it may be. */
export const TransactionCode = digitsTyped(8)
/** トークン認証コード: 12 digits. */
export const AuthenticationCode = digitsTyped(12)

/** The refusals of a code, in the order in which they are checked; `triesLeft` is a fact. */
export const codeRefusals = {
  'token-missing': 409, // no token registered
  'token-suspended': 423, // トークンの利用停止
  'challenge-unknown': 409,
  'challenge-spent': 409, // used, replaced by a newer one, or three wrong codes
  'challenge-expired': 410, // 制限時間
  'code-of-another-step': 422, // 12 digits where 8 are asked for
  'code-malformed': 422,
  'code-of-another-challenge': 422, // facts: triesLeft; made from another 2D code
  'code-wrong': 422, // facts: triesLeft
  'content-changed': 409, // what was signed is no longer what is stored
} as const
export type CodeRefusal = keyof typeof codeRefusals

/** The refusals of making a 2D code. */
export const challengeRefusals = {
  'token-missing': 409,
  'token-suspended': 423,
  'too-many-challenges': 429,
} as const
export type ChallengeRefusal = keyof typeof challengeRefusals
