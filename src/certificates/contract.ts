/**
 * 電子証明書 — what the browser may ask: 電子証明書発行, 更新, 失効. The login by certificate
 * (手順 1-1) is asked of `identity`.
 *
 * The private key is made in the browser and never leaves it: the server sees a PKCS#10 request
 * and answers with the certificate and its chain. certificates-and-security.md B1-B3.
 */
import * as z from 'zod/mini'
import { Challenge, challengeRefusals, codeRefusals, TransactionCode } from '#kit/challenge.ts'
import { endpoint } from '#kit/endpoint.ts'

const moment = z.string()
const secret = z.string().check(z.maxLength(256))

/** PKCS#10 in base64 without line breaks; a request for RSA-2048 takes about 1,300 letters. */
const signingRequest = z
  .string()
  .check(z.maxLength(6_000), z.regex(/^[A-Za-z0-9+/]+=*$/, 'not-base64'))

/** What the page needs to build the .p12. */
const Issued = z.object({
  loginId: z.string(), // the name of the certificate, friendlyName of the .p12
  certificate: z.string(), // DER in base64
  chain: z.array(z.string()), // issuing CA, root CA
  validUntil: moment,
  /** Until when orders are held back after a re-issue (certificates-and-security.md C1); null: not. */
  coolDownUntil: z.nullable(moment),
})
export type Issued = z.infer<typeof Issued>

/** The refusals of logging in, as `identity` names them; the same words on both pages. */
const login = {
  busy: 429,
  'login-paused': 423, // facts: until
  'login-stopped': 423,
  'login-failed': 401,
  'user-stopped': 403,
  'company-stopped': 403,
  'outside-service-hours': 403, // facts: from, to
} as const

const request = {
  'request-malformed': 422, // no PKCS#10, or its signature does not hold
  'key-not-taken': 422, // neither P-256 nor RSA with 2048 to 4096 bits
} as const

/** 現在の電子証明書, as the top page and the page of the renewal show it. */
const OwnCertificate = z.object({
  id: z.string(),
  serialNumber: z.string(), // hex
  issuedAt: moment,
  validUntil: moment,
  /** From here on it can be renewed: 40 days before its end. */
  renewableFrom: moment,
  renewable: z.boolean(),
  /** 更新済み: the new one waits for its first login. */
  renewed: z.boolean(),
})

const confirmation = {
  'confirmation-unregistered': 409,
  'confirmation-paused': 423,
  'confirmation-stopped': 423,
  'confirmation-wrong': 422,
} as const

export const certificateStates = ['unused', 'valid', 'superseded', 'revoked', 'expired'] as const

export const contract = {
  authenticateForCertificate: endpoint({
    method: 'POST',
    path: '/api/certificate-issue',
    summary: 'Login ID and password, before a certificate is issued (証明書取得認証)',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'login',
    body: z.object({ loginId: z.string().check(z.maxLength(64)), loginPassword: secret }),
    out: z.object({
      loginId: z.string(),
      userName: z.string(),
      companyName: z.string(),
      /** What proves the right to it: the token, or the code of a letter where there is none yet. */
      proof: z.enum(['token', 'letter']),
      challenge: z.nullable(Challenge),
      expiresAt: moment, // of this authentication
    }),
    refusals: {
      ...login,
      'certificates-not-used': 409, // the contract's ログイン方式 is ID・パスワード
      'certificate-still-valid': 409, // facts: validUntil; it must be revoked first
      'token-suspended': 423,
      'too-many-challenges': 429,
    },
  }),
  /** Another 2D code for the same authentication: 制限時間 passed, or three wrong codes. */
  renewIssueChallenge: endpoint({
    method: 'POST',
    path: '/api/certificate-issue/challenge',
    summary: 'A new 2D code for the issue',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'secret',
    out: Challenge,
    refusals: { 'authentication-over': 410, ...challengeRefusals },
  }),
  /** The same request again gets the same certificate, so a lost answer can be asked for again. */
  issueCertificate: endpoint({
    method: 'POST',
    path: '/api/certificate-issue/certificate',
    summary: 'Issues the certificate for the key that the browser made (「発行」)',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({
      request: signingRequest,
      challengeId: z.nullable(z.string().check(z.maxLength(64))),
      transactionCode: z.nullable(TransactionCode),
      letterCode: z.nullable(z.string().check(z.maxLength(80))), // 電子証明書発行コード
    }),
    out: Issued,
    refusals: {
      'authentication-over': 410,
      ...request,
      'certificate-still-valid': 409,
      'letter-code-wrong': 422, // facts: triesLeft
      'letter-code-spent': 409, // used, expired, or too many wrong ones
      ...codeRefusals,
    },
  }),

  showOwnCertificate: endpoint({
    method: 'GET',
    path: '/api/certificates/own',
    summary: 'One’s own certificate and when it can be renewed (電子証明書有効期限)',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({ certificate: z.nullable(OwnCertificate) }),
    refusals: {},
  }),
  beginCertificateRenewal: endpoint({
    method: 'POST',
    path: '/api/certificates/own/renewal',
    summary: 'The 2D code of the renewal (「更新」)',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'secret',
    out: Challenge,
    refusals: { 'no-certificate': 409, 'not-renewable-yet': 409, ...challengeRefusals },
  }),
  renewCertificate: endpoint({
    method: 'POST',
    path: '/api/certificates/own/renewal/certificate',
    summary: 'Issues the next certificate; the present one ends with the first login by the next',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'secret',
    body: z.object({
      request: signingRequest,
      challengeId: z.string().check(z.maxLength(64)),
      transactionCode: TransactionCode,
    }),
    out: Issued,
    refusals: { 'no-certificate': 409, 'not-renewable-yet': 409, ...request, ...codeRefusals },
  }),

  listCertificates: endpoint({
    method: 'GET',
    path: '/api/certificates',
    summary: 'The certificates of the company’s users',
    who: 'signed-in',
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      certificates: z.array(
        z.object({
          id: z.string(),
          userId: z.string(),
          userName: z.string(),
          loginId: z.string(),
          state: z.enum(certificateStates),
          serialNumber: z.string(),
          issuedAt: moment,
          validUntil: moment,
        }),
      ),
    }),
    refusals: { 'administrator-required': 403 },
  }),
  revokeCertificate: endpoint({
    method: 'POST',
    path: '/api/certificates/:id/revocation',
    summary: '証明書失効: at once, also for a session that began with it',
    who: 'signed-in',
    repeat: 'harmless',
    pace: 'secret',
    params: z.object({ id: z.string().check(z.maxLength(64)) }),
    body: z.object({ confirmationPassword: secret }),
    out: 'nothing',
    refusals: {
      'administrator-required': 403,
      'certificate-unknown': 404,
      busy: 429,
      ...confirmation,
      'certificate-over': 409, // revoked, superseded or expired already
    },
  }),
} as const

/** Every name that one of these endpoints may refuse with. */
export type CertificateRefusal = {
  [Name in keyof typeof contract]: keyof (typeof contract)[Name]['refusals']
}[keyof typeof contract]
