/** 銀行側の操作 — where a move comes from that no browser asked for. */
import type { Origin } from '#kit/visitor.ts'
import { newInquiryNumber } from '#platform/http/origin.ts'

export function bankOrigin(): Origin {
  const inquiryNumber = newInquiryNumber()
  return { address: '127.0.0.1', terminal: 'pc', userAgent: 'bank', inquiryNumber, language: 'ja' }
}
