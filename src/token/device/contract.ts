/**
 * ソフトウェアトークン — what a device may ask of the bank, once in its life: to become a token.
 * Served on the device's own listener, which knows no session (camera-token.md A9).
 */
import * as z from 'zod/mini'
import { endpoint } from '#kit/endpoint.ts'

export const deviceContract = {
  showDevicePolicy: endpoint({
    method: 'GET',
    path: '/api/device',
    summary: 'Whether this bank takes software tokens, and what the demo offers',
    who: 'anyone',
    repeat: 'safe',
    pace: 'read',
    out: z.object({
      softwareTokens: z.boolean(),
      /** 取引金額の上限 of orders signed by a software token, whole yen; null: no other limit. */
      amountCap: z.nullable(z.string()),
      /** The companies of the demo, whose token one button fetches; empty at a bank. */
      demoCompanies: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
    refusals: {},
  }),
  /**
   * A voucher and the device's public key for a serial number and the bank's public key (A9). The
   * same voucher with the same key gets the same answer, so a lost answer can be asked for again.
   */
  provisionSoftwareToken: endpoint({
    method: 'POST',
    path: '/api/software-tokens',
    summary: 'Makes this device a software token (ソフトウェアトークン)',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'login',
    body: z.object({
      voucher: z.string().check(z.maxLength(80)),
      publicKey: z.string().check(z.maxLength(200)), // P-256, 65 bytes uncompressed, base64url
    }),
    out: z.object({ serial: z.string(), bankCode: z.string(), serverPublicKey: z.string() }),
    refusals: {
      'software-tokens-not-taken': 403,
      'voucher-unknown': 404, // also one that was used with another key
      'voucher-expired': 410,
      'public-key-malformed': 422,
    },
  }),
  /** In the demo only: the voucher that a branch would hand over. */
  fetchDemoVoucher: endpoint({
    method: 'POST',
    path: '/api/demo-voucher',
    summary: 'A voucher of the demo',
    who: 'anyone',
    repeat: 'harmless',
    pace: 'login',
    body: z.object({ companyId: z.string().check(z.maxLength(64)) }),
    out: z.object({ voucher: z.string() }),
    refusals: { 'not-in-the-demo': 403, 'company-unknown': 404 },
  }),
} as const
